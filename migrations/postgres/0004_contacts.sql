-- Where a contact and the person's own account differ, and who asks to be let in.

-- A field in which a linked contact and the person's account say two things, and nobody has said which is kept. Made anew
-- whenever one of the two changes: an id stands for just these two values.
CREATE TABLE mismatch (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  contact_id UUID NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('first_name', 'last_name', 'title', 'email', 'cell_phone', 'office_phone', 'extension')),
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  -- since when theirs says so
  since BIGINT NOT NULL,
  -- the contact's, kept true in the transaction that changes it
  name_key TEXT COLLATE "C" NOT NULL,
  company_key TEXT COLLATE "C" NOT NULL,
  facet TEXT COLLATE "C" NOT NULL,
  search TEXT COLLATE "C" NOT NULL,
  UNIQUE (business_id, id),
  UNIQUE (business_id, contact_id, field),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
);
CREATE INDEX mismatch_by_since ON mismatch (business_id, since, id) INCLUDE (facet, search);
CREATE INDEX mismatch_facet_by_since ON mismatch (business_id, facet, since, id) INCLUDE (search);
CREATE INDEX mismatch_by_name ON mismatch (business_id, name_key, id) INCLUDE (facet, search);
CREATE INDEX mismatch_facet_by_name ON mismatch (business_id, facet, name_key, id) INCLUDE (search);
CREATE INDEX mismatch_by_company ON mismatch (business_id, company_key, id) INCLUDE (facet, search);
CREATE INDEX mismatch_facet_by_company ON mismatch (business_id, facet, company_key, id) INCLUDE (search);

-- What staff have kept against what the person's account says: quiet until that changes again.
CREATE TABLE kept_ours (
  business_id UUID NOT NULL,
  contact_id UUID NOT NULL,
  field TEXT NOT NULL,
  theirs_key TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  PRIMARY KEY (business_id, contact_id, field),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
);

-- Substring search of three letters and more over mismatches.
CREATE INDEX mismatch_search ON mismatch USING gin (search gin_trgm_ops);

-- Whoever asks to be let in without an invitation. Asked: nobody has looked at it yet; waiting: for staff; invited: it named
-- a contact, whose address was mailed; approved and refused: by staff.
CREATE TABLE access_request (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL,
  reference TEXT NOT NULL,
  reference_key TEXT COLLATE "C" NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'waiting', 'invited', 'approved', 'refused')),
  -- how often the same was asked while it was open, and when last
  times BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  contact_id UUID,
  decided_at BIGINT,
  decided_by TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id)
);
CREATE UNIQUE INDEX access_request_open ON access_request (business_id, email_key, reference_key) WHERE state IN ('asked', 'waiting');
CREATE INDEX access_request_by_state ON access_request (business_id, state, id);
CREATE INDEX access_request_asked ON access_request (business_id, id) WHERE state = 'asked';
CREATE INDEX access_request_of_email ON access_request (business_id, email_key, created_at);
