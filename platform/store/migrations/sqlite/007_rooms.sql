-- Rooms, residents and housing sources (platform/catalog/resources), which meter is in which room, which rooms are under prepaid
-- management, and what the clerk's desk searches by. Written by the office's connection; the ledger never reads them. Units and ids: as
-- in 005_space.sql; a date is a number of days since 1970-01-01.

CREATE TABLE housing_source(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('centralised', 'distributed', 'room')),
  zone INTEGER REFERENCES area(id),
  address TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX housing_source_unique ON housing_source(site, code);
CREATE INDEX housing_source_zone ON housing_source(zone);

CREATE TABLE room(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  number TEXT NOT NULL,
  zone INTEGER REFERENCES area(id),
  house INTEGER REFERENCES house(id),
  source INTEGER REFERENCES housing_source(id),
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX room_unique ON room(site, coalesce(source, 0), coalesce(house, 0), number);
CREATE INDEX room_house ON room(house);
CREATE INDEX room_source ON room(source);
CREATE INDEX room_zone ON room(zone);
CREATE INDEX room_name ON room(organisation, name);
CREATE INDEX room_number ON room(organisation, number);

CREATE TABLE resident(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('owner', 'tenant', 'family', 'visitor', 'other')),
  phone TEXT NOT NULL,
  id_type TEXT CHECK (id_type IN ('id_card', 'passport', 'hk_macao', 'taiwan', 'officer', 'other')),
  id_number TEXT NOT NULL,
  moved_in INTEGER,                                           -- day
  moved_out INTEGER,                                          -- day
  note TEXT NOT NULL
) STRICT;
CREATE INDEX resident_site ON resident(site, id);
CREATE INDEX resident_name ON resident(organisation, name);
CREATE INDEX resident_phone ON resident(organisation, phone);

CREATE TABLE house_member(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  house INTEGER NOT NULL REFERENCES house(id),
  resident INTEGER NOT NULL REFERENCES resident(id),
  relation TEXT NOT NULL CHECK (relation IN ('owner', 'tenant', 'family', 'visitor', 'other')),
  since INTEGER,                                              -- day, NULL: not known
  until INTEGER,                                              -- day, NULL: still
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX house_member_unique ON house_member(house, resident, coalesce(since, -1000000));
CREATE INDEX house_member_resident ON house_member(resident);
CREATE INDEX house_member_site ON house_member(site, id);

-- Which meter is in which room, and was. The ledger may take a meter away that was registered by mistake, hence no foreign key to it;
-- what it leaves here is history of a meter that is gone.
CREATE TABLE room_meter(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  room INTEGER NOT NULL REFERENCES room(id),
  meter INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  until_ms INTEGER,                                           -- NULL: still
  until_by TEXT
) STRICT;
CREATE UNIQUE INDEX room_meter_open ON room_meter(meter) WHERE until_ms IS NULL;
CREATE INDEX room_meter_room ON room_meter(room, id);
CREATE INDEX room_meter_meter ON room_meter(meter, id);

-- Rooms that a housing source brought into prepaid management.
CREATE TABLE prepaid_room(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  source INTEGER NOT NULL REFERENCES housing_source(id),
  room INTEGER NOT NULL REFERENCES room(id),
  since_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  until_ms INTEGER,                                           -- NULL: still
  until_by TEXT
) STRICT;
CREATE UNIQUE INDEX prepaid_room_open ON prepaid_room(room) WHERE until_ms IS NULL;
CREATE INDEX prepaid_room_room ON prepaid_room(room);
CREATE INDEX prepaid_room_source ON prepaid_room(source, id);

-- What the clerk's desk finds by its beginning.
CREATE INDEX building_number ON building(organisation, number);
CREATE INDEX house_number ON house(organisation, number);
CREATE INDEX house_owner ON house(organisation, owner);
CREATE INDEX house_phone ON house(organisation, phone);
CREATE INDEX meter_name ON meter(organisation, name);
CREATE INDEX meter_address ON meter(organisation, address);
CREATE INDEX meter_device ON meter(organisation, device);
