-- What happens between the office and a household at a meter: the account is opened, the rest is settled, what was wrong is put right.
-- Append-only; each is made once by its sender's key. Units and ids: as in 001_ledger.sql.

-- 开户 (em-account-setup). The registers are those that the household's energy counts from; recharge and adjustment are the newest of all
-- meters at that moment: what came later is this household's.
CREATE TABLE opening(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter BIGINT NOT NULL REFERENCES meter(id),
  customer TEXT NOT NULL,
  mobile TEXT NOT NULL,
  unit TEXT NOT NULL,
  settlement_method TEXT NOT NULL CHECK (settlement_method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  voltage TEXT NOT NULL,
  opened_on_ms BIGINT NOT NULL,
  area TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL,
  start_ms BIGINT NOT NULL,
  start_total_e4 BIGINT NOT NULL,
  start_sharp_e4 BIGINT, start_peak_e4 BIGINT, start_flat_e4 BIGINT, start_valley_e4 BIGINT,
  billed_e4 BIGINT NOT NULL,                                  -- of the meter until then
  recharge BIGINT NOT NULL,
  adjustment BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
);
CREATE INDEX opening_meter ON opening(meter, id);

-- 结算, 销户 (em-settle). balance: before; afterwards it is zero, and transfer says what was paid back or collected (0: nothing).
CREATE TABLE settlement(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter BIGINT NOT NULL REFERENCES meter(id),
  opening BIGINT NOT NULL,                                    -- 0: the account was never opened
  transfer BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  from_ms BIGINT NOT NULL,
  from_total_e4 BIGINT NOT NULL,
  from_sharp_e4 BIGINT, from_peak_e4 BIGINT, from_flat_e4 BIGINT, from_valley_e4 BIGINT,
  to_ms BIGINT NOT NULL,
  to_total_e4 BIGINT NOT NULL,
  to_sharp_e4 BIGINT, to_peak_e4 BIGINT, to_flat_e4 BIGINT, to_valley_e4 BIGINT,
  billed_e4 BIGINT NOT NULL,
  quantity_e4 BIGINT NOT NULL,
  fee_micro_yuan BIGINT NOT NULL,
  recharged_micro_yuan BIGINT NOT NULL,
  adjusted_micro_yuan BIGINT NOT NULL,
  balance_micro_yuan BIGINT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'wechat', 'alipay', 'free')),
  closes BIGINT NOT NULL CHECK (closes IN (0, 1)),
  note TEXT NOT NULL,
  recharge BIGINT NOT NULL,
  adjustment BIGINT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
);
CREATE INDEX settlement_meter ON settlement(meter, id);
CREATE INDEX settlement_at ON settlement(organisation, at_ms, id);
CREATE INDEX settlement_transfer ON settlement(transfer) WHERE transfer <> 0;

-- 退补 (em-refund-adjust). amount: below zero takes from the balance.
CREATE TABLE adjustment(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  meter BIGINT NOT NULL REFERENCES meter(id),
  transfer BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  amount_micro_yuan BIGINT NOT NULL CHECK (amount_micro_yuan <> 0),
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  UNIQUE (organisation, key)
);
CREATE INDEX adjustment_meter ON adjustment(meter, id);
CREATE INDEX adjustment_at ON adjustment(organisation, at_ms, id);
CREATE INDEX adjustment_transfer ON adjustment(transfer);

-- What was billed of a meter in all: the energy of a household is the difference of two of these.
ALTER TABLE meter_register ADD COLUMN billed_e4 BIGINT NOT NULL DEFAULT 0;

-- Limits as energy: the three in money follow from them and the price. NULL: they are given in money.
ALTER TABLE meter ADD COLUMN limit_1_e4 BIGINT;
ALTER TABLE meter ADD COLUMN limit_2_e4 BIGINT;
ALTER TABLE meter ADD COLUMN limit_overdraft_e4 BIGINT;

-- What a decision knew of prices: the newest version and the newest change of a meter's plan at that moment.
ALTER TABLE reading_decision ADD COLUMN known_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reading_decision ADD COLUMN known_meter_plan BIGINT NOT NULL DEFAULT 0;

CREATE TRIGGER opening_keep BEFORE UPDATE OR DELETE ON opening FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER opening_keep_t BEFORE TRUNCATE ON opening FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER settlement_keep BEFORE UPDATE OR DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER settlement_keep_t BEFORE TRUNCATE ON settlement FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER adjustment_keep BEFORE UPDATE OR DELETE ON adjustment FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER adjustment_keep_t BEFORE TRUNCATE ON adjustment FOR EACH STATEMENT EXECUTE FUNCTION append_only();
