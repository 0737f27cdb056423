// Chooses the organisation to act for, in the tree of those below the own one.
import { LoginOutlined, SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Input, Tree } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEnter } from "./enter";
import { Chip } from "@/components/Chip";
import { Modal } from "@/components/Dialog";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { listOrganisations } from "@/lib/api/requests";
import { useSession } from "@/lib/hooks";
import { matching, treeOf, type Branch } from "@/lib/organisations";

export function EnterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const nodes = useQuery({ queryKey: keys.ownTree, queryFn: ({ signal }) => listOrganisations({ signal }) });
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<number>();
  const enter = useEnter(onClose);
  const own = session?.organisation.id;
  const branches = useMemo(() => matching(treeOf(nodes.data ?? []), words), [nodes.data, words]);
  const node = nodes.data?.find(({ id }) => id === chosen);
  const go = (id: number | undefined) => id !== undefined && !enter.isPending && enter.mutate(id === own ? null : id);
  const option = ({ node: each, children }: Branch): Item => ({
    key: each.id,
    title: (
      <span className="a-tree-row">
        {each.name}
        <small className="a-muted">{t(`organisation.kinds.${each.kind}`)}</small>
        {each.id === session?.acting.id && <Chip tone="brand">{t("organisation.here")}</Chip>}
        {!each.enabled && <Chip tone="idle">{t("catalog.disabled")}</Chip>}
        {each.review !== "approved" && <Chip tone="warn">{t(`organisation.reviews.${each.review}`)}</Chip>}
      </span>
    ),
    disabled: each.review !== "approved",
    children: children.map(option),
  });
  return (
    <Modal
      open
      width={560}
      title={t("organisation.enterTitle")}
      onCancel={onClose}
      okText={t("organisation.enterButton")}
      okButtonProps={{ icon: <LoginOutlined />, loading: enter.isPending, disabled: !node || node.id === session?.acting.id, "data-testid": "organisation-enter" }}
      onOk={() => go(chosen)}
    >
      <div className="a-stack" data-testid="organisation-dialog">
        {enter.error && <ErrorNotice error={enter.error} what="save" />}
        {nodes.error && <ErrorNotice error={nodes.error} what="load" onRetry={() => void nodes.refetch()} />}
        <p className="a-muted">{t("organisation.enterHint")}</p>
        <Input
          prefix={<SearchOutlined />}
          autoFocus
          allowClear
          value={words}
          maxLength={60}
          placeholder={t("organisation.enterSearch")}
          aria-label={t("organisation.enterSearch")}
          onChange={(event) => setWords(event.target.value)}
          onPressEnter={() => {
            const found = nodes.data?.filter(({ name, review }) => review === "approved" && name.includes(words.trim())) ?? [];
            if (found.length === 1) setChosen(found[0]!.id);
          }}
          data-testid="organisation-search"
        />
        {!nodes.data && !nodes.error && <PageSkeleton rows={4} />}
        {nodes.data && branches.length === 0 && <EmptyState small title={t("organisation.none")} hint={t("catalog.noMatchHint")} />}
        {branches.length > 0 && (
          <Tree<Item>
            // Another search opens other branches.
            key={words}
            className="a-organisation-tree"
            blockNode
            defaultExpandAll
            height={360}
            treeData={branches.map(option)}
            selectedKeys={chosen === undefined ? [] : [chosen]}
            onSelect={(picked) => setChosen(picked[0] === undefined ? undefined : Number(picked[0]))}
            onDoubleClick={(_, { key }) => go(Number(key))}
          />
        )}
      </div>
    </Modal>
  );
}

type Item = { key: number; title: React.ReactNode; disabled: boolean; children: Item[] };
