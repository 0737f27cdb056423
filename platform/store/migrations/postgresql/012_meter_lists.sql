-- What lists of meters ask for (platform/store/meter_directory.hpp), and indexes for the sorted lists of the office. Units and ids: as
-- in 001_ledger.sql.

-- The accounts of a meter that is below a preset or in arrears: those have been warned of (domain/supply.hpp), all others are normal.
CREATE INDEX meter_supply_warned ON meter_supply(organisation, meter) WHERE warned_1 = 1;

-- Which meters changed in what lists show of them, in the order of the commits. Whoever keeps meters in memory asks what came behind the
-- newest that he knows, and starts anew when that is no longer here. Readings and money leave no row.
CREATE TABLE meter_change(
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meter BIGINT NOT NULL
);
-- The ledger is the only writer of meters, so numbers are committed in their order.
CREATE FUNCTION note_meter_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'meter_supply' THEN
    INSERT INTO meter_change(meter) VALUES(new.meter);
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO meter_change(meter) VALUES(old.id);
  ELSE
    INSERT INTO meter_change(meter) VALUES(new.id);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION forget_meter_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM meter_change WHERE id <= new.id - 100000;
  RETURN NULL;
END $$;
CREATE TRIGGER meter_change_forget AFTER INSERT ON meter_change FOR EACH ROW WHEN (new.id > 100000) EXECUTE FUNCTION forget_meter_changes();
CREATE TRIGGER meter_change_id AFTER INSERT OR DELETE ON meter FOR EACH ROW EXECUTE FUNCTION note_meter_change();
CREATE TRIGGER meter_change_u AFTER UPDATE ON meter FOR EACH ROW
  WHEN (new.name <> old.name OR new.room <> old.room OR new.address <> old.address OR new.device <> old.device OR new.mode <> old.mode
    OR new.price_plan <> old.price_plan OR new.gateway <> old.gateway OR new.site <> old.site OR new.organisation <> old.organisation)
  EXECUTE FUNCTION note_meter_change();
CREATE TRIGGER meter_change_supply AFTER UPDATE ON meter_supply FOR EACH ROW
  WHEN (new.relay <> old.relay OR new.reachable <> old.reachable) EXECUTE FUNCTION note_meter_change();
INSERT INTO meter_change(meter) SELECT coalesce(max(id), 0) FROM meter;

-- A list of the office walks an index to its page and looks at nothing else on the way, sorted or not, also where only some sites are seen.
DROP INDEX house_number;
DROP INDEX house_owner;
DROP INDEX room_name;
DROP INDEX room_number;
DROP INDEX resident_name;
-- Those named _list also hold the texts that are searched: to look each up in its table takes three times as long.
CREATE INDEX house_list ON house(organisation, id, site, number, owner, phone);
CREATE INDEX house_number ON house(organisation, number, id, site);
CREATE INDEX house_owner ON house(organisation, owner, id, site);
CREATE INDEX house_area ON house(organisation, area, id, site);
CREATE INDEX room_list ON room(organisation, id, site, name, number);
CREATE INDEX room_name ON room(organisation, name, id, site);
CREATE INDEX room_number ON room(organisation, number, id, site);
CREATE INDEX resident_list ON resident(organisation, id, site, name, phone, id_number);
CREATE INDEX resident_name ON resident(organisation, name, id, site);
CREATE INDEX resident_moved_in ON resident(organisation, moved_in, id, site);
CREATE INDEX resident_moved_out ON resident(organisation, moved_out, id, site);
CREATE INDEX house_member_list ON house_member(organisation, id, site);
CREATE INDEX house_member_since ON house_member(organisation, since, id, site);
CREATE INDEX house_member_until ON house_member(organisation, until, id, site);
