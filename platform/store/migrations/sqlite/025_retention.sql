-- What is left of readings that went (platform/store/retention.hpp). Units and ids: as in 001_ledger.sql.

-- One row per cut: all readings below next_reading lie in no block any more. Each cut begins where the one before it ended.
CREATE TABLE reading_cut(
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  from_reading INTEGER NOT NULL,                              -- first that went with it
  next_reading INTEGER NOT NULL CHECK (next_reading > from_reading),  -- first that is left
  newest_transfer INTEGER NOT NULL,                           -- greatest id of a deduction that ever went
  until_ms INTEGER NOT NULL,                                  -- none that ever went, and is not in reading_kept, was read later
  blocks INTEGER NOT NULL CHECK (blocks > 0),
  blocks_hash TEXT NOT NULL,                                  -- SHA-256 of what the blocks held, 64 hex digits
  hash TEXT NOT NULL                                          -- over this row and the one before
) STRICT;

-- Of each meter of which readings went: as the newest of them left it. Replaying its history begins here. No key points at the meter: one that
-- was registered by mistake goes.
CREATE TABLE meter_cut(
  meter INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  cut INTEGER NOT NULL REFERENCES reading_cut(id),
  newest_reading INTEGER NOT NULL,                            -- of those that went
  used_reading INTEGER NOT NULL,                              -- of those that counted, 0: none
  newest_transfer INTEGER NOT NULL,                           -- that this row knows, 0: none
  meter_plan INTEGER NOT NULL,                                -- newest word about its plan that was heard, 0: none
  price_version INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  total_e4 INTEGER NOT NULL,
  sharp_e4 INTEGER,
  peak_e4 INTEGER,
  flat_e4 INTEGER,
  valley_e4 INTEGER,
  unsplit_e4 INTEGER NOT NULL,
  rollovers INTEGER NOT NULL,
  anchored_ms INTEGER NOT NULL,
  month_quantity_e4 INTEGER NOT NULL,
  year_quantity_e4 INTEGER NOT NULL,
  billed_e4 INTEGER NOT NULL,
  balance_micro_yuan INTEGER NOT NULL,
  remainder_nano_yuan INTEGER NOT NULL
) STRICT;

-- Sums of the deductions that went, without those in reading_kept: of a meter and the price version that they name.
CREATE TABLE meter_cut_sum(
  meter INTEGER NOT NULL,
  price_plan_version INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  cut INTEGER NOT NULL REFERENCES reading_cut(id),
  account INTEGER NOT NULL,
  other INTEGER NOT NULL,                                     -- the account on the other side
  deductions INTEGER NOT NULL CHECK (deductions > 0),
  quantity_e4 INTEGER NOT NULL,
  amount_micro_yuan INTEGER NOT NULL,                         -- what was given back is taken off
  nano_yuan INTEGER NOT NULL,
  PRIMARY KEY(meter, price_plan_version)
) STRICT, WITHOUT ROWID;

-- Single readings that stay although their block went: somebody names them, or may still decide about them. body: a block of this one reading.
CREATE TABLE reading_kept(
  id INTEGER PRIMARY KEY,
  meter INTEGER NOT NULL,
  transfer INTEGER,                                           -- its deduction, NULL: none
  body BLOB NOT NULL
) STRICT;
CREATE INDEX reading_kept_meter ON reading_kept(meter, id);
CREATE UNIQUE INDEX reading_kept_transfer ON reading_kept(transfer) WHERE transfer IS NOT NULL;

-- Rows of one meter between its deductions, and who names a deduction: both are asked for at a cut.
CREATE INDEX transfer_meter ON transfer(meter, id);
CREATE INDEX crossing_transfer ON crossing(transfer);

CREATE TRIGGER reading_cut_keep_u BEFORE UPDATE ON reading_cut BEGIN SELECT RAISE(ABORT, 'reading_cut is append-only'); END;
CREATE TRIGGER reading_cut_keep_d BEFORE DELETE ON reading_cut BEGIN SELECT RAISE(ABORT, 'reading_cut is append-only'); END;
CREATE TRIGGER reading_kept_keep_u BEFORE UPDATE ON reading_kept BEGIN SELECT RAISE(ABORT, 'reading_kept is append-only'); END;
CREATE TRIGGER reading_kept_keep_d BEFORE DELETE ON reading_kept BEGIN SELECT RAISE(ABORT, 'reading_kept is append-only'); END;
-- A row follows its meter from cut to cut, never back, and never goes.
CREATE TRIGGER meter_cut_keep_u BEFORE UPDATE ON meter_cut WHEN new.cut <= old.cut OR new.meter <> old.meter
  BEGIN SELECT RAISE(ABORT, 'meter_cut changes with a cut only'); END;
CREATE TRIGGER meter_cut_keep_d BEFORE DELETE ON meter_cut BEGIN SELECT RAISE(ABORT, 'meter_cut changes with a cut only'); END;
CREATE TRIGGER meter_cut_sum_keep_u BEFORE UPDATE ON meter_cut_sum
  WHEN new.cut <= old.cut OR new.meter <> old.meter OR new.price_plan_version <> old.price_plan_version
  BEGIN SELECT RAISE(ABORT, 'meter_cut_sum changes with a cut only'); END;
CREATE TRIGGER meter_cut_sum_keep_d BEFORE DELETE ON meter_cut_sum BEGIN SELECT RAISE(ABORT, 'meter_cut_sum changes with a cut only'); END;

-- A block goes only below a cut that is stored.
DROP TRIGGER reading_block_keep_d;
CREATE TRIGGER reading_block_keep_d BEFORE DELETE ON reading_block
  WHEN coalesce((SELECT c.next_reading FROM reading_cut c ORDER BY c.id DESC LIMIT 1), 0) < old.id + old.readings
  BEGIN SELECT RAISE(ABORT, 'reading_block goes only below a cut'); END;
