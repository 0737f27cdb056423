-- What a person decides about refused readings, and what the ledger must remember between two readings to refuse rightly.

-- The register counts on from a refused reading (of state 2, which stays as it is). billed_e4: what the person wants billed of the
-- step from the register before; it may differ from what the dial shows.
CREATE TABLE reading_decision(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  meter BIGINT NOT NULL REFERENCES meter(id),
  reading BIGINT NOT NULL UNIQUE REFERENCES reading(id),
  newest_reading BIGINT NOT NULL,                             -- of the meter at that moment: its place among the readings
  at_ms BIGINT NOT NULL,
  from_total_e4 BIGINT NOT NULL,
  billed_e4 BIGINT NOT NULL CHECK (billed_e4 >= 0),
  price_plan_version BIGINT NOT NULL,
  by TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX reading_decision_meter ON reading_decision(meter, id);
CREATE TRIGGER reading_decision_keep BEFORE UPDATE OR DELETE ON reading_decision FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_decision_keep_t BEFORE TRUNCATE ON reading_decision FOR EACH STATEMENT EXECUTE FUNCTION append_only();

ALTER TABLE meter_register ADD COLUMN suspect_e4 BIGINT;                         -- lowest register refused as too large a step since
ALTER TABLE meter_register ADD COLUMN price_version BIGINT NOT NULL DEFAULT 0;   -- that the newest reading was billed at, 0: none known
