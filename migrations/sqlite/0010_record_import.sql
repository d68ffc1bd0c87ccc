-- Records come in from spreadsheets, with files; and what belongs to nothing is swept out.

-- What the rows of an import are about.
ALTER TABLE import ADD COLUMN about TEXT NOT NULL DEFAULT 'people' CHECK (about IN ('people', 'records'));

-- The files that the rows of an import name, each by the name that the rows give it: what was found under it, or what is wrong
-- with that. The bytes are stored before this is written.
CREATE TABLE import_file (
  business_id BLOB NOT NULL,
  import_id BLOB NOT NULL,
  named TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  -- empty where something is wrong
  digest TEXT NOT NULL,
  wrong TEXT NOT NULL,
  PRIMARY KEY (business_id, import_id, named),
  FOREIGN KEY (business_id, import_id) REFERENCES import (business_id, id)
) STRICT;
CREATE INDEX import_file_of_digest ON import_file (business_id, digest);

-- Contents of files that may belong to nothing: noted before their bytes are stored, and when something that had them goes.
-- The worker looks at each a day later, and removes the bytes of those that nothing has.
CREATE TABLE loose_content (
  business_id BLOB NOT NULL REFERENCES business (id),
  digest TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (business_id, digest)
) STRICT;
CREATE INDEX loose_content_by_age ON loose_content (business_id, since);

-- Secrets of links are swept out long after they stopped working, by age.
CREATE INDEX mail_choice_token_by_age ON mail_choice_token (business_id, minted_at);
CREATE INDEX account_token_by_expiry ON account_token (expires_at);
