// The bell: how many messages of one's own wait (站内信); leads to the inbox.
import { BellOutlined } from "@ant-design/icons";
import { Badge, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useInbox } from "@/lib/api/messages";

export function InboxButton() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const unread = useInbox({ unread: true, page: 1, page_size: 1 }).data?.unread ?? 0;
  return (
    <Badge count={unread} size="small" overflowCount={99} offset={[-6, 6]}>
      <Button type="text" icon={<BellOutlined />} aria-label={unread > 0 ? t("inbox.bell", { n: unread }) : t("inbox.title")} onClick={() => void navigate("/inbox")} data-testid="inbox-bell" data-unread={unread} />
    </Badge>
  );
}
