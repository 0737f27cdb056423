-- Organisations become one tree (platform/domain/organisation.hpp), and a session may act for one below its own. Written by the office's
-- connection and `init`; the ledger knows organisations by their ids only. Units and ids: as in 001_ledger.sql; ids of organisations are
-- dealt by platform/store/organisation.cpp and never twice, because the audit log keeps them.

-- The old names were unique. Names need not be (two merchants of two providers), numbers must.
ALTER TABLE organisation RENAME COLUMN name TO number;        -- 商户号, six digits
ALTER TABLE organisation ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE organisation SET name = number, number = CAST(100000 + (id * 7919) % 900000 AS TEXT);

ALTER TABLE organisation ADD COLUMN kind TEXT NOT NULL DEFAULT 'property'
  CHECK (kind IN ('system', 'operator', 'provider', 'property', 'collective', 'merchant'));
ALTER TABLE organisation ADD COLUMN parent INTEGER REFERENCES organisation(id);  -- NULL: the system
ALTER TABLE organisation ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));
ALTER TABLE organisation ADD COLUMN review TEXT NOT NULL DEFAULT 'approved' CHECK (review IN ('approved', 'pending', 'rejected'));
ALTER TABLE organisation ADD COLUMN review_note TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE organisation ADD COLUMN updated_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN phone TEXT NOT NULL DEFAULT '';   -- of a provider or property: the login of its account
ALTER TABLE organisation ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN province TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN type TEXT CHECK (type IN ('company', 'sole_trader', 'person'));  -- 商户类型: providers, merchants

-- Every organisation and what is below it at any depth, without itself.
CREATE TABLE organisation_below(
  ancestor INTEGER NOT NULL REFERENCES organisation(id),
  descendant INTEGER NOT NULL REFERENCES organisation(id),
  PRIMARY KEY (ancestor, descendant)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_below_descendant ON organisation_below(descendant);

INSERT INTO organisation(id, number, name, kind, created_ms) VALUES(1000000000, '100000', 'Anju', 'system', 0);
UPDATE organisation SET parent = 1000000000, updated_ms = created_ms WHERE id <> 1000000000;
INSERT INTO organisation_below(ancestor, descendant) SELECT 1000000000, id FROM organisation WHERE id <> 1000000000;

CREATE INDEX organisation_parent ON organisation(parent);
CREATE INDEX organisation_kind ON organisation(kind, id);
CREATE UNIQUE INDEX organisation_phone ON organisation(phone) WHERE phone <> '' AND kind IN ('provider', 'property');

-- 商家分类, of an operator.
CREATE TABLE merchant_category(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  position INTEGER CHECK (position >= 0),
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX merchant_category_unique ON merchant_category(organisation, name);
ALTER TABLE organisation ADD COLUMN category INTEGER REFERENCES merchant_category(id);
CREATE INDEX organisation_category ON organisation(category);

ALTER TABLE user ADD COLUMN phone TEXT NOT NULL DEFAULT '';   -- also a login
ALTER TABLE user ADD COLUMN email TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX user_phone ON user(phone) WHERE phone <> '';

-- The organisation that a session has entered; NULL: its user's own.
ALTER TABLE session ADD COLUMN acting INTEGER REFERENCES organisation(id);
