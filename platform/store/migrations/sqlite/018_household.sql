-- What happens between the office and a household at a meter: the account is opened, the rest is settled, what was wrong is put right.
-- Append-only; each is made once by its sender's key. Units and ids: as in 001_ledger.sql.

-- 开户 (em-account-setup). The registers are those that the household's energy counts from; recharge and adjustment are the newest of all
-- meters at that moment: what came later is this household's.
CREATE TABLE opening(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  customer TEXT NOT NULL,
  mobile TEXT NOT NULL,
  unit TEXT NOT NULL,
  settlement_method TEXT NOT NULL CHECK (settlement_method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  voltage TEXT NOT NULL,
  opened_on_ms INTEGER NOT NULL,
  area TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  start_total_e4 INTEGER NOT NULL,
  start_sharp_e4 INTEGER, start_peak_e4 INTEGER, start_flat_e4 INTEGER, start_valley_e4 INTEGER,
  billed_e4 INTEGER NOT NULL,                                 -- of the meter until then
  recharge INTEGER NOT NULL,
  adjustment INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX opening_meter ON opening(meter, id);

-- 结算, 销户 (em-settle). balance: before; afterwards it is zero, and transfer says what was paid back or collected (0: nothing).
CREATE TABLE settlement(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  opening INTEGER NOT NULL,                                   -- 0: the account was never opened
  transfer INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  from_total_e4 INTEGER NOT NULL,
  from_sharp_e4 INTEGER, from_peak_e4 INTEGER, from_flat_e4 INTEGER, from_valley_e4 INTEGER,
  to_ms INTEGER NOT NULL,
  to_total_e4 INTEGER NOT NULL,
  to_sharp_e4 INTEGER, to_peak_e4 INTEGER, to_flat_e4 INTEGER, to_valley_e4 INTEGER,
  billed_e4 INTEGER NOT NULL,
  quantity_e4 INTEGER NOT NULL,
  fee_micro_yuan INTEGER NOT NULL,
  recharged_micro_yuan INTEGER NOT NULL,
  adjusted_micro_yuan INTEGER NOT NULL,
  balance_micro_yuan INTEGER NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  closes INTEGER NOT NULL CHECK (closes IN (0, 1)),
  note TEXT NOT NULL,
  recharge INTEGER NOT NULL,
  adjustment INTEGER NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX settlement_meter ON settlement(meter, id);
CREATE INDEX settlement_at ON settlement(organisation, at_ms, id);
CREATE INDEX settlement_transfer ON settlement(transfer) WHERE transfer <> 0;

-- 退补 (em-refund-adjust). amount: below zero takes from the balance.
CREATE TABLE adjustment(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter INTEGER NOT NULL REFERENCES meter(id),
  transfer INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  amount_micro_yuan INTEGER NOT NULL CHECK (amount_micro_yuan <> 0),
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX adjustment_meter ON adjustment(meter, id);
CREATE INDEX adjustment_at ON adjustment(organisation, at_ms, id);
CREATE INDEX adjustment_transfer ON adjustment(transfer);

-- What was billed of a meter in all: the energy of a household is the difference of two of these.
ALTER TABLE meter_register ADD COLUMN billed_e4 INTEGER NOT NULL DEFAULT 0;

-- Limits as energy: the three in money follow from them and the price. NULL: they are given in money.
ALTER TABLE meter ADD COLUMN limit_1_e4 INTEGER;
ALTER TABLE meter ADD COLUMN limit_2_e4 INTEGER;
ALTER TABLE meter ADD COLUMN limit_overdraft_e4 INTEGER;

-- What a decision knew of prices: the newest version and the newest change of a meter's plan at that moment.
ALTER TABLE reading_decision ADD COLUMN known_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reading_decision ADD COLUMN known_meter_plan INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER opening_keep_u BEFORE UPDATE ON opening BEGIN SELECT RAISE(ABORT, 'opening is append-only'); END;
CREATE TRIGGER opening_keep_d BEFORE DELETE ON opening BEGIN SELECT RAISE(ABORT, 'opening is append-only'); END;
CREATE TRIGGER settlement_keep_u BEFORE UPDATE ON settlement BEGIN SELECT RAISE(ABORT, 'settlement is append-only'); END;
CREATE TRIGGER settlement_keep_d BEFORE DELETE ON settlement BEGIN SELECT RAISE(ABORT, 'settlement is append-only'); END;
CREATE TRIGGER adjustment_keep_u BEFORE UPDATE ON adjustment BEGIN SELECT RAISE(ABORT, 'adjustment is append-only'); END;
CREATE TRIGGER adjustment_keep_d BEFORE DELETE ON adjustment BEGIN SELECT RAISE(ABORT, 'adjustment is append-only'); END;
