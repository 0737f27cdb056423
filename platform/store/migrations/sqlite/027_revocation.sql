-- 吊销: a gateway's credential that was taken away. Written by the office's connection; append-only. Units and ids: as in 001_ledger.sql; these ids
-- are dealt by the database. It holds until a code of the same gateway is used later than that.
CREATE TABLE revocation(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL,
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  by TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX revocation_gateway ON revocation(gateway, id);
