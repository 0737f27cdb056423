-- What a person decides about refused readings, and what the ledger must remember between two readings to refuse rightly.

-- The register counts on from a refused reading (of state 2, which stays as it is). billed_e4: what the person wants billed of the
-- step from the register before; it may differ from what the dial shows.
CREATE TABLE reading_decision(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  meter INTEGER NOT NULL REFERENCES meter(id),
  reading INTEGER NOT NULL UNIQUE REFERENCES reading(id),
  newest_reading INTEGER NOT NULL,                            -- of the meter at that moment: its place among the readings
  at_ms INTEGER NOT NULL,
  from_total_e4 INTEGER NOT NULL,
  billed_e4 INTEGER NOT NULL CHECK (billed_e4 >= 0),
  price_plan_version INTEGER NOT NULL,
  by TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX reading_decision_meter ON reading_decision(meter, id);
CREATE TRIGGER reading_decision_keep_u BEFORE UPDATE ON reading_decision BEGIN SELECT RAISE(ABORT, 'reading_decision is append-only'); END;
CREATE TRIGGER reading_decision_keep_d BEFORE DELETE ON reading_decision BEGIN SELECT RAISE(ABORT, 'reading_decision is append-only'); END;

ALTER TABLE meter_register ADD COLUMN suspect_e4 INTEGER;                        -- lowest register refused as too large a step since
ALTER TABLE meter_register ADD COLUMN price_version INTEGER NOT NULL DEFAULT 0;  -- that the newest reading was billed at, 0: none known
