-- The ledger, the meters and everything the ledger thread writes. SQLite dialect; a PostgreSQL twin maps INTEGER to BIGINT and
-- keeps names and meaning. One file = one transaction; never edited after a release.
--
-- Conventions
--   * Money is micro-yuan, energy 1/10 000 kWh, prices 1/100 000 yuan per kWh, times UTC milliseconds: units are in the column names
--     (_micro_yuan, _e4, _e5, _ms); `day` counts days since 1970-01-01 of the site's own calendar.
--   * organisation and site stand on every row, so that rows can be scoped, moved and sharded without a join.
--   * Ids are dealt by the ledger thread (newest + 1), never by the database: a decision knows all its ids before it is written.
--   * reading and transfer are written with every reading. They have no index beside the row number and no foreign key (each would
--     dirty or look up another page per row, measured three times slower). A row names its `previous` of the same meter or
--     account and the state row holds the newest, so history is walked backwards by row number. `verify` checks the links.
--   * Repeats are recognised by stream.last_seq, written in the same transaction, not by a unique index.

CREATE TABLE organisation(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE site(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  code TEXT NOT NULL UNIQUE,                                  -- the id in topics
  name TEXT NOT NULL,
  utc_offset_minutes INTEGER NOT NULL CHECK (utc_offset_minutes BETWEEN -720 AND 840),
  greatest_power_w INTEGER NOT NULL CHECK (greatest_power_w > 0),  -- of one meter; a faster register is impossible (L7)
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE gateway(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  code TEXT NOT NULL UNIQUE,                                  -- its name in topics and at the broker
  name TEXT NOT NULL,
  reading_minutes INTEGER NOT NULL CHECK (reading_minutes BETWEEN 1 AND 1440),
  archive_version INTEGER NOT NULL,                           -- of the wanted configuration
  counter INTEGER NOT NULL,                                   -- newest command counter handed out
  stream INTEGER NOT NULL,                                    -- current stream, 0: none yet
  online INTEGER NOT NULL CHECK (online IN (0, 1)),
  since_ms INTEGER NOT NULL,                                  -- of that online state, 0: never heard of
  last_event_ms INTEGER NOT NULL,                             -- when its newest event was stored, 0: never
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE line(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  code TEXT NOT NULL,
  uri TEXT NOT NULL,
  UNIQUE (gateway, code)
) STRICT;

-- One ordered stream of one gateway. Everything up to last_seq has taken effect, exactly once.
CREATE TABLE stream(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  epoch TEXT NOT NULL,
  last_seq INTEGER NOT NULL CHECK (last_seq >= 0),
  started_ms INTEGER NOT NULL,
  UNIQUE (gateway, epoch)
) STRICT;

-- The name changes; prices are versions. site NULL: for every site of the organisation.
CREATE TABLE price_plan(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER REFERENCES site(id),
  name TEXT NOT NULL,
  version INTEGER NOT NULL,                                   -- price_plan_version in force
  updated_ms INTEGER NOT NULL,
  UNIQUE (organisation, name)
) STRICT;

CREATE TABLE price_plan_version(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER,
  price_plan INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('total', 'tou')),
  total_e5 INTEGER NOT NULL CHECK (total_e5 >= 0),            -- kind total
  sharp_e5 INTEGER NOT NULL CHECK (sharp_e5 >= 0),            -- kind tou: these four
  peak_e5 INTEGER NOT NULL CHECK (peak_e5 >= 0),
  flat_e5 INTEGER NOT NULL CHECK (flat_e5 >= 0),
  valley_e5 INTEGER NOT NULL CHECK (valley_e5 >= 0),
  since_ms INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

-- Balance = credits - debits. One account per meter (what the resident has) and per site the revenue and one account per way of
-- paying, so the balances of a site always sum to zero.
CREATE TABLE account(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  kind TEXT NOT NULL CHECK (kind IN ('meter', 'revenue', 'cash', 'transfer', 'wechat', 'alipay', 'free', 'correction')),
  balance_micro_yuan INTEGER NOT NULL,
  remainder_nano_yuan INTEGER NOT NULL CHECK (remainder_nano_yuan BETWEEN 0 AND 999),
  newest_transfer INTEGER NOT NULL                            -- meters only: head of the chain, 0: none
) STRICT;
CREATE UNIQUE INDEX account_of_site ON account(site, kind) WHERE kind <> 'meter';

-- What a person registered and may change.
CREATE TABLE meter(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  line INTEGER NOT NULL REFERENCES line(id),
  device TEXT NOT NULL,
  name TEXT NOT NULL,
  room TEXT NOT NULL,
  address TEXT NOT NULL CHECK (length(address) = 12),
  baud INTEGER,
  profile TEXT NOT NULL,                                      -- JSON object of wire::MeterProfile
  mode TEXT NOT NULL CHECK (mode IN ('prepaid', 'reading')),
  price_plan INTEGER NOT NULL REFERENCES price_plan(id),
  alarm_1_micro_yuan INTEGER NOT NULL,
  alarm_2_micro_yuan INTEGER NOT NULL,
  overdraft_micro_yuan INTEGER NOT NULL CHECK (overdraft_micro_yuan >= 0),
  auto_trip INTEGER NOT NULL CHECK (auto_trip IN (0, 1)),
  account INTEGER NOT NULL UNIQUE REFERENCES account(id),
  start_total_e4 INTEGER NOT NULL,
  start_sharp_e4 INTEGER, start_peak_e4 INTEGER, start_flat_e4 INTEGER, start_valley_e4 INTEGER,
  registered_ms INTEGER NOT NULL,
  UNIQUE (site, device),
  UNIQUE (line, address)
) STRICT;
CREATE INDEX meter_gateway ON meter(gateway);

-- Written with every reading that counts: the register it counts on from, and the running day.
CREATE TABLE meter_register(
  meter INTEGER PRIMARY KEY REFERENCES meter(id),
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  newest_reading INTEGER NOT NULL,                            -- head of the chain, of any state; 0: none
  last_ms INTEGER NOT NULL,                                   -- of the last register that counted (at first the start reading)
  total_e4 INTEGER NOT NULL,
  sharp_e4 INTEGER, peak_e4 INTEGER, flat_e4 INTEGER, valley_e4 INTEGER,  -- NULL: not known
  unsplit_e4 INTEGER NOT NULL,                                -- billed as flat since the four were last read
  rollovers INTEGER NOT NULL,
  day INTEGER NOT NULL,                                       -- the running day's sums; earlier days are in meter_day
  day_quantity_e4 INTEGER NOT NULL,
  day_amount_micro_yuan INTEGER NOT NULL,
  frozen_day INTEGER NOT NULL,                                -- newest day_register, 0: none
  quarantined INTEGER NOT NULL                                -- readings that wait for a person
) STRICT;

-- Written when something about the supply changes.
CREATE TABLE meter_supply(
  meter INTEGER PRIMARY KEY REFERENCES meter(id),
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  moved INTEGER NOT NULL CHECK (moved IN (0, 1)),             -- money or energy has moved; before that nothing is cut
  forced INTEGER NOT NULL CHECK (forced IN (0, 1)),           -- forced trip (强制拉闸) in force
  wanted TEXT NOT NULL CHECK (wanted IN ('closed', 'open')),
  wanted_reason TEXT NOT NULL CHECK (wanted_reason IN ('none', 'arrears', 'forced')),
  ordered TEXT NOT NULL CHECK (ordered IN ('nothing', 'open', 'close')),  -- the newest relay order of ours
  awaiting_read INTEGER NOT NULL CHECK (awaiting_read IN (0, 1)),         -- a crossing waits for a fresh reading (L10)
  crossing INTEGER NOT NULL,                                  -- of the arrears in force, 0: none
  warned_1 INTEGER NOT NULL CHECK (warned_1 IN (0, 1)),
  warned_2 INTEGER NOT NULL CHECK (warned_2 IN (0, 1)),
  keep_power_wanted INTEGER NOT NULL CHECK (keep_power_wanted IN (0, 1)),
  keep_power INTEGER NOT NULL CHECK (keep_power IN (0, 1)),   -- as the meter says
  relay TEXT NOT NULL CHECK (relay IN ('unknown', 'closed', 'open', 'opening', 'awaiting_button')),
  reported_ms INTEGER NOT NULL,                               -- of that relay state, 0: never
  reachable INTEGER NOT NULL CHECK (reachable IN (0, 1)),
  clock_offset_s INTEGER,
  pending_command INTEGER NOT NULL                            -- relay order under way, 0: none
) STRICT;

-- state: 0 used (deducted), 1 recorded (kept, not deducted), 2 quarantined (reason says why).  kind: 0 interval, 1 on_demand, 2 daily_freeze.
CREATE TABLE reading(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  meter INTEGER NOT NULL,
  previous INTEGER NOT NULL,                                  -- reading of the same meter before, 0: none
  stream INTEGER NOT NULL, seq INTEGER NOT NULL, item INTEGER NOT NULL,  -- where it came from
  at_ms INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  total_e4 INTEGER NOT NULL,
  sharp_e4 INTEGER, peak_e4 INTEGER, flat_e4 INTEGER, valley_e4 INTEGER,
  used_e4 INTEGER NOT NULL,                                   -- consumption since the register before it that counted
  price_plan_version INTEGER NOT NULL DEFAULT 0,              -- in force when it was decided; 0 when it did not count
  reason TEXT
) STRICT;

-- Double entry in one row: amount goes from debit to credit.  kind: 0 deduction, 1 recharge, 2 correction.
CREATE TABLE transfer(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
  debit INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  amount_micro_yuan INTEGER NOT NULL CHECK (amount_micro_yuan >= 0),
  at_ms INTEGER NOT NULL,
  meter INTEGER NOT NULL,
  previous INTEGER NOT NULL,                                  -- transfer of the same meter before, 0: none
  balance_micro_yuan INTEGER NOT NULL,                        -- of the meter's account afterwards
  reading INTEGER NOT NULL,                                   -- deduction: its cause, otherwise 0
  price_plan_version INTEGER NOT NULL,                        -- deduction: in force then, otherwise 0
  quantity_e4 INTEGER NOT NULL,                               -- deduction: energy billed
  nano_yuan INTEGER NOT NULL,                                 -- deduction: exact price x quantity; what is below a micro-yuan is carried
  CHECK (debit <> credit)
) STRICT;

CREATE TABLE recharge(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,                                          -- made by the sender; a repeat is answered 'exists'
  meter INTEGER NOT NULL REFERENCES meter(id),
  transfer INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  amount_micro_yuan INTEGER NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX recharge_transfer ON recharge(transfer);
CREATE INDEX recharge_meter ON recharge(meter, id);

-- 日冻结: what the meter froze at midnight. `day` is the day that begins at that midnight.
CREATE TABLE day_register(
  meter INTEGER NOT NULL,
  day INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  total_e4 INTEGER NOT NULL,
  sharp_e4 INTEGER, peak_e4 INTEGER, flat_e4 INTEGER, valley_e4 INTEGER,
  PRIMARY KEY (meter, day)
) STRICT, WITHOUT ROWID;

-- A finished day of a meter: written when the first reading of a later day arrives.
CREATE TABLE meter_day(
  meter INTEGER NOT NULL,
  day INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  quantity_e4 INTEGER NOT NULL,
  amount_micro_yuan INTEGER NOT NULL,
  PRIMARY KEY (meter, day)
) STRICT, WITHOUT ROWID;

-- Running sums of a site's day. Energy and deductions count on the day of the reading, recharges on the day they were booked.
CREATE TABLE site_day(
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  quantity_e4 INTEGER NOT NULL,
  deducted_micro_yuan INTEGER NOT NULL,
  recharged_micro_yuan INTEGER NOT NULL,
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

-- What could not be understood or belongs to nobody: kept whole, acknowledged, never in the way. Refused readings of known
-- meters are in `reading` with state 2.
CREATE TABLE quarantine(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  gateway INTEGER NOT NULL,
  stream INTEGER NOT NULL, seq INTEGER NOT NULL, item INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  reason TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;

-- An account fell to its trip threshold. exemption: why no order followed.
CREATE TABLE crossing(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  at_ms INTEGER NOT NULL,
  transfer INTEGER NOT NULL,                                  -- newest of the account then
  balance_micro_yuan INTEGER NOT NULL,
  reading_age_ms INTEGER NOT NULL,
  exemption TEXT
) STRICT;

CREATE TABLE command(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  code TEXT NOT NULL,                                         -- the id people and REST use; made by who asks
  meter INTEGER NOT NULL REFERENCES meter(id),
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  kind TEXT NOT NULL CHECK (kind IN ('trip', 'close', 'keep_power_on', 'keep_power_off', 'read', 'set_clock', 'live')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'acked', 'verified', 'failed', 'expired', 'cancelled')),
  cause TEXT NOT NULL CHECK (cause IN ('forced', 'arrears', 'recharged', 'reconcile', 'person', 'stale_reading')),
  by TEXT NOT NULL,
  note TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  crossing INTEGER NOT NULL,                                  -- 0: none
  reading_age_ms INTEGER NOT NULL,                            -- of the reading that an arrears trip rests on, otherwise 0
  created_ms INTEGER NOT NULL,
  sent_ms INTEGER, acked_ms INTEGER, ended_ms INTEGER,
  expires_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  counter INTEGER NOT NULL,                                   -- of the newest attempt; its id on the wire is c<id>-<counter>
  reason TEXT NOT NULL,
  escalated INTEGER NOT NULL CHECK (escalated IN (0, 1)),
  UNIQUE (organisation, code)
) STRICT;
CREATE INDEX command_meter ON command(meter, id);
CREATE INDEX command_open ON command(id) WHERE state IN ('queued', 'sent', 'acked');
CREATE INDEX command_crossing ON command(crossing) WHERE crossing <> 0;

-- A message to the resident: the balance fell below preset 1 or 2.
CREATE TABLE notice(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  meter INTEGER NOT NULL REFERENCES meter(id),
  kind TEXT NOT NULL CHECK (kind IN ('alarm_1', 'alarm_2')),
  at_ms INTEGER NOT NULL,
  threshold_micro_yuan INTEGER NOT NULL,
  balance_micro_yuan INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_meter ON notice(meter, id);

-- Something a person should know. One active row per (code, gateway, meter, line, command).
CREATE TABLE alarm(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  raised_ms INTEGER NOT NULL,
  cleared_ms INTEGER,
  gateway INTEGER NOT NULL,                                   -- 0: none
  meter INTEGER NOT NULL,                                     -- 0: none
  line TEXT NOT NULL,                                         -- '': none
  command INTEGER NOT NULL,                                   -- the one that made it, 0: none
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX alarm_active ON alarm(id) WHERE active = 1;
CREATE INDEX alarm_meter ON alarm(meter) WHERE meter <> 0;
CREATE INDEX alarm_command ON alarm(command) WHERE command <> 0;

-- Append-only. A row that another insert would push out is caught too, because every connection sets recursive_triggers.
CREATE TRIGGER transfer_keep_u BEFORE UPDATE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;
CREATE TRIGGER transfer_keep_d BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;
CREATE TRIGGER reading_keep_u BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'reading is append-only'); END;
CREATE TRIGGER reading_keep_d BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'reading is append-only'); END;
CREATE TRIGGER recharge_keep_u BEFORE UPDATE ON recharge BEGIN SELECT RAISE(ABORT, 'recharge is append-only'); END;
CREATE TRIGGER recharge_keep_d BEFORE DELETE ON recharge BEGIN SELECT RAISE(ABORT, 'recharge is append-only'); END;
CREATE TRIGGER price_plan_version_keep_u BEFORE UPDATE ON price_plan_version BEGIN SELECT RAISE(ABORT, 'price_plan_version is append-only'); END;
CREATE TRIGGER price_plan_version_keep_d BEFORE DELETE ON price_plan_version BEGIN SELECT RAISE(ABORT, 'price_plan_version is append-only'); END;
CREATE TRIGGER day_register_keep_u BEFORE UPDATE ON day_register BEGIN SELECT RAISE(ABORT, 'day_register is append-only'); END;
CREATE TRIGGER day_register_keep_d BEFORE DELETE ON day_register BEGIN SELECT RAISE(ABORT, 'day_register is append-only'); END;
CREATE TRIGGER quarantine_keep_u BEFORE UPDATE ON quarantine BEGIN SELECT RAISE(ABORT, 'quarantine is append-only'); END;
CREATE TRIGGER quarantine_keep_d BEFORE DELETE ON quarantine BEGIN SELECT RAISE(ABORT, 'quarantine is append-only'); END;
CREATE TRIGGER crossing_keep_u BEFORE UPDATE ON crossing BEGIN SELECT RAISE(ABORT, 'crossing is append-only'); END;
CREATE TRIGGER crossing_keep_d BEFORE DELETE ON crossing BEGIN SELECT RAISE(ABORT, 'crossing is append-only'); END;
CREATE TRIGGER notice_keep_u BEFORE UPDATE ON notice BEGIN SELECT RAISE(ABORT, 'notice is append-only'); END;
CREATE TRIGGER notice_keep_d BEFORE DELETE ON notice BEGIN SELECT RAISE(ABORT, 'notice is append-only'); END;
