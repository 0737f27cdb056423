import { PlusOutlined, QrcodeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import { useMeterColumns } from "./meter-columns";
import { MeterCard } from "./MeterCard";
import { MeterDialogs, useMeterDialog } from "./MeterDialogs";
import { MeterFilters } from "./MeterFilters";
import { hasFilter, sortOf, useMeterQuery } from "./query";
import { startOf } from "./register-start";
import { RegisterDrawer } from "./RegisterDrawer";
import { EmptyState } from "@/components/feedback";
import { ExportButton } from "@/components/ExportButton";
import { ResourcePage } from "@/components/ResourcePage";
import { ToolButton } from "@/components/ToolButton";
import { useMeters } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import { useProject } from "@/lib/project";

export function MeterListPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [query, change] = useMeterQuery();
  const project = useProject();
  const meters = useMeters(query);
  const { dialog, open, close } = useMeterDialog();
  // Who comes with ?register means the form, once: Back and a reload then show the list.
  const [parameters, setParameters] = useSearchParams();
  const [start, setStart] = useState(() => startOf(parameters.get("register")));
  useEffect(() => {
    if (parameters.has("register")) setParameters({}, { replace: true });
  }, [parameters, setParameters]);
  const [registering, setRegistering] = useState(start !== undefined && can("meter:create"));
  const columns = useMeterColumns(open, query.sort);
  const add = can("meter:create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setRegistering(true)} data-testid="meter-add">
      {t("meter.add")}
    </Button>
  );
  const filtered = hasFilter(query);
  return (
    <>
      <ResourcePage
        name="meters"
        title={t("meter.list")}
        actions={
          <>
            <ToolButton label={t("codes.button")} icon={<QrcodeOutlined />} onClick={() => void navigate(`/codes/meter${search}`)} data-testid="list-codes" />
            {can("meter:export") && <ExportButton path="/meters" query={{ site: project, ...query, sort: undefined }} />}
            {add}
          </>
        }
        filters={<MeterFilters query={query} onChange={change} />}
        columns={columns}
        rows={meters.data?.rows}
        rowKey={(meter) => meter.id}
        rowTestId="meter-row"
        loading={meters.isFetching}
        error={meters.error}
        onReload={() => void meters.refetch()}
        onSort={(column, order) => change({ ...query, sort: sortOf(column, order), page: 1 })}
        onOpen={(meter) => void navigate(`/meters/${meter.id}`)}
        card={(meter) => <MeterCard meter={meter} onDialog={open} />}
        empty={
          filtered ? (
            <EmptyState
              title={t("meter.noMatch")}
              hint={t("meter.noMatchHint")}
              action={<Button onClick={() => change({})}>{t("common.reset")}</Button>}
            />
          ) : (
            <EmptyState title={t("meter.empty")} hint={t("meter.emptyHint")} action={add} />
          )
        }
        paging={{
          page: query.page,
          size: query.page_size,
          total: meters.data?.total ?? 0,
          onChange: (page, page_size) => change({ ...query, page: page_size === query.page_size ? page : 1, page_size }),
        }}
      />
      <MeterDialogs dialog={dialog} onClose={close} onOpen={open} />
      {registering && (
        <RegisterDrawer
          start={start}
          onClose={() => {
            setRegistering(false);
            setStart(undefined);
            if (start?.back) void navigate(start.back);
          }}
        />
      )}
    </>
  );
}
