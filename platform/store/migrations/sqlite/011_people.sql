-- People of the office: departments, posts, roles and what is bound to whom (platform/domain/rights.hpp says what follows). Written by
-- the office's connection. Units and ids: as in 001_ledger.sql, but these ids are dealt by the database. Not given: NULL, texts ''.

CREATE TABLE department(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,                                   -- counts changes
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  parent INTEGER REFERENCES department(id),                   -- NULL: of the first level
  name TEXT NOT NULL,
  position INTEGER CHECK (position >= 0),                     -- order of display
  head TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX department_unique ON department(organisation, coalesce(parent, 0), name);
CREATE INDEX department_parent ON department(parent);

CREATE TABLE post(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  department INTEGER NOT NULL REFERENCES department(id),
  name TEXT NOT NULL,
  position INTEGER CHECK (position >= 0)
) STRICT;
CREATE UNIQUE INDEX post_unique ON post(department, name);

CREATE TABLE role(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('system', 'operator', 'provider', 'property', 'collective', 'merchant')),  -- of the users' organisation
  scope TEXT NOT NULL CHECK (scope IN ('all', 'company', 'sites', 'department_below', 'department', 'self')),
  permissions TEXT NOT NULL,                                  -- separated by blanks; '*': everything that the kind may hold
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX role_unique ON role(organisation, name);

ALTER TABLE user ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));
ALTER TABLE user ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE user ADD COLUMN updated_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN department INTEGER REFERENCES department(id);
ALTER TABLE user ADD COLUMN post INTEGER REFERENCES post(id);
ALTER TABLE user ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE user ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';  -- 参数设置: JSON, known keys only
CREATE INDEX user_organisation ON user(organisation, id);
CREATE INDEX user_department ON user(department);
CREATE INDEX user_post ON user(post);

CREATE TABLE user_role(
  person INTEGER NOT NULL REFERENCES user(id),
  role INTEGER NOT NULL REFERENCES role(id),
  PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_role_of ON user_role(role);

CREATE TABLE user_site(
  person INTEGER NOT NULL REFERENCES user(id),
  site INTEGER NOT NULL REFERENCES site(id),
  PRIMARY KEY (person, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE department_site(
  department INTEGER NOT NULL REFERENCES department(id),
  site INTEGER NOT NULL REFERENCES site(id),
  PRIMARY KEY (department, site)
) STRICT, WITHOUT ROWID;

-- Whether somebody has done anything is asked before he is deleted.
CREATE INDEX audit_who ON audit(who);

-- 用户分组: residents, so that they can be treated differently.
CREATE TABLE user_group(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX user_group_unique ON user_group(site, name);

CREATE TABLE group_member(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  user_group INTEGER NOT NULL REFERENCES user_group(id),
  resident INTEGER NOT NULL REFERENCES resident(id),
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX group_member_unique ON group_member(user_group, resident);
CREATE INDEX group_member_resident ON group_member(resident);

-- Its first department and roles are there (platform/store/settle.hpp); those that are older get them at the next start.
ALTER TABLE organisation ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));
