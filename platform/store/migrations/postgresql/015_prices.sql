-- Prices that hold from a moment on (since_ms), by time slots and with steps. Of the versions of a plan that have begun the one with the
-- greatest id is in force: a version replaces whatever was to come from its own moment on.
ALTER TABLE price_plan_version ADD COLUMN slots TEXT NOT NULL DEFAULT '';          -- "minute:tariff,…" of the site's day; '': the meter's registers
ALTER TABLE price_plan_version ADD COLUMN step_period TEXT NOT NULL DEFAULT 'none' CHECK (step_period IN ('none', 'month', 'year'));
ALTER TABLE price_plan_version ADD COLUMN steps TEXT NOT NULL DEFAULT '';          -- "above_e4:add_e5,…"
ALTER TABLE price_plan_version ADD COLUMN created_ms BIGINT NOT NULL DEFAULT 0;    -- 0: before this migration, then it was since_ms
ALTER TABLE price_plan_version ADD COLUMN newest_reading BIGINT NOT NULL DEFAULT 0;  -- of all meters at that moment: what came later knew of it

-- A person's word that a meter has another plan from a moment on. Of those that have begun the one with the greatest id is in force;
-- before the first one it was `before`. newest_reading: of the meter when it was said, the word's place among the readings.
CREATE TABLE meter_plan(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  meter BIGINT NOT NULL,
  price_plan BIGINT NOT NULL REFERENCES price_plan(id),
  before BIGINT NOT NULL REFERENCES price_plan(id),
  from_ms BIGINT NOT NULL,
  created_ms BIGINT NOT NULL,
  newest_reading BIGINT NOT NULL,
  by TEXT NOT NULL
);
CREATE INDEX meter_plan_meter ON meter_plan(meter, id);
CREATE TRIGGER meter_plan_keep BEFORE UPDATE OR DELETE ON meter_plan FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER meter_plan_keep_t BEFORE TRUNCATE ON meter_plan FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- What was used since the month and the year began that the last register lies in: steps are counted over these.
ALTER TABLE meter_register ADD COLUMN month_quantity_e4 BIGINT NOT NULL DEFAULT 0;
ALTER TABLE meter_register ADD COLUMN year_quantity_e4 BIGINT NOT NULL DEFAULT 0;
