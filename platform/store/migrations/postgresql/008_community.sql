-- What people say about a site: the community (小区) or project (项目) of the console. Written by the ledger thread like the rest of
-- `site`. Units and ids: as in 001_ledger.sql; positions in millionths of a degree, WGS-84.

ALTER TABLE site ADD COLUMN enabled BIGINT NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));   -- 0: nothing new below it
ALTER TABLE site ADD COLUMN version BIGINT NOT NULL DEFAULT 1;                             -- counts changes
ALTER TABLE site ADD COLUMN updated_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN removed_ms BIGINT;                                             -- the row stays, its code got a suffix
ALTER TABLE site ADD COLUMN kind TEXT NOT NULL DEFAULT 'residential' CHECK (kind IN ('residential', 'apartment', 'office', 'business', 'school'));
ALTER TABLE site ADD COLUMN province TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN latitude_e6 BIGINT CHECK (latitude_e6 BETWEEN -90000000 AND 90000000);
ALTER TABLE site ADD COLUMN longitude_e6 BIGINT CHECK (longitude_e6 BETWEEN -180000000 AND 180000000);
UPDATE site SET updated_ms = created_ms;

-- The same as a resource of the catalogue sees it: it is its own site.
CREATE VIEW community AS
  SELECT id, organisation, id AS site, enabled, version, created_ms, updated_ms, code, name, kind, province, city, address, contact, phone,
         latitude_e6 AS latitude, longitude_e6 AS longitude, utc_offset_minutes, greatest_power_w
  FROM site WHERE removed_ms IS NULL;
