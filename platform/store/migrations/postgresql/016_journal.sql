-- Readings and their deductions in blocks (platform/store/journal_block.hpp) instead of a row each in `reading` and `transfer`: some 20
-- bytes a reading instead of 190. Units and ids: as in 001_ledger.sql. `transfer` keeps what no reading of the same decision caused: recharges,
-- corrections, and deductions that a person decided.

-- Nothing was released with readings in rows, so no program turns them into blocks.
CREATE TABLE beginning(
  readings BIGINT NOT NULL CONSTRAINT "this database has readings of an older version, begin anew" CHECK (readings = 0)
);
INSERT INTO beginning SELECT count(*) FROM reading;
DROP TABLE beginning;
DROP TABLE reading_decision;
DROP TABLE reading;
DROP TABLE reading_block;

-- Ids of readings have no gap: id, id + 1, … id + readings - 1 are in the body. The other columns are what blocks are looked for by.
CREATE TABLE reading_block(
  id BIGINT PRIMARY KEY,                                      -- of the first reading
  readings BIGINT NOT NULL CHECK (readings > 0),
  least_at_ms BIGINT NOT NULL,
  most_at_ms BIGINT NOT NULL,
  first_transfer BIGINT,                                      -- least and greatest id of its deductions, NULL: it has none
  last_transfer BIGINT,
  body BYTEA NOT NULL
);
CREATE INDEX reading_block_time ON reading_block(id, least_at_ms, most_at_ms, readings);
CREATE INDEX reading_block_transfer ON reading_block(first_transfer, last_transfer) WHERE first_transfer IS NOT NULL;

-- What was committed since the newest block: a row per commit. When there is enough for a block, it takes them over.
CREATE TABLE reading_tail(
  id BIGINT PRIMARY KEY,
  readings BIGINT NOT NULL CHECK (readings > 0),
  least_at_ms BIGINT NOT NULL,
  most_at_ms BIGINT NOT NULL,
  first_transfer BIGINT,
  last_transfer BIGINT,
  body BYTEA NOT NULL
);

-- Bodies are dense already.
ALTER TABLE reading_block ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE reading_tail ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TRIGGER reading_block_keep BEFORE UPDATE OR DELETE ON reading_block FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_block_keep_t BEFORE TRUNCATE ON reading_block FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_tail_keep BEFORE UPDATE ON reading_tail FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_tail_keep_t BEFORE TRUNCATE ON reading_tail FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE FUNCTION reading_tail_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce((SELECT b.id + b.readings FROM reading_block b WHERE b.id <= old.id ORDER BY b.id DESC LIMIT 1), 0) < old.id + old.readings THEN
    RAISE EXCEPTION 'reading_tail goes only into a block';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER reading_tail_keep_d BEFORE DELETE ON reading_tail FOR EACH ROW EXECUTE FUNCTION reading_tail_goes();

-- As it was, but no key points at a reading: it lies in a block. `verify` looks for it.
CREATE TABLE reading_decision(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  meter BIGINT NOT NULL REFERENCES meter(id),
  reading BIGINT NOT NULL UNIQUE,
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
