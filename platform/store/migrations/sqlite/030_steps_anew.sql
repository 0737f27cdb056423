-- The steps of a price (阶梯) begin anew with a household. What was opened before this version ran on with the use of who was there before: those
-- deductions are booked, and a replay has to find them again.
ALTER TABLE opening ADD COLUMN steps_anew INTEGER NOT NULL DEFAULT 0 CHECK (steps_anew IN (0, 1));
