-- What a meter used and paid by hours of the site's clock (platform/domain/day_hours.hpp). Units and ids: as in 001_ledger.sql.

-- Of a finished day, written with it. NULL: the day began before this migration.
ALTER TABLE meter_day ADD COLUMN hours BYTEA;

-- Of the running day: written when something was used in another hour than before. What meter_register has of the day beyond the finished
-- hours was used in `hour`. A row of an older day says nothing: since then nothing was used.
CREATE TABLE meter_hour(
  meter BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  site BIGINT NOT NULL,
  day BIGINT NOT NULL,                                        -- meter_register.day
  hour BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
  finished BYTEA NOT NULL                                     -- hours before it
);
