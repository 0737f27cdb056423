-- The download centre: exports too long for an answer, and imports. Files lie in a folder and are named after the id.
-- Units and ids: as in 001_ledger.sql, but these ids are dealt by the database. Not given: NULL, texts ''.

CREATE TABLE job(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  owner INTEGER NOT NULL,                                     -- user
  scope TEXT NOT NULL,                                        -- the sites that the owner saw, '*' for all, '+' with those below: who sees others now sees no old files
  who TEXT NOT NULL,                                          -- login
  address TEXT NOT NULL,
  action TEXT NOT NULL,                                       -- operationId
  kind TEXT NOT NULL CHECK (kind IN ('export', 'import')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  list TEXT NOT NULL,
  title TEXT NOT NULL,
  permission TEXT NOT NULL,
  remark TEXT NOT NULL,
  reason TEXT NOT NULL,
  done INTEGER NOT NULL, total INTEGER NOT NULL,              -- rows
  bytes INTEGER NOT NULL,                                     -- of its file
  created INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL, failed INTEGER NOT NULL,  -- of an import
  errors TEXT NOT NULL,                                       -- of an import: the first bad rows, JSON
  file TEXT NOT NULL,                                         -- name to save it under
  created_ms INTEGER NOT NULL, started_ms INTEGER, ended_ms INTEGER
) STRICT;
CREATE INDEX job_owner ON job(organisation, owner, id);
CREATE INDEX job_ended ON job(ended_ms);
