-- Readings and their deductions in blocks (platform/store/journal_block.hpp) instead of a row each in `reading` and `transfer`: some 20
-- bytes a reading instead of 190. Units and ids: as in 001_ledger.sql. `transfer` keeps what no reading of the same decision caused: recharges,
-- corrections, and deductions that a person decided.

-- Nothing was released with readings in rows, so no program turns them into blocks.
CREATE TABLE beginning(
  readings INTEGER NOT NULL CONSTRAINT "this database has readings of an older version, begin anew" CHECK (readings = 0)
) STRICT;
INSERT INTO beginning SELECT count(*) FROM reading;
DROP TABLE beginning;
DROP TABLE reading_decision;
DROP TABLE reading;
DROP TABLE reading_block;

-- Ids of readings have no gap: id, id + 1, … id + readings - 1 are in the body. The other columns are what blocks are looked for by.
CREATE TABLE reading_block(
  id INTEGER PRIMARY KEY,                                     -- of the first reading
  readings INTEGER NOT NULL CHECK (readings > 0),
  least_at_ms INTEGER NOT NULL,
  most_at_ms INTEGER NOT NULL,
  first_transfer INTEGER,                                     -- least and greatest id of its deductions, NULL: it has none
  last_transfer INTEGER,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX reading_block_time ON reading_block(id, least_at_ms, most_at_ms, readings);
CREATE INDEX reading_block_transfer ON reading_block(first_transfer, last_transfer) WHERE first_transfer IS NOT NULL;

-- What was committed since the newest block: a row per commit. When there is enough for a block, it takes them over.
CREATE TABLE reading_tail(
  id INTEGER PRIMARY KEY,
  readings INTEGER NOT NULL CHECK (readings > 0),
  least_at_ms INTEGER NOT NULL,
  most_at_ms INTEGER NOT NULL,
  first_transfer INTEGER,
  last_transfer INTEGER,
  body BLOB NOT NULL
) STRICT;

CREATE TRIGGER reading_block_keep_u BEFORE UPDATE ON reading_block BEGIN SELECT RAISE(ABORT, 'reading_block is append-only'); END;
CREATE TRIGGER reading_block_keep_d BEFORE DELETE ON reading_block BEGIN SELECT RAISE(ABORT, 'reading_block is append-only'); END;
CREATE TRIGGER reading_tail_keep_u BEFORE UPDATE ON reading_tail BEGIN SELECT RAISE(ABORT, 'reading_tail is append-only'); END;
CREATE TRIGGER reading_tail_keep_d BEFORE DELETE ON reading_tail
  WHEN coalesce((SELECT b.id + b.readings FROM reading_block b WHERE b.id <= old.id ORDER BY b.id DESC LIMIT 1), 0) < old.id + old.readings
  BEGIN SELECT RAISE(ABORT, 'reading_tail goes only into a block'); END;

-- As it was, but no key points at a reading: it lies in a block. `verify` looks for it.
CREATE TABLE reading_decision(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  meter INTEGER NOT NULL REFERENCES meter(id),
  reading INTEGER NOT NULL UNIQUE,
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
