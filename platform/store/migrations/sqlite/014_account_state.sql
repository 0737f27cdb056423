-- What the state of a meter's account is, kept by the ledger beside what it wants of the relay, so that a list can be asked for meters in
-- arrears without a look at every balance. One of the words of AccountState (platform/domain/supply.hpp).
ALTER TABLE meter_supply ADD COLUMN account_state TEXT NOT NULL DEFAULT 'normal' CHECK (account_state IN ('normal', 'low_1', 'low_2', 'arrears'));
UPDATE meter_supply SET account_state = (
  SELECT CASE WHEN m.mode <> 'prepaid' OR meter_supply.moved = 0 THEN 'normal'
              WHEN a.balance_micro_yuan <= -m.overdraft_micro_yuan THEN 'arrears'
              WHEN a.balance_micro_yuan < m.alarm_2_micro_yuan THEN 'low_2'
              WHEN a.balance_micro_yuan < m.alarm_1_micro_yuan THEN 'low_1'
              ELSE 'normal' END
  FROM meter m JOIN account a ON a.id = m.account WHERE m.id = meter_supply.meter);
DROP INDEX meter_supply_warned;
DROP TRIGGER meter_change_supply;
CREATE TRIGGER meter_change_supply AFTER UPDATE ON meter_supply
  WHEN new.relay <> old.relay OR new.reachable <> old.reachable OR new.account_state <> old.account_state
  BEGIN INSERT INTO meter_change(meter) VALUES(new.meter); END;
INSERT INTO meter_change(meter) SELECT coalesce(max(id), 0) FROM meter;
