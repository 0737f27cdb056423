-- Water meters and hot-water controllers; registers that were cleared, replaced or read by hand; meters that are off by the clock; the yearly
-- fee of a device. Units and ids: as in 001_ledger.sql; quantities of water are m3.

ALTER TABLE price_plan ADD COLUMN utility TEXT NOT NULL DEFAULT 'electricity' CHECK (utility IN ('electricity', 'water'));

ALTER TABLE meter ADD COLUMN kind TEXT NOT NULL DEFAULT 'electricity' CHECK (kind IN ('electricity', 'water', 'hot_water'));
ALTER TABLE meter ADD COLUMN valve INTEGER NOT NULL DEFAULT 1 CHECK (valve IN (0, 1));   -- 0: nothing can cut it off
ALTER TABLE meter ADD COLUMN schedule TEXT NOT NULL DEFAULT '';                          -- "days:off-on,…", minutes of the site's day; '': none
ALTER TABLE meter ADD COLUMN fee_yearly_micro_yuan INTEGER CHECK (fee_yearly_micro_yuan >= 0);  -- NULL: no fee
ALTER TABLE meter ADD COLUMN fee_paid_until INTEGER;                                     -- the first day that is not paid for

ALTER TABLE meter_register ADD COLUMN anchored_ms INTEGER NOT NULL DEFAULT 0;            -- what was read until then is covered by the register
ALTER TABLE site_day ADD COLUMN water_e4 INTEGER NOT NULL DEFAULT 0;                     -- m3; quantity_e4 is kWh
ALTER TABLE site_day ADD COLUMN water_micro_yuan INTEGER NOT NULL DEFAULT 0;             -- of deducted_micro_yuan

-- More reasons to be off, and what a hot-water controller says.
CREATE TABLE meter_supply_new(
  meter INTEGER PRIMARY KEY REFERENCES meter(id),
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  moved INTEGER NOT NULL CHECK (moved IN (0, 1)),
  forced INTEGER NOT NULL CHECK (forced IN (0, 1)),
  wanted TEXT NOT NULL CHECK (wanted IN ('closed', 'open')),
  wanted_reason TEXT NOT NULL CHECK (wanted_reason IN ('none', 'arrears', 'forced', 'scheduled', 'fee')),
  ordered TEXT NOT NULL CHECK (ordered IN ('nothing', 'open', 'close')),
  awaiting_read INTEGER NOT NULL CHECK (awaiting_read IN (0, 1)),
  crossing INTEGER NOT NULL,
  warned_1 INTEGER NOT NULL CHECK (warned_1 IN (0, 1)),
  warned_2 INTEGER NOT NULL CHECK (warned_2 IN (0, 1)),
  keep_power_wanted INTEGER NOT NULL CHECK (keep_power_wanted IN (0, 1)),
  keep_power INTEGER NOT NULL CHECK (keep_power IN (0, 1)),
  relay TEXT NOT NULL CHECK (relay IN ('unknown', 'closed', 'open', 'opening', 'awaiting_button')),
  reported_ms INTEGER NOT NULL,
  reachable INTEGER NOT NULL CHECK (reachable IN (0, 1)),
  clock_offset_s INTEGER,
  pending_command INTEGER NOT NULL,
  account_state TEXT NOT NULL DEFAULT 'normal' CHECK (account_state IN ('normal', 'low_1', 'low_2', 'arrears')),
  scheduled INTEGER NOT NULL DEFAULT 0 CHECK (scheduled IN (0, 1)),   -- off by the clock now
  unpaid INTEGER NOT NULL DEFAULT 0 CHECK (unpaid IN (0, 1)),         -- the yearly fee has run out
  temperature_dc INTEGER,                                             -- tenths of a degree Celsius, NULL: never reported
  target_dc INTEGER,
  automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1)),
  temperature_valve TEXT NOT NULL DEFAULT 'unknown' CHECK (temperature_valve IN ('unknown', 'open', 'closed')),
  hot_water_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO meter_supply_new(meter, organisation, site, moved, forced, wanted, wanted_reason, ordered, awaiting_read, crossing, warned_1, warned_2,
  keep_power_wanted, keep_power, relay, reported_ms, reachable, clock_offset_s, pending_command, account_state)
  SELECT meter, organisation, site, moved, forced, wanted, wanted_reason, ordered, awaiting_read, crossing, warned_1, warned_2,
  keep_power_wanted, keep_power, relay, reported_ms, reachable, clock_offset_s, pending_command, account_state FROM meter_supply;
DROP TABLE meter_supply;
ALTER TABLE meter_supply_new RENAME TO meter_supply;
CREATE TRIGGER meter_change_supply AFTER UPDATE ON meter_supply
  WHEN new.relay <> old.relay OR new.reachable <> old.reachable OR new.account_state <> old.account_state
  BEGIN INSERT INTO meter_change(meter) VALUES(new.meter); END;

CREATE TABLE command_new(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  code TEXT NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  kind TEXT NOT NULL CHECK (kind IN ('trip', 'close', 'keep_power_on', 'keep_power_off', 'read', 'set_clock', 'live', 'clear',
    'temperature_valve_open', 'temperature_valve_close', 'automatic_on', 'automatic_off')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'acked', 'verified', 'failed', 'expired', 'cancelled')),
  cause TEXT NOT NULL CHECK (cause IN ('forced', 'arrears', 'recharged', 'reconcile', 'person', 'stale_reading', 'scheduled', 'fee')),
  by TEXT NOT NULL,
  note TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  crossing INTEGER NOT NULL,
  reading_age_ms INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  sent_ms INTEGER, acked_ms INTEGER, ended_ms INTEGER,
  expires_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  reason TEXT NOT NULL,
  escalated INTEGER NOT NULL CHECK (escalated IN (0, 1)),
  target_dc INTEGER NOT NULL DEFAULT 0,                               -- automatic_on: tenths of a degree Celsius
  UNIQUE (organisation, code)
) STRICT;
INSERT INTO command_new(id, organisation, site, code, meter, gateway, kind, state, cause, by, note, seconds, crossing, reading_age_ms, created_ms,
  sent_ms, acked_ms, ended_ms, expires_ms, attempts, counter, reason, escalated)
  SELECT id, organisation, site, code, meter, gateway, kind, state, cause, by, note, seconds, crossing, reading_age_ms, created_ms,
  sent_ms, acked_ms, ended_ms, expires_ms, attempts, counter, reason, escalated FROM command;
DROP TABLE command;
ALTER TABLE command_new RENAME TO command;
CREATE INDEX command_meter ON command(meter, id);
CREATE INDEX command_open ON command(id) WHERE state IN ('queued', 'sent', 'acked');
CREATE INDEX command_crossing ON command(crossing) WHERE crossing <> 0;
CREATE INDEX command_switch ON command(organisation, created_ms, id) WHERE kind IN ('trip', 'close');

-- 清零 换表 抄表录入. last: what the register said in the end, next: where it goes on; both at moment_ms. newest_reading, decision: its place among
-- the meter's readings and all decisions; known_…: the newest price version and meter plan at that moment.
CREATE TABLE register_change(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  kind TEXT NOT NULL CHECK (kind IN ('clear', 'replace', 'typed')),
  moment_ms INTEGER NOT NULL,
  last_total_e4 INTEGER NOT NULL,
  last_sharp_e4 INTEGER, last_peak_e4 INTEGER, last_flat_e4 INTEGER, last_valley_e4 INTEGER,
  next_total_e4 INTEGER NOT NULL,
  next_sharp_e4 INTEGER, next_peak_e4 INTEGER, next_flat_e4 INTEGER, next_valley_e4 INTEGER,
  billed_e4 INTEGER NOT NULL CHECK (billed_e4 >= 0),
  transfer INTEGER NOT NULL,                                          -- of what was billed, 0: nothing
  price_plan_version INTEGER NOT NULL,
  newest_reading INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  known_version INTEGER NOT NULL,
  known_meter_plan INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX register_change_meter ON register_change(meter, id);
CREATE INDEX register_change_at ON register_change(organisation, at_ms, id);
CREATE INDEX register_change_transfer ON register_change(transfer) WHERE transfer <> 0;
CREATE TRIGGER register_change_keep_u BEFORE UPDATE ON register_change BEGIN SELECT RAISE(ABORT, 'register_change is append-only'); END;
CREATE TRIGGER register_change_keep_d BEFORE DELETE ON register_change BEGIN SELECT RAISE(ABORT, 'register_change is append-only'); END;

-- 年费: received by the meter's account, and passed on to the revenue at once.
CREATE TABLE fee_payment(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  years INTEGER NOT NULL CHECK (years > 0),
  amount_micro_yuan INTEGER NOT NULL CHECK (amount_micro_yuan >= 0),
  paid_from INTEGER NOT NULL,
  paid_until INTEGER NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  received INTEGER NOT NULL,                                          -- transfers, 0: it cost nothing
  passed_on INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX fee_payment_meter ON fee_payment(meter, id);
CREATE INDEX fee_payment_at ON fee_payment(organisation, at_ms, id);
CREATE INDEX fee_payment_received ON fee_payment(received) WHERE received <> 0;
CREATE INDEX fee_payment_passed_on ON fee_payment(passed_on) WHERE passed_on <> 0;
CREATE TRIGGER fee_payment_keep_u BEFORE UPDATE ON fee_payment BEGIN SELECT RAISE(ABORT, 'fee_payment is append-only'); END;
CREATE TRIGGER fee_payment_keep_d BEFORE DELETE ON fee_payment BEGIN SELECT RAISE(ABORT, 'fee_payment is append-only'); END;

-- What is usual for a meter, by its finished days; alarms of suspicious consumption rest on it.
CREATE TABLE meter_habit(
  meter INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  usual_day_e4 INTEGER NOT NULL,
  days INTEGER NOT NULL,
  idle_days INTEGER NOT NULL,
  wet_nights INTEGER NOT NULL
) STRICT;

-- For the reports of orders and of frozen registers.
CREATE INDEX command_at ON command(organisation, created_ms, id);
CREATE INDEX day_register_received ON day_register(organisation, received_ms, meter);
