-- Where a contact and the person's own account differ, and who asks to be let in.

-- A field in which a linked contact and the person's account say two things, and nobody has said which is kept. Made anew
-- whenever one of the two changes: an id stands for just these two values.
CREATE TABLE mismatch (
  -- names the row for the search index; never leaves this file
  row_number INTEGER PRIMARY KEY,
  business_id BLOB NOT NULL REFERENCES business (id),
  id BLOB NOT NULL,
  contact_id BLOB NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('first_name', 'last_name', 'title', 'email', 'cell_phone', 'office_phone', 'extension')),
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  -- since when theirs says so
  since INTEGER NOT NULL,
  -- the contact's, kept true in the transaction that changes it
  name_key TEXT NOT NULL,
  company_key TEXT NOT NULL,
  facet TEXT NOT NULL,
  search TEXT NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, contact_id, field),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
) STRICT;
CREATE INDEX mismatch_by_since ON mismatch (business_id, since, id, facet, search);
CREATE INDEX mismatch_facet_by_since ON mismatch (business_id, facet, since, id, search);
CREATE INDEX mismatch_by_name ON mismatch (business_id, name_key, id, facet, search);
CREATE INDEX mismatch_facet_by_name ON mismatch (business_id, facet, name_key, id, search);
CREATE INDEX mismatch_by_company ON mismatch (business_id, company_key, id, facet, search);
CREATE INDEX mismatch_facet_by_company ON mismatch (business_id, facet, company_key, id, search);

-- What staff have kept against what the person's account says: quiet until that changes again.
CREATE TABLE kept_ours (
  business_id BLOB NOT NULL,
  contact_id BLOB NOT NULL,
  field TEXT NOT NULL,
  theirs_key TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  PRIMARY KEY (business_id, contact_id, field),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
) STRICT;

-- Substring search of three letters and more over mismatches.
CREATE VIRTUAL TABLE mismatch_search USING fts5 (search, content = 'mismatch', content_rowid = 'row_number', tokenize = 'trigram case_sensitive 1', detail = full);
CREATE TRIGGER mismatch_search_insert AFTER INSERT ON mismatch BEGIN
  INSERT INTO mismatch_search (rowid, search) VALUES (new.row_number, new.search);
END;
CREATE TRIGGER mismatch_search_delete AFTER DELETE ON mismatch BEGIN
  INSERT INTO mismatch_search (mismatch_search, rowid, search) VALUES ('delete', old.row_number, old.search);
END;

-- Whoever asks to be let in without an invitation. Asked: nobody has looked at it yet; waiting: for staff; invited: it named
-- a contact, whose address was mailed; approved and refused: by staff.
CREATE TABLE access_request (
  business_id BLOB NOT NULL REFERENCES business (id),
  id BLOB NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name TEXT NOT NULL,
  reference TEXT NOT NULL,
  reference_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'waiting', 'invited', 'approved', 'refused')),
  -- how often the same was asked while it was open, and when last
  times INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  address TEXT NOT NULL,
  contact_id BLOB,
  decided_at INTEGER,
  decided_by TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (business_id, id),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
) STRICT;
CREATE UNIQUE INDEX access_request_open ON access_request (business_id, email_key, reference_key) WHERE state IN ('asked', 'waiting');
CREATE INDEX access_request_by_state ON access_request (business_id, state, id);
CREATE INDEX access_request_asked ON access_request (business_id, id) WHERE state = 'asked';
CREATE INDEX access_request_of_email ON access_request (business_id, email_key, created_at);
