-- Meters of CJ/T188 have addresses of 14 hex digits, those of Modbus a unit of one to three. Which of them a meter may have depends on its
-- profile, so the table only says how long one can be (platform/domain/device_rules.hpp says the rest).
ALTER TABLE meter DROP CONSTRAINT meter_address_check;
ALTER TABLE meter ADD CONSTRAINT meter_address_check CHECK (length(address) BETWEEN 1 AND 14);
