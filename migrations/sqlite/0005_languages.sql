-- Who would like which language; none where nobody has said. And people change their own address. The pair in the other
-- folder says the same.

ALTER TABLE account DROP COLUMN language;
ALTER TABLE account ADD COLUMN language TEXT CHECK (language IN ('en', 'de', 'fr', 'es'));

ALTER TABLE client ADD COLUMN language TEXT CHECK (language IN ('en', 'de', 'fr', 'es'));

ALTER TABLE business DROP COLUMN language;
ALTER TABLE business ADD COLUMN language TEXT CHECK (language IN ('en', 'de', 'fr', 'es'));

-- whether staff asked for the change, or the person
ALTER TABLE proposal ADD COLUMN asked_by TEXT NOT NULL DEFAULT 'staff' CHECK (asked_by IN ('staff', 'person'));

-- a person's client accounts, a few at a time, however many they are
CREATE INDEX link_of_user_in_order ON link (business_id, portal_user_id, state, id);
-- what ties a person to one of them
CREATE INDEX link_of_user_and_client ON link (business_id, portal_user_id, client_id);
