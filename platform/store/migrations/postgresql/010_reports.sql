-- What the reports and the analysis of energy ask for. Units and ids: as in 001_ledger.sql.

-- The times of each 4096 neighbouring readings (block = id / 4096). Readings have no index (001_ledger.sql) and, after an outage, times
-- that run behind their ids; a question about a period looks only into the blocks that may hold something of it.
CREATE TABLE reading_block(
  block BIGINT PRIMARY KEY,
  least_at_ms BIGINT NOT NULL,
  most_at_ms BIGINT NOT NULL
);
INSERT INTO reading_block(block, least_at_ms, most_at_ms) SELECT id / 4096, min(at_ms), max(at_ms) FROM reading GROUP BY id / 4096;

-- A gateway, or a meter of it, came or went. meter 0: the gateway itself.
CREATE TABLE connection_change(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  gateway BIGINT NOT NULL REFERENCES gateway(id),
  meter BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,                                      -- gateway: the platform's clock; meter: the gateway's
  online BIGINT NOT NULL CHECK (online IN (0, 1))
);
CREATE INDEX connection_change_at ON connection_change(organisation, at_ms, id);
CREATE TRIGGER connection_change_keep BEFORE UPDATE OR DELETE ON connection_change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER connection_change_keep_t BEFORE TRUNCATE ON connection_change FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE INDEX recharge_at ON recharge(organisation, at_ms, id, site, amount_micro_yuan, method);
CREATE INDEX command_switch ON command(organisation, created_ms, id) WHERE kind IN ('trip', 'close');
CREATE INDEX room_meter_of ON room_meter(organisation, site, meter, room) WHERE until_ms IS NULL;
CREATE INDEX price_plan_version_of ON price_plan_version(price_plan, id);
CREATE INDEX meter_day_of ON meter_day(organisation, day, quantity_e4, meter, site, amount_micro_yuan);

-- Sums of a meter's finished days: span 2026 is a year, 202611 a month. Written with meter_day. The index ranks.
CREATE TABLE meter_sum(
  meter BIGINT NOT NULL,
  span BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  site BIGINT NOT NULL,
  quantity_e4 BIGINT NOT NULL,
  amount_micro_yuan BIGINT NOT NULL,
  PRIMARY KEY (meter, span)
);
INSERT INTO meter_sum(meter, span, organisation, site, quantity_e4, amount_micro_yuan)
  SELECT meter, CAST(to_char(to_timestamp(day * 86400) AT TIME ZONE 'UTC', 'YYYY') AS BIGINT), organisation, site, sum(quantity_e4), sum(amount_micro_yuan)
  FROM meter_day GROUP BY 1, 2, 3, 4;
INSERT INTO meter_sum(meter, span, organisation, site, quantity_e4, amount_micro_yuan)
  SELECT meter, CAST(to_char(to_timestamp(day * 86400) AT TIME ZONE 'UTC', 'YYYYMM') AS BIGINT), organisation, site, sum(quantity_e4), sum(amount_micro_yuan)
  FROM meter_day GROUP BY 1, 2, 3, 4;
CREATE INDEX meter_sum_rank ON meter_sum(organisation, span, quantity_e4, meter, site);

-- Of the energy of a site's day what was billed at four prices, per register; the rest of quantity_e4 had one price. What was billed
-- before this migration counts as flat.
ALTER TABLE site_day ADD COLUMN sharp_e4 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE site_day ADD COLUMN peak_e4 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE site_day ADD COLUMN flat_e4 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE site_day ADD COLUMN valley_e4 BIGINT NOT NULL DEFAULT 0;
UPDATE site_day SET flat_e4 = x.quantity FROM
  (SELECT t.site AS site, (t.at_ms + s.utc_offset_minutes * 60000) / 86400000 AS day, sum(t.quantity_e4) AS quantity FROM transfer t
   JOIN price_plan_version v ON v.id = t.price_plan_version JOIN site s ON s.id = t.site WHERE t.kind = 0 AND v.kind = 'tou' GROUP BY 1, 2) AS x
  WHERE x.site = site_day.site AND x.day = site_day.day;
