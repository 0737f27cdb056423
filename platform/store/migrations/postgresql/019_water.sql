-- Water meters and hot-water controllers; registers that were cleared, replaced or read by hand; meters that are off by the clock; the yearly
-- fee of a device. Units and ids: as in 001_ledger.sql; quantities of water are m3.

ALTER TABLE price_plan ADD COLUMN utility TEXT NOT NULL DEFAULT 'electricity' CHECK (utility IN ('electricity', 'water'));

ALTER TABLE meter ADD COLUMN kind TEXT NOT NULL DEFAULT 'electricity' CHECK (kind IN ('electricity', 'water', 'hot_water'));
ALTER TABLE meter ADD COLUMN valve BIGINT NOT NULL DEFAULT 1 CHECK (valve IN (0, 1));    -- 0: nothing can cut it off
ALTER TABLE meter ADD COLUMN schedule TEXT NOT NULL DEFAULT '';                          -- "days:off-on,…", minutes of the site's day; '': none
ALTER TABLE meter ADD COLUMN fee_yearly_micro_yuan BIGINT CHECK (fee_yearly_micro_yuan >= 0);   -- NULL: no fee
ALTER TABLE meter ADD COLUMN fee_paid_until BIGINT;                                      -- the first day that is not paid for

ALTER TABLE meter_register ADD COLUMN anchored_ms BIGINT NOT NULL DEFAULT 0;             -- what was read until then is covered by the register
ALTER TABLE site_day ADD COLUMN water_e4 BIGINT NOT NULL DEFAULT 0;                      -- m3; quantity_e4 is kWh
ALTER TABLE site_day ADD COLUMN water_micro_yuan BIGINT NOT NULL DEFAULT 0;             -- of deducted_micro_yuan

-- More reasons to be off, and what a hot-water controller says.
ALTER TABLE meter_supply DROP CONSTRAINT meter_supply_wanted_reason_check;
ALTER TABLE meter_supply ADD CONSTRAINT meter_supply_wanted_reason_check CHECK (wanted_reason IN ('none', 'arrears', 'forced', 'scheduled', 'fee'));
ALTER TABLE meter_supply ADD COLUMN scheduled BIGINT NOT NULL DEFAULT 0 CHECK (scheduled IN (0, 1));   -- off by the clock now
ALTER TABLE meter_supply ADD COLUMN unpaid BIGINT NOT NULL DEFAULT 0 CHECK (unpaid IN (0, 1));         -- the yearly fee has run out
ALTER TABLE meter_supply ADD COLUMN temperature_dc BIGINT;                                             -- tenths of a degree Celsius, NULL: never reported
ALTER TABLE meter_supply ADD COLUMN target_dc BIGINT;
ALTER TABLE meter_supply ADD COLUMN automatic BIGINT NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1));
ALTER TABLE meter_supply ADD COLUMN temperature_valve TEXT NOT NULL DEFAULT 'unknown' CHECK (temperature_valve IN ('unknown', 'open', 'closed'));
ALTER TABLE meter_supply ADD COLUMN hot_water_ms BIGINT NOT NULL DEFAULT 0;

ALTER TABLE command DROP CONSTRAINT command_kind_check;
ALTER TABLE command ADD CONSTRAINT command_kind_check CHECK (kind IN ('trip', 'close', 'keep_power_on', 'keep_power_off', 'read', 'set_clock', 'live', 'clear',
  'temperature_valve_open', 'temperature_valve_close', 'automatic_on', 'automatic_off'));
ALTER TABLE command DROP CONSTRAINT command_cause_check;
ALTER TABLE command ADD CONSTRAINT command_cause_check CHECK (cause IN ('forced', 'arrears', 'recharged', 'reconcile', 'person', 'stale_reading', 'scheduled', 'fee'));
ALTER TABLE command ADD COLUMN target_dc BIGINT NOT NULL DEFAULT 0;                                    -- automatic_on: tenths of a degree Celsius

-- 清零 换表 抄表录入. last: what the register said in the end, next: where it goes on; both at moment_ms. newest_reading, decision: its place among
-- the meter's readings and all decisions; known_…: the newest price version and meter plan at that moment.
CREATE TABLE register_change(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter BIGINT NOT NULL REFERENCES meter(id),
  kind TEXT NOT NULL CHECK (kind IN ('clear', 'replace', 'typed')),
  moment_ms BIGINT NOT NULL,
  last_total_e4 BIGINT NOT NULL,
  last_sharp_e4 BIGINT, last_peak_e4 BIGINT, last_flat_e4 BIGINT, last_valley_e4 BIGINT,
  next_total_e4 BIGINT NOT NULL,
  next_sharp_e4 BIGINT, next_peak_e4 BIGINT, next_flat_e4 BIGINT, next_valley_e4 BIGINT,
  billed_e4 BIGINT NOT NULL CHECK (billed_e4 >= 0),
  transfer BIGINT NOT NULL,                                           -- of what was billed, 0: nothing
  price_plan_version BIGINT NOT NULL,
  newest_reading BIGINT NOT NULL,
  decision BIGINT NOT NULL,
  known_version BIGINT NOT NULL,
  known_meter_plan BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
);
CREATE INDEX register_change_meter ON register_change(meter, id);
CREATE INDEX register_change_at ON register_change(organisation, at_ms, id);
CREATE INDEX register_change_transfer ON register_change(transfer) WHERE transfer <> 0;
CREATE TRIGGER register_change_keep BEFORE UPDATE OR DELETE ON register_change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER register_change_keep_t BEFORE TRUNCATE ON register_change FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- 年费: received by the meter's account, and passed on to the revenue at once.
CREATE TABLE fee_payment(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter BIGINT NOT NULL REFERENCES meter(id),
  years BIGINT NOT NULL CHECK (years > 0),
  amount_micro_yuan BIGINT NOT NULL CHECK (amount_micro_yuan >= 0),
  paid_from BIGINT NOT NULL,
  paid_until BIGINT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  received BIGINT NOT NULL,                                           -- transfers, 0: it cost nothing
  passed_on BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
);
CREATE INDEX fee_payment_meter ON fee_payment(meter, id);
CREATE INDEX fee_payment_at ON fee_payment(organisation, at_ms, id);
CREATE INDEX fee_payment_received ON fee_payment(received) WHERE received <> 0;
CREATE INDEX fee_payment_passed_on ON fee_payment(passed_on) WHERE passed_on <> 0;
CREATE TRIGGER fee_payment_keep BEFORE UPDATE OR DELETE ON fee_payment FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER fee_payment_keep_t BEFORE TRUNCATE ON fee_payment FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- What is usual for a meter, by its finished days; alarms of suspicious consumption rest on it.
CREATE TABLE meter_habit(
  meter BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  site BIGINT NOT NULL,
  usual_day_e4 BIGINT NOT NULL,
  days BIGINT NOT NULL,
  idle_days BIGINT NOT NULL,
  wet_nights BIGINT NOT NULL
);

-- For the reports of orders and of frozen registers.
CREATE INDEX command_at ON command(organisation, created_ms, id);
CREATE INDEX day_register_received ON day_register(organisation, received_ms, meter);
