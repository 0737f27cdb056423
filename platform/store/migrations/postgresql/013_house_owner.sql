-- Who owns a house, as the house file knows it (S2 2:148-152): beside name and phone the document that proves it.

ALTER TABLE house ADD COLUMN id_type TEXT CHECK (id_type IN ('id_card', 'passport', 'hk_macao', 'taiwan', 'officer', 'other'));
ALTER TABLE house ADD COLUMN id_number TEXT NOT NULL DEFAULT '';
