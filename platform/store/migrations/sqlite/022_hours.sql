-- What a meter used and paid by hours of the site's clock (platform/domain/day_hours.hpp). Units and ids: as in 001_ledger.sql.

-- Of a finished day, written with it. NULL: the day began before this migration.
ALTER TABLE meter_day ADD COLUMN hours BLOB;

-- Of the running day: written when something was used in another hour than before. What meter_register has of the day beyond the finished
-- hours was used in `hour`. A row of an older day says nothing: since then nothing was used.
CREATE TABLE meter_hour(
  meter INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,                                       -- meter_register.day
  hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  finished BLOB NOT NULL                                      -- hours before it
) STRICT;
