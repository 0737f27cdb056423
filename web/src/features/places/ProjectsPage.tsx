// The communities of the account: how each stands, where they lie, and the way into one of them.
import { EnvironmentOutlined, SettingOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { spotOf } from "./find";
import type { Marker } from "./PlaceMap";
import "./places.css";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { useCatalog, useProjects } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import { chooseProject, useProject } from "@/lib/project";
import type { Project } from "@/types/api";

const PlaceMap = lazy(() => import("./PlaceMap"));

const toneOf = ({ alarms, gateways, gateways_online }: Project): Marker["tone"] =>
  alarms > 0 ? "bad" : gateways_online < gateways ? "warn" : gateways > 0 ? "ok" : "idle";

export function ProjectsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const projects = useProjects();
  const project = useProject();
  const rows = projects.data;
  const markers = useMemo(
    () => (rows ?? []).flatMap((each): Marker[] => (spotOf(each) ? [{ id: each.id, name: each.name, at: spotOf(each)!, tone: toneOf(each) }] : [])),
    [rows],
  );
  const enter = (site: string) => {
    chooseProject(site);
    void navigate("/");
  };
  return (
    <div className="a-scroll" data-testid="page-projects">
      <header className="a-page-head">
        <h1>{t("project.title")}</h1>
        <span className="a-page-tools">
          {project && <Button onClick={() => chooseProject(null)}>{t("project.leave")}</Button>}
          {can("community:create") && (
            <Button icon={<SettingOutlined />} onClick={() => void navigate("/space/communities")} data-testid="projects-manage">
              {t("project.manage")}
            </Button>
          )}
        </span>
      </header>
      {projects.error && <ErrorNotice error={projects.error} what="load" onRetry={() => void projects.refetch()} stale={Boolean(rows)} />}
      {!rows && !projects.error && <PageSkeleton rows={8} />}
      {rows?.length === 0 && <EmptyState title={t("project.empty")} hint={t("project.emptyHint")} />}
      {rows && rows.length > 0 && (
        <>
          <div className="a-projects">
            {rows.map((each) => (
              <Card key={each.id} project={each} here={each.id === project} onEnter={() => enter(each.id)} />
            ))}
          </div>
          <section className="a-card">
            <Suspense fallback={<div className="a-map" aria-busy />}>
              <PlaceMap label={t("project.map")} markers={markers} onOpen={enter} />
            </Suspense>
            {markers.length < rows.length && <p className="a-place-hint">{t("project.unplaced", { count: rows.length - markers.length })}</p>}
          </section>
        </>
      )}
    </div>
  );
}

function Card({ project, here, onEnter }: { project: Project; here: boolean; onEnter: () => void }) {
  const { t, i18n } = useTranslation();
  const kinds = useCatalog().data?.resources.find(({ name }) => name === "communities")?.fields.find(({ name }) => name === "kind");
  const choice = kinds?.type === "choice" ? kinds.choices.find(({ value }) => value === project.kind) : undefined;
  const kind = choice && (i18n.language === "en" ? choice.label.en : choice.label.zh);
  const facts = [
    ["gatewaysOnline", `${project.gateways_online}/${project.gateways}`, project.gateways_online < project.gateways ? "a-warn" : ""],
    ["meters", String(project.meters), ""],
    ["arrears", String(project.meters_in_arrears), project.meters_in_arrears > 0 ? "a-bad" : ""],
    ["alarms", String(project.alarms), project.alarms > 0 ? "a-bad" : ""],
  ] as const;
  return (
    <article className={`a-card a-project${here ? " a-project-here" : ""}`} data-testid="project-card" data-id={project.id}>
      <div className="a-project-head">
        <div>
          <h2>{project.name}</h2>
          <small className="a-muted">
            <EnvironmentOutlined /> {[...new Set([project.province, project.city])].filter(Boolean).join(" ") || t("project.nowhere")}
          </small>
        </div>
        {project.enabled ? kind && <small className="a-muted">{kind}</small> : <Chip tone="idle">{t("catalog.disabled")}</Chip>}
      </div>
      <dl>
        {facts.map(([key, value, className]) => (
          <div key={key}>
            <dt>{t(`project.${key}`)}</dt>
            <dd className={`a-number ${className}`}>{value}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={onEnter} data-testid="project-enter">
        {t(here ? "project.here" : "project.enter")}
      </Button>
    </article>
  );
}
