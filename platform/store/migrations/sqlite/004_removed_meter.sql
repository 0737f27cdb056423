-- Meters that were registered by mistake and taken away before anything was booked. Ids are never dealt twice, and alarms of the
-- past keep their name. Units and ids: as in 001_ledger.sql.
CREATE TABLE removed_meter(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  device TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  removed_ms INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
