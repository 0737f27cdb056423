-- Meters that were registered by mistake and taken away before anything was booked. Ids are never dealt twice, and alarms of the
-- past keep their name. Units and ids: as in 001_ledger.sql.
CREATE TABLE removed_meter(
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES organisation(id),
  site BIGINT NOT NULL REFERENCES site(id),
  device TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  removed_ms BIGINT NOT NULL,
  by TEXT NOT NULL
);
