-- What a business shares with its clients, who sees it, and who is mailed about it.

-- The record kinds that the business's clients have, as words.
ALTER TABLE business ADD COLUMN features TEXT NOT NULL DEFAULT 'booking invoice docket statement document';
-- What a contact is mailed about: what staff have chosen, and what the contact does not want.
ALTER TABLE contact ADD COLUMN mailed_about TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN mail_declined TEXT NOT NULL DEFAULT '';

-- A booking, invoice, docket, statement or document. Days are written 2026-11-22; an empty one is none.
CREATE TABLE record (
  business_id BLOB NOT NULL REFERENCES business (id),
  id BLOB NOT NULL,
  client_id BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('booking', 'invoice', 'docket', 'statement', 'document')),
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  title TEXT NOT NULL,
  details TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('planned', 'confirmed', 'completed', 'open', 'paid', 'signed', 'issued', 'cancelled')),
  dated_on TEXT NOT NULL,
  until_on TEXT NOT NULL,
  -- without a currency there is no amount
  amount_cents INTEGER NOT NULL,
  currency TEXT NOT NULL,
  -- whom it is shared with: everybody of the client, some of its groups, some of its contacts
  audience TEXT NOT NULL CHECK (audience IN ('client', 'groups', 'contacts')),
  state TEXT NOT NULL CHECK (state IN ('shared', 'withdrawn')),
  withdrawn_at INTEGER,
  withdrawn_by TEXT,
  shared_by TEXT NOT NULL,
  search TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (business_id, id),
  UNIQUE (business_id, client_id, kind, number_key),
  FOREIGN KEY (business_id, client_id) REFERENCES client (business_id, id)
) STRICT;
-- A list is of one client: its orders over all kinds for staff, and kind by kind for its people.
CREATE INDEX record_by_date ON record (business_id, client_id, dated_on, id);
CREATE INDEX record_by_number ON record (business_id, client_id, number_key, id);
CREATE INDEX record_kind_by_date ON record (business_id, client_id, kind, dated_on, id);
CREATE INDEX record_kind_by_number ON record (business_id, client_id, kind, number_key, id);
CREATE INDEX record_kind_by_until ON record (business_id, client_id, kind, until_on, id);
CREATE INDEX record_kind_by_amount ON record (business_id, client_id, kind, amount_cents, id);

-- The groups and the contacts that a record is shared with. A group that goes takes nothing with it but its own place here.
CREATE TABLE record_group (
  business_id BLOB NOT NULL,
  record_id BLOB NOT NULL,
  group_id BLOB NOT NULL,
  PRIMARY KEY (business_id, record_id, group_id),
  FOREIGN KEY (business_id, record_id) REFERENCES record (business_id, id),
  FOREIGN KEY (business_id, group_id) REFERENCES user_group (business_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX record_group_of_group ON record_group (business_id, group_id);
CREATE TABLE record_contact (
  business_id BLOB NOT NULL,
  record_id BLOB NOT NULL,
  contact_id BLOB NOT NULL,
  PRIMARY KEY (business_id, record_id, contact_id),
  FOREIGN KEY (business_id, record_id) REFERENCES record (business_id, id),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
) STRICT;

-- The files of a record. Their bytes lie elsewhere, under the business and the digest of the content.
CREATE TABLE record_file (
  business_id BLOB NOT NULL,
  record_id BLOB NOT NULL,
  id BLOB NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  digest TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (business_id, record_id, id),
  UNIQUE (business_id, record_id, name),
  FOREIGN KEY (business_id, record_id) REFERENCES record (business_id, id)
) STRICT;
CREATE INDEX record_file_of_digest ON record_file (business_id, digest);

-- Which records a letter tells of: all that was shared while it waited to leave.
CREATE TABLE record_notice (
  business_id BLOB NOT NULL,
  letter_id BLOB NOT NULL,
  record_id BLOB NOT NULL,
  contact_id BLOB NOT NULL,
  PRIMARY KEY (business_id, letter_id, record_id),
  FOREIGN KEY (business_id, record_id) REFERENCES record (business_id, id)
) STRICT;
CREATE INDEX record_notice_of_record ON record_notice (business_id, record_id, letter_id);

-- The secrets of the links with which readers say what they want to be mailed about; only their hashes.
CREATE TABLE mail_choice_token (
  business_id BLOB NOT NULL,
  hash BLOB NOT NULL,
  contact_id BLOB NOT NULL,
  minted_at INTEGER NOT NULL,
  PRIMARY KEY (business_id, hash),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
) STRICT;
