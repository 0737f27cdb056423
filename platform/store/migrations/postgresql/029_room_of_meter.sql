-- A list of meters shows and finds the room that a meter is linked to (platform/store/room_of_meter.hpp): who is linked, moved or let go
-- changed, and so did all in a room that is called otherwise now. As in 012_meter_lists.sql; the office writes here beside the ledger, and
-- all writers take turns (engine_postgresql.cpp), so numbers are still committed in their order.
CREATE FUNCTION note_room_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'room' THEN
    INSERT INTO meter_change(meter) SELECT meter FROM room_meter WHERE room = new.id AND until_ms IS NULL;
  ELSE
    INSERT INTO meter_change(meter) VALUES(new.meter);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER meter_change_linked AFTER INSERT ON room_meter FOR EACH ROW EXECUTE FUNCTION note_room_change();
CREATE TRIGGER meter_change_moved AFTER UPDATE ON room_meter FOR EACH ROW
  WHEN (new.until_ms IS DISTINCT FROM old.until_ms OR new.room <> old.room) EXECUTE FUNCTION note_room_change();
CREATE TRIGGER meter_change_room AFTER UPDATE ON room FOR EACH ROW WHEN (new.name <> old.name) EXECUTE FUNCTION note_room_change();
