-- People, their sessions and the audit log. Written by the HTTP side on a connection of its own; the ledger never reads them.
-- Units and ids: as in 001_ledger.sql, but these ids are dealt by the database.

CREATE TABLE user(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  login TEXT NOT NULL UNIQUE,                                 -- over all organisations: a login names no tenant
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,                                -- $argon2id$…
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
  all_permissions INTEGER NOT NULL CHECK (all_permissions IN (0, 1)),
  permissions TEXT NOT NULL,                                  -- separated by blanks: "meter:read meter:switch"
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE session(
  token_hash TEXT PRIMARY KEY,                                -- SHA-256 of the cookie's token, hex
  csrf_token TEXT NOT NULL,
  user INTEGER NOT NULL REFERENCES user(id),
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session(user);

-- Append-only, hash-chained over the whole table: hash = SHA-256 of the hash of the row before and this row's fields
-- (platform/store/audit_chain.hpp). Ids have no gaps, so a missing row is seen even at the seam of a rewritten chain.
CREATE TABLE audit(
  id INTEGER PRIMARY KEY,
  organisation INTEGER,                                       -- NULL: nobody was logged in
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,
  result TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_organisation ON audit(organisation, id);
CREATE TRIGGER audit_keep_u BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_keep_d BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- The lists of the console.
CREATE INDEX meter_organisation ON meter(organisation);
CREATE INDEX meter_price_plan ON meter(price_plan);
