-- 固件: releases of the gateway's program, and the newest order of each gateway. Units and ids: as in 001_ledger.sql; those of gateway_release are dealt by
-- the database. The files lie in the folder `releases`, named by their hash; they are no part of a backup.

-- Written by the office's connection.
CREATE TABLE gateway_release(
  id INTEGER PRIMARY KEY,
  organisation INTEGER REFERENCES organisation(id),           -- NULL: removed, so that the organisation may go
  version TEXT NOT NULL,                                      -- 1.2.3
  architecture TEXT NOT NULL,
  size INTEGER NOT NULL,                                      -- bytes of the file
  sha256 TEXT NOT NULL,                                       -- of the file, 64 hex digits
  minimum TEXT NOT NULL,                                      -- the least version that it may take the place of
  spool INTEGER NOT NULL,
  signed_by TEXT,                                             -- name of the maker's key; NULL: there were no keys to check with
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  removed_ms INTEGER,                                         -- the row stays, so that its id is not dealt again
  CHECK (removed_ms IS NOT NULL OR organisation IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX gateway_release_version ON gateway_release(organisation, version, architecture) WHERE removed_ms IS NULL;

-- Written by the ledger. No reference to gateway_release: an order outlives it.
CREATE TABLE gateway_upgrade(
  gateway INTEGER PRIMARY KEY REFERENCES gateway(id),
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  release INTEGER NOT NULL,                                   -- gateway_release(id)
  order_code TEXT NOT NULL,
  version TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  url TEXT NOT NULL,
  pin TEXT NOT NULL,                                          -- '': the machine's own authorities
  by TEXT NOT NULL,
  ordered_ms INTEGER NOT NULL,
  wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),           -- it stands in the archive
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
  step TEXT NOT NULL CHECK (step IN ('waiting', 'downloading', 'offered', 'trial', 'installed', 'rolled_back', 'refused', 'failed')),
  reason TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX gateway_upgrade_release ON gateway_upgrade(release) WHERE wanted = 1;
