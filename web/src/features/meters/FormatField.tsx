// 校验方式, 数据位, 停止位 of one device as one value such as 8E1; undefined: as its line has it.
import { Select, Space } from "antd";
import { useTranslation } from "react-i18next";

import { charactersOf, DATA_BITS, formatOf, PARITIES, STOP_BITS, type Characters } from "@/lib/line-format";

const USUAL: Characters = { data: "8", parity: "E", stop: "1" };

type Props = { id?: string; value?: string; onChange?: (value: string | undefined) => void };

export function FormatField({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const now = charactersOf(value);
  const change = (part: Partial<Characters>) => onChange?.(formatOf({ ...(now ?? USUAL), ...part }));
  return (
    <Space.Compact block>
      <Select
        id={id}
        allowClear
        value={now?.parity}
        placeholder={t("concentrator.sameAsLine")}
        onChange={(parity: Characters["parity"] | undefined) => (parity ? change({ parity }) : onChange?.(undefined))}
        options={PARITIES.map((each) => ({ value: each, label: t(`concentrator.parities.${each}`) }))}
        data-testid="register-parity"
      />
      <Select
        aria-label={t("concentrator.dataBits")}
        disabled={!now}
        value={now?.data}
        onChange={(data: Characters["data"]) => change({ data })}
        options={DATA_BITS.map((each) => ({ value: each, label: each }))}
        data-testid="register-data-bits"
      />
      <Select
        aria-label={t("concentrator.stopBits")}
        disabled={!now}
        value={now?.stop}
        onChange={(stop: Characters["stop"]) => change({ stop })}
        options={STOP_BITS.map((each) => ({ value: each, label: each }))}
        data-testid="register-stop-bits"
      />
    </Space.Compact>
  );
}
