-- A list of meters shows and finds the room that a meter is linked to (platform/store/room_of_meter.hpp): who is linked, moved or let go
-- changed, and so did all in a room that is called otherwise now. As in 012_meter_lists.sql.
CREATE TRIGGER meter_change_linked AFTER INSERT ON room_meter BEGIN INSERT INTO meter_change(meter) VALUES(new.meter); END;
CREATE TRIGGER meter_change_moved AFTER UPDATE ON room_meter
  WHEN new.until_ms IS NOT old.until_ms OR new.room <> old.room
  BEGIN INSERT INTO meter_change(meter) VALUES(new.meter); END;
CREATE TRIGGER meter_change_room AFTER UPDATE ON room WHEN new.name <> old.name
  BEGIN INSERT INTO meter_change(meter) SELECT meter FROM room_meter WHERE room = new.id AND until_ms IS NULL; END;
