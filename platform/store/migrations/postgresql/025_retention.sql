-- What is left of readings that went (platform/store/retention.hpp). Units and ids: as in 001_ledger.sql.

-- One row per cut: all readings below next_reading lie in no block any more. Each cut begins where the one before it ended.
CREATE TABLE reading_cut(
  id BIGINT PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  from_reading BIGINT NOT NULL,                               -- first that went with it
  next_reading BIGINT NOT NULL CHECK (next_reading > from_reading),  -- first that is left
  newest_transfer BIGINT NOT NULL,                            -- greatest id of a deduction that ever went
  until_ms BIGINT NOT NULL,                                   -- none that ever went, and is not in reading_kept, was read later
  blocks BIGINT NOT NULL CHECK (blocks > 0),
  blocks_hash TEXT NOT NULL,                                  -- SHA-256 of what the blocks held, 64 hex digits
  hash TEXT NOT NULL                                          -- over this row and the one before
);

-- Of each meter of which readings went: as the newest of them left it. Replaying its history begins here. No key points at the meter: one that
-- was registered by mistake goes.
CREATE TABLE meter_cut(
  meter BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  site BIGINT NOT NULL,
  cut BIGINT NOT NULL REFERENCES reading_cut(id),
  newest_reading BIGINT NOT NULL,                             -- of those that went
  used_reading BIGINT NOT NULL,                               -- of those that counted, 0: none
  newest_transfer BIGINT NOT NULL,                            -- that this row knows, 0: none
  meter_plan BIGINT NOT NULL,                                 -- newest word about its plan that was heard, 0: none
  price_version BIGINT NOT NULL,
  last_ms BIGINT NOT NULL,
  total_e4 BIGINT NOT NULL,
  sharp_e4 BIGINT,
  peak_e4 BIGINT,
  flat_e4 BIGINT,
  valley_e4 BIGINT,
  unsplit_e4 BIGINT NOT NULL,
  rollovers BIGINT NOT NULL,
  anchored_ms BIGINT NOT NULL,
  month_quantity_e4 BIGINT NOT NULL,
  year_quantity_e4 BIGINT NOT NULL,
  billed_e4 BIGINT NOT NULL,
  balance_micro_yuan BIGINT NOT NULL,
  remainder_nano_yuan BIGINT NOT NULL
);

-- Sums of the deductions that went, without those in reading_kept: of a meter and the price version that they name.
CREATE TABLE meter_cut_sum(
  meter BIGINT NOT NULL,
  price_plan_version BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  site BIGINT NOT NULL,
  cut BIGINT NOT NULL REFERENCES reading_cut(id),
  account BIGINT NOT NULL,
  other BIGINT NOT NULL,                                      -- the account on the other side
  deductions BIGINT NOT NULL CHECK (deductions > 0),
  quantity_e4 BIGINT NOT NULL,
  amount_micro_yuan BIGINT NOT NULL,                          -- what was given back is taken off
  nano_yuan BIGINT NOT NULL,
  PRIMARY KEY(meter, price_plan_version)
);

-- Single readings that stay although their block went: somebody names them, or may still decide about them. body: a block of this one reading.
CREATE TABLE reading_kept(
  id BIGINT PRIMARY KEY,
  meter BIGINT NOT NULL,
  transfer BIGINT,                                            -- its deduction, NULL: none
  body BYTEA NOT NULL
);
CREATE INDEX reading_kept_meter ON reading_kept(meter, id);
CREATE UNIQUE INDEX reading_kept_transfer ON reading_kept(transfer) WHERE transfer IS NOT NULL;

-- Rows of one meter between its deductions, and who names a deduction: both are asked for at a cut.
CREATE INDEX transfer_meter ON transfer(meter, id);
CREATE INDEX crossing_transfer ON crossing(transfer);

CREATE TRIGGER reading_cut_keep BEFORE UPDATE OR DELETE ON reading_cut FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_cut_keep_t BEFORE TRUNCATE ON reading_cut FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_kept_keep BEFORE UPDATE OR DELETE ON reading_kept FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER reading_kept_keep_t BEFORE TRUNCATE ON reading_kept FOR EACH STATEMENT EXECUTE FUNCTION append_only();
-- A row follows its meter from cut to cut, never back, and never goes.
CREATE FUNCTION meter_cut_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.cut <= old.cut OR new.meter <> old.meter THEN
    RAISE EXCEPTION 'meter_cut changes with a cut only';
  END IF;
  RETURN new;
END $$;
CREATE FUNCTION meter_cut_sum_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.cut <= old.cut OR new.meter <> old.meter OR new.price_plan_version <> old.price_plan_version THEN
    RAISE EXCEPTION 'meter_cut_sum changes with a cut only';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER meter_cut_keep_u BEFORE UPDATE ON meter_cut FOR EACH ROW EXECUTE FUNCTION meter_cut_follows();
CREATE TRIGGER meter_cut_keep BEFORE DELETE ON meter_cut FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER meter_cut_keep_t BEFORE TRUNCATE ON meter_cut FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER meter_cut_sum_keep_u BEFORE UPDATE ON meter_cut_sum FOR EACH ROW EXECUTE FUNCTION meter_cut_sum_follows();
CREATE TRIGGER meter_cut_sum_keep BEFORE DELETE ON meter_cut_sum FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER meter_cut_sum_keep_t BEFORE TRUNCATE ON meter_cut_sum FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- A block goes only below a cut that is stored.
DROP TRIGGER reading_block_keep ON reading_block;
CREATE TRIGGER reading_block_keep BEFORE UPDATE ON reading_block FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE FUNCTION reading_block_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce((SELECT c.next_reading FROM reading_cut c ORDER BY c.id DESC LIMIT 1), 0) < old.id + old.readings THEN
    RAISE EXCEPTION 'reading_block goes only below a cut';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER reading_block_keep_d BEFORE DELETE ON reading_block FOR EACH ROW EXECUTE FUNCTION reading_block_goes();
