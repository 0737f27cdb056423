// 数据统计: the figures of an organisation, summed over everything below it.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Drawer } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { CountText, MoneyText, QuantityText } from "@/components/numbers";
import { keys } from "@/lib/api/keys";
import { getStatistics, type Statistics as Figures } from "@/lib/api/organisations";
import type { RowDialogProps } from "@/lib/extensions";
import { useIsPhone } from "@/lib/hooks";

const GROUPS: { key: string; figures: (keyof Figures)[] }[] = [
  { key: "size", figures: ["properties", "sites", "houses", "staff"] },
  { key: "devices", figures: ["gateways", "gateways_online", "meters", "meters_online", "alarms"] },
  { key: "money", figures: ["balance_yuan", "recharged_month_yuan", "energy_month_kwh", "arrears"] },
];

export function Statistics({ resource, row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const figures = useQuery({
    queryKey: [...keys.entry(resource.name, row.id), "statistics"],
    queryFn: ({ signal }) => getStatistics(resource.name, row.id, { signal }),
  });
  return (
    <Drawer open title={t("organisation.statisticsTitle", { name: String(row.name) })} size={phone ? "100%" : 480} onClose={onClose} data-testid="statistics">
      {figures.error && <ErrorNotice error={figures.error} what="load" onRetry={() => void figures.refetch()} />}
      {!figures.data && !figures.error && <PageSkeleton />}
      {figures.data &&
        GROUPS.map(({ key, figures: names }) => (
          <section key={key}>
            <h3>{t(`organisation.figureGroups.${key}`)}</h3>
            <dl className="a-figures">
              {names
                // A property company has none below it.
                .filter((name) => figures.data[name] !== undefined && name !== resource.name)
                .map((name) => (
                  <div key={name} className={(name === "arrears" || name === "alarms") && figures.data[name] > 0 ? "a-tone-text-bad" : undefined}>
                    <dt>{t(`organisation.figures.${name}`)}</dt>
                    <dd data-testid={`figure-${name}`}>
                      <Figure name={name} value={figures.data[name]!} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
    </Drawer>
  );
}

function Figure({ name, value }: { name: keyof Figures; value: string | number }) {
  if (typeof value === "number") return <CountText value={value} />;
  return name === "energy_month_kwh" ? <QuantityText value={value} /> : <MoneyText value={value} />;
}
