-- 集中器 and 配表: what the office says of a gateway, which meters were sent to their gateway, and what a scan found on site. Units and ids: as in
-- 001_ledger.sql; those of concentrator are dealt by the database.

-- archive_acked: the newest archive that the gateway holds, by its own word and with its refusals stored. 0: none yet.
ALTER TABLE gateway ADD COLUMN archive_acked INTEGER NOT NULL DEFAULT 0;

-- 数据下发. dispatched 0: prepared in the office, or withdrawn. dispatch_version: of the archive that first had, or no longer had, the meter; 0: never sent.
ALTER TABLE meter ADD COLUMN dispatched INTEGER NOT NULL DEFAULT 1 CHECK (dispatched IN (0, 1));
ALTER TABLE meter ADD COLUMN dispatch_version INTEGER NOT NULL DEFAULT 0;
-- All that there were before were sent at once. How far their gateways are, each says when it is next heard.
UPDATE meter SET dispatch_version = (SELECT g.archive_version FROM gateway g WHERE g.id = meter.gateway);

-- A gateway as the office knows it. Written by the office's connection (platform/catalog/resources/concentrators.cpp).
CREATE TABLE concentrator(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL REFERENCES site(id),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL,
  created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
  asset_number TEXT NOT NULL,                                 -- 8 digits; '': none
  gateway TEXT NOT NULL UNIQUE,                               -- gateway(code)
  name TEXT NOT NULL,                                         -- 终端名称
  source INTEGER REFERENCES housing_source(id),
  address TEXT NOT NULL,                                      -- 终端地址
  protocol TEXT NOT NULL,                                     -- 终端规约
  supply_unit TEXT NOT NULL,                                  -- 供电单位
  installed INTEGER,                                          -- day
  note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX concentrator_asset ON concentrator(organisation, asset_number) WHERE asset_number <> '';
CREATE INDEX concentrator_site ON concentrator(site, id);
CREATE INDEX concentrator_source ON concentrator(source);

-- The newest word of a gateway about a device that a scan heard; whether the office knows it, is asked of meter. Written by the ledger.
CREATE TABLE found_device(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL,
  site INTEGER NOT NULL,
  gateway INTEGER NOT NULL REFERENCES gateway(id),
  line TEXT NOT NULL,                                         -- line(code), where the gateway still has it
  dialect TEXT NOT NULL,
  address TEXT NOT NULL,
  baud INTEGER NOT NULL,
  format TEXT NOT NULL,                                       -- 8E1
  total_e4 INTEGER,                                           -- NULL: it gave none
  state TEXT NOT NULL,                                        -- of relay or valve, in its own word; '': not told
  models TEXT NOT NULL,                                       -- names, separated by blanks
  meter_type TEXT NOT NULL,
  low_byte_first INTEGER NOT NULL CHECK (low_byte_first IN (0, 1)),
  answers INTEGER NOT NULL CHECK (answers IN (0, 1)),
  seen_ms INTEGER NOT NULL,
  dismissed INTEGER NOT NULL CHECK (dismissed IN (0, 1)),     -- a person does not want it to be shown
  UNIQUE (gateway, line, dialect, address)
) STRICT;
