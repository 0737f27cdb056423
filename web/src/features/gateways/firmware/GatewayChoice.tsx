// The gateways of an order: those that a release fits first, one at a time unless several are wanted; of the others why not.
import { Alert, Checkbox, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { misfitOf, remarksOn, versionOf, type Misfit } from "./fit";
import type { GatewayRow, Release } from "@/types/api";

/** More than this many are searched, not looked through. */
const SEARCHED = 8;

type ChoiceProps = { release: Release; gateways: GatewayRow[]; fitting: GatewayRow[]; chosen: string[]; many: boolean; onChoose: (ids: string[]) => void };

export function GatewayChoice({ release, gateways, fitting, chosen, many, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const rest = gateways.filter((each) => !fitting.includes(each));
  const shown = [...fitting, ...rest].filter(({ id, name }) => [id, name].some((text) => text.toLowerCase().includes(words.trim().toLowerCase())));
  const pick = (id: string, on: boolean) => onChoose(many ? (on ? [...chosen, id] : chosen.filter((each) => each !== id)) : [id]);
  const Mark = many ? Checkbox : Radio;
  return (
    <>
      {gateways.length > 1 && (
        <span>
          <b>{t("firmware.choose")}</b> <small className="a-muted">{t("firmware.chooseHint")}</small>
        </span>
      )}
      {fitting.length === 0 && <Alert type="warning" showIcon title={t("firmware.noGateways")} description={t("firmware.noGatewaysHint")} data-testid="upgrade-none" />}
      {gateways.length > SEARCHED && <Input.Search allowClear value={words} placeholder={t("firmware.find")} aria-label={t("firmware.find")} onChange={(event) => setWords(event.target.value)} />}
      <div className="a-upgrade-choice" role="group" aria-label={t("firmware.choose")}>
        {shown.map((gateway) => {
          const misfit = misfitOf(release, gateway);
          return (
            <div key={gateway.id} className={`a-upgrade-row${misfit ? " a-muted" : ""}`} data-testid="upgrade-gateway" data-id={gateway.id} data-misfit={misfit ?? ""}>
              <Mark name="upgrade-gateway" disabled={misfit !== null} checked={misfit === null && chosen.includes(gateway.id)} onChange={(event) => pick(gateway.id, event.target.checked)}>
                <b>{gateway.name}</b> <small className="a-muted">{gateway.id}</small>
              </Mark>
              <span className="a-number a-upgrade-version">{versionOf(gateway.software) ?? t("firmware.ownUnknown")}</span>
              <small className="a-upgrade-why">
                <Why misfit={misfit} gateway={gateway} release={release} />
              </small>
            </div>
          );
        })}
      </div>
    </>
  );
}

/** Why not, else what is worth knowing. */
function Why({ misfit, gateway, release }: { misfit: Misfit | null; gateway: GatewayRow; release: Release }) {
  const { t } = useTranslation();
  if (misfit === "under_way") return t("firmware.misfit.under_way", { version: gateway.upgrade!.version });
  if (misfit === "wrong_architecture") return t("firmware.misfit.wrong_architecture", { gateway: gateway.architecture, release: release.architecture });
  if (misfit === "not_newer") return t("firmware.misfit.not_newer", { running: versionOf(gateway.software) });
  if (misfit) return t(`firmware.misfit.${misfit}`, { minimum: release.minimum });
  return remarksOn(gateway)
    .map((remark) => t(`firmware.remark.${remark}`))
    .join(" · ");
}
