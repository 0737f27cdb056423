-- 接入码: codes by which a gateway is enrolled. Written by the office's connection. Units and ids: as in 001_ledger.sql; these ids are dealt by
-- the database. Of a gateway only the newest row counts: a new code replaces the one before.

-- ended: '' open, or until it expires. nonce_hash: of the box that redeemed it, which may ask once more when the answer was lost.
CREATE TABLE enrolment(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL,
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  code_hash TEXT NOT NULL UNIQUE,                             -- argon2id, 64 hex digits
  by TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  ended TEXT NOT NULL CHECK (ended IN ('', 'used', 'cancelled', 'replaced')),
  ended_ms INTEGER,
  nonce_hash TEXT NOT NULL,                                   -- SHA-256, 64 hex digits; '' before
  reused INTEGER NOT NULL CHECK (reused >= 0)                 -- how often it was tried again by somebody else
) STRICT;
CREATE INDEX enrolment_gateway ON enrolment(gateway, id);
