-- The space of a site: what platform/catalog/resources/space.cpp describes. Written by the office's connection; the ledger never reads
-- them. Units and ids: as in 001_ledger.sql, but these ids are dealt by the database. Not given: NULL, texts ''.

CREATE TABLE area(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,                                   -- counts changes
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX area_unique ON area(site, name);

CREATE TABLE building(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  with_units INTEGER NOT NULL CHECK (with_units IN (0, 1)),   -- 启用单元
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX building_unique ON building(site, number);

CREATE TABLE unit(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  building INTEGER NOT NULL REFERENCES building(id),
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX unit_unique ON unit(building, number);

CREATE TABLE house_type(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  rate INTEGER NOT NULL CHECK (rate >= 0),                    -- fen per square metre and month
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX house_type_unique ON house_type(site, name);

CREATE TABLE house(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  building INTEGER NOT NULL REFERENCES building(id),
  unit INTEGER REFERENCES unit(id),
  number TEXT NOT NULL,
  type INTEGER NOT NULL REFERENCES house_type(id),
  area INTEGER CHECK (area >= 0),                             -- hundredths of a square metre
  zone INTEGER REFERENCES area(id),
  owner TEXT NOT NULL,
  phone TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX house_unique ON house(building, coalesce(unit, 0), number);
CREATE INDEX house_site ON house(site, id);
CREATE INDEX house_unit ON house(unit);
CREATE INDEX house_type_of ON house(type);
CREATE INDEX house_zone ON house(zone);

CREATE TABLE contact(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  department TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  position INTEGER CHECK (position >= 0),
  note TEXT NOT NULL
) STRICT;
CREATE INDEX contact_site ON contact(site, id);
