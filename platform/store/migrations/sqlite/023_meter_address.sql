-- Meters of CJ/T188 have addresses of 14 hex digits, those of Modbus a unit of one to three. Which of them a meter may have depends on its
-- profile, so the table only says how long one can be (platform/domain/device_rules.hpp says the rest).
--
-- A dozen tables refer to meter. To build it anew would look up every row of all of them, so its text is changed in place, which is how SQLite
-- wants a CHECK to be loosened (lang_altertable.html, 7). No row is touched.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (length(address) = 12)', 'CHECK (length(address) BETWEEN 1 AND 14)') WHERE type = 'table' AND name = 'meter';
-- Fails unless that was found; and whoever has the database open reads the schema again, because a table came and went.
CREATE TABLE meter_address_loosened(so INTEGER NOT NULL CHECK (so = 1)) STRICT;
INSERT INTO meter_address_loosened SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meter' AND sql LIKE '%CHECK (length(address) BETWEEN 1 AND 14)%';
DROP TABLE meter_address_loosened;
PRAGMA writable_schema = RESET;
