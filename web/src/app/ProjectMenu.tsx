// The communities of the account in the top bar: one of them, or all.
import { DownOutlined, EnvironmentOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCan, useSites } from "@/lib/hooks";
import { chooseProject, useProject } from "@/lib/project";

const ALL = "/all";
const PAGE = "/page";

export function ProjectMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const sites = useSites().data ?? [];
  const project = useProject();
  const here = sites.find(({ id }) => id === project);
  const shown = here?.name ?? t("project.all");
  const item = (key: string, label: string) => ({ key, label: <span data-testid="project-choice">{label}</span> });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [project ?? ALL],
        className: "a-project-menu",
        items: [
          item(ALL, t("project.all")),
          { type: "divider" },
          ...sites.map(({ id, name, enabled }) => item(id, enabled ? name : t("project.stopped", { name }))),
          ...(can("community:read") ? [{ type: "divider" as const }, item(PAGE, t("project.page"))] : []),
        ],
        onClick: ({ key }) => (key === PAGE ? void navigate("/projects") : chooseProject(key === ALL ? null : key)),
      }}
    >
      <Button type="text" className="a-project-button" icon={<EnvironmentOutlined />} aria-label={t("detail.pair", { name: t("project.choose"), value: shown })} data-testid="project-menu" data-site={project ?? ""}>
        <span className="a-project-name">{shown}</span>
        <DownOutlined />
      </Button>
    </Dropdown>
  );
}
