CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The first tables. The pair in the other folder says the same in the other engine's words.
-- UUIDs are version 7, times are microseconds since 1970 in UTC, states are words. `*_key` columns hold the folded form that
-- is compared and sorted. Whatever belongs to a business has business_id first in every key, so that it can be sharded by it.

CREATE TABLE business (
  id UUID NOT NULL PRIMARY KEY,
  slug TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT NOT NULL,
  portal TEXT NOT NULL CHECK (portal IN ('on', 'off')),
  portal_since BIGINT NOT NULL,
  language TEXT NOT NULL,
  brand_colour TEXT NOT NULL,
  sign_in_text TEXT NOT NULL,
  support_contact TEXT NOT NULL,
  postal_address TEXT NOT NULL,
  mail_from_name TEXT NOT NULL,
  auto_invitations TEXT NOT NULL CHECK (auto_invitations IN ('on', 'off')),
  -- whether staff may have an invitation mail a password that works once
  temporary_passwords TEXT NOT NULL DEFAULT 'off' CHECK (temporary_passwords IN ('on', 'off')),
  invitation_days BIGINT NOT NULL CHECK (invitation_days BETWEEN 1 AND 90),
  exit_grace_days BIGINT NOT NULL CHECK (exit_grace_days >= 0),
  terms_version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE terms (
  business_id UUID NOT NULL REFERENCES business (id),
  version BIGINT NOT NULL CHECK (version > 0),
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (business_id, version)
);

-- How many rows of a list are in each facet: what a list's totals, tabs and filters read instead of counting.
CREATE TABLE tally (
  business_id UUID NOT NULL REFERENCES business (id),
  list TEXT NOT NULL,
  facet TEXT COLLATE "C" NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (business_id, list, facet)
);

-- ── a person's sign-in: global, with what hangs on it ──

CREATE TABLE account (
  id UUID NOT NULL PRIMARY KEY,
  realm TEXT NOT NULL CHECK (realm IN ('staff', 'portal')),
  email TEXT NOT NULL,
  email_key TEXT COLLATE "C" NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  title TEXT,
  cell_phone TEXT,
  office_phone TEXT,
  extension TEXT,
  language TEXT NOT NULL,
  password_hash TEXT,
  password_set_at BIGINT,
  password_due_since BIGINT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (realm, email_key)
);

-- Which businesses' doors an account knows.
CREATE TABLE account_business (
  account_id UUID NOT NULL REFERENCES account (id),
  business_id UUID NOT NULL REFERENCES business (id),
  PRIMARY KEY (account_id, business_id)
);

CREATE TABLE session (
  id UUID NOT NULL PRIMARY KEY,
  hash BYTEA NOT NULL UNIQUE,
  account_id UUID NOT NULL REFERENCES account (id),
  realm TEXT NOT NULL CHECK (realm IN ('staff', 'portal')),
  business_id UUID REFERENCES business (id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  device TEXT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE account_token (
  hash BYTEA NOT NULL PRIMARY KEY,
  account_id UUID NOT NULL REFERENCES account (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('first_password', 'reset_password', 'demo_sign_in')),
  business_id UUID NOT NULL REFERENCES business (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX account_token_account ON account_token (account_id);

-- Failed attempts, per account and per address: shared by all nodes.
CREATE TABLE attempt (
  subject TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  open_at BIGINT NOT NULL,
  -- whether the audit log says that this lock turned somebody away
  told BIGINT NOT NULL CHECK (told IN (0, 1))
);

-- ── staff ──

CREATE TABLE staff_member (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  account_id UUID NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  UNIQUE (business_id, account_id)
);

CREATE TABLE staff_group (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (business_id, id)
);

CREATE TABLE staff_group_permission (
  business_id UUID NOT NULL,
  group_id UUID NOT NULL,
  permission TEXT NOT NULL,
  PRIMARY KEY (business_id, group_id, permission),
  FOREIGN KEY (business_id, group_id) REFERENCES staff_group (business_id, id)
);

CREATE TABLE staff_group_member (
  business_id UUID NOT NULL,
  group_id UUID NOT NULL,
  staff_id UUID NOT NULL,
  PRIMARY KEY (business_id, group_id, staff_id),
  FOREIGN KEY (business_id, group_id) REFERENCES staff_group (business_id, id),
  FOREIGN KEY (business_id, staff_id) REFERENCES staff_member (business_id, id)
);

CREATE TABLE staff_permission (
  business_id UUID NOT NULL,
  staff_id UUID NOT NULL,
  permission TEXT NOT NULL,
  PRIMARY KEY (business_id, staff_id, permission),
  FOREIGN KEY (business_id, staff_id) REFERENCES staff_member (business_id, id)
);

-- ── clients and their people, as the business records them ──

CREATE TABLE client (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  reference TEXT NOT NULL,
  reference_key TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  email TEXT,
  phone TEXT,
  status TEXT NOT NULL CHECK (status IN ('active', 'exited')),
  exited_at BIGINT,
  balance_cents BIGINT NOT NULL,
  facet TEXT COLLATE "C" NOT NULL,
  search TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  UNIQUE (business_id, reference_key)
);
-- Two for each order of a list: over all, and facet by facet; the search text is there so that a walk that looks for a text reads nothing else.
CREATE INDEX client_by_name ON client (business_id, name_key, id) INCLUDE (facet, search);
CREATE INDEX client_facet_by_name ON client (business_id, facet, name_key, id) INCLUDE (search);
CREATE INDEX client_by_reference ON client (business_id, reference_key, id) INCLUDE (facet, search);
CREATE INDEX client_facet_by_reference ON client (business_id, facet, reference_key, id) INCLUDE (search);
CREATE INDEX client_by_updated ON client (business_id, updated_at, id) INCLUDE (facet, search);
CREATE INDEX client_facet_by_updated ON client (business_id, facet, updated_at, id) INCLUDE (search);

CREATE TABLE user_group (
  business_id UUID NOT NULL,
  id UUID NOT NULL,
  client_id UUID NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('default', 'custom')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  UNIQUE (business_id, client_id, name_key),
  FOREIGN KEY (business_id, client_id) REFERENCES client (business_id, id)
);

CREATE TABLE contact (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  client_id UUID NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  title TEXT,
  email TEXT NOT NULL,
  email_key TEXT COLLATE "C" NOT NULL,
  cell_phone TEXT,
  office_phone TEXT,
  extension TEXT,
  company TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  company_key TEXT COLLATE "C" NOT NULL,
  -- none: not connected and no open invitation; invited; connected; blocked
  portal TEXT NOT NULL CHECK (portal IN ('none', 'invited', 'connected', 'blocked')),
  block_because TEXT,
  blocked_at BIGINT,
  blocked_by TEXT,
  facet TEXT COLLATE "C" NOT NULL,
  search TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  UNIQUE (business_id, client_id, email_key),
  FOREIGN KEY (business_id, client_id) REFERENCES client (business_id, id)
);
CREATE INDEX contact_by_name ON contact (business_id, name_key, id) INCLUDE (facet, search);
CREATE INDEX contact_facet_by_name ON contact (business_id, facet, name_key, id) INCLUDE (search);
CREATE INDEX contact_by_email ON contact (business_id, email_key, id) INCLUDE (facet, search);
CREATE INDEX contact_facet_by_email ON contact (business_id, facet, email_key, id) INCLUDE (search);
CREATE INDEX contact_by_company ON contact (business_id, company_key, id) INCLUDE (facet, search);
CREATE INDEX contact_facet_by_company ON contact (business_id, facet, company_key, id) INCLUDE (search);
CREATE INDEX contact_email ON contact (business_id, email_key);

-- Who is kept out of a client's portal, by address: outlives the contact, so that a new one of the same address stays out.
CREATE TABLE portal_block (
  business_id UUID NOT NULL,
  client_id UUID NOT NULL,
  email_key TEXT COLLATE "C" NOT NULL,
  contact_id UUID NOT NULL,
  because TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  PRIMARY KEY (business_id, client_id, email_key),
  FOREIGN KEY (business_id, client_id) REFERENCES client (business_id, id)
);

-- ── who gets in ──

CREATE TABLE portal_user (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  account_id UUID NOT NULL REFERENCES account (id),
  -- copies of the account's, kept true in the transaction that changes it
  email TEXT NOT NULL,
  email_key TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  -- the linked client accounts' names, first by name; empty without any
  company TEXT NOT NULL,
  company_key TEXT COLLATE "C" NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'password_due', 'disabled', 'deleted')),
  status_rank BIGINT NOT NULL,
  disabled_at BIGINT,
  disabled_by TEXT,
  disabled_because TEXT,
  -- can be restored for 30 days, then is gone
  deleted_at BIGINT,
  deleted_by TEXT,
  -- 0 where never
  terms_version BIGINT NOT NULL,
  terms_at BIGINT NOT NULL,
  last_sign_in_at BIGINT NOT NULL,
  facet TEXT COLLATE "C" NOT NULL,
  search TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  UNIQUE (business_id, account_id)
);
CREATE INDEX portal_user_by_name ON portal_user (business_id, name_key, id) INCLUDE (facet, search);
CREATE INDEX portal_user_facet_by_name ON portal_user (business_id, facet, name_key, id) INCLUDE (search);
CREATE INDEX portal_user_by_email ON portal_user (business_id, email_key, id) INCLUDE (facet, search);
CREATE INDEX portal_user_facet_by_email ON portal_user (business_id, facet, email_key, id) INCLUDE (search);
CREATE INDEX portal_user_by_company ON portal_user (business_id, company_key, id) INCLUDE (facet, search);
CREATE INDEX portal_user_facet_by_company ON portal_user (business_id, facet, company_key, id) INCLUDE (search);
CREATE INDEX portal_user_by_status ON portal_user (business_id, status_rank, id) INCLUDE (facet, search);
CREATE INDEX portal_user_facet_by_status ON portal_user (business_id, facet, status_rank, id) INCLUDE (search);
CREATE INDEX portal_user_by_terms ON portal_user (business_id, terms_version, id) INCLUDE (facet, search);
CREATE INDEX portal_user_facet_by_terms ON portal_user (business_id, facet, terms_version, id) INCLUDE (search);
CREATE INDEX portal_user_by_last_sign_in ON portal_user (business_id, last_sign_in_at, id) INCLUDE (facet, search);
CREATE INDEX portal_user_facet_by_last_sign_in ON portal_user (business_id, facet, last_sign_in_at, id) INCLUDE (search);

CREATE TABLE link (
  business_id UUID NOT NULL,
  id UUID NOT NULL,
  contact_id UUID NOT NULL,
  client_id UUID NOT NULL,
  portal_user_id UUID NOT NULL,
  group_id UUID NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('member', 'group_manager', 'global_admin')),
  state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  -- the address that was invited, where the account's own is another
  invited_email TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  end_reason TEXT CHECK (end_reason IN ('blocked', 'removed', 'deleted')),
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id),
  FOREIGN KEY (business_id, client_id) REFERENCES client (business_id, id),
  FOREIGN KEY (business_id, portal_user_id) REFERENCES portal_user (business_id, id),
  FOREIGN KEY (business_id, group_id) REFERENCES user_group (business_id, id)
);
CREATE UNIQUE INDEX link_of_contact ON link (business_id, contact_id) WHERE state = 'active';
CREATE UNIQUE INDEX link_of_user_at_client ON link (business_id, portal_user_id, client_id) WHERE state = 'active';
CREATE INDEX link_of_user ON link (business_id, portal_user_id);
CREATE INDEX link_at_client ON link (business_id, client_id, state, portal_user_id);
CREATE INDEX link_contact_history ON link (business_id, contact_id);

-- Every time somebody accepted a version of the terms.
CREATE TABLE acceptance (
  business_id UUID NOT NULL,
  portal_user_id UUID NOT NULL,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  at BIGINT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (business_id, portal_user_id, version),
  FOREIGN KEY (business_id, portal_user_id) REFERENCES portal_user (business_id, id),
  FOREIGN KEY (business_id, version) REFERENCES terms (business_id, version)
);

CREATE TABLE invitation (
  business_id UUID NOT NULL,
  id UUID NOT NULL,
  contact_id UUID NOT NULL,
  client_id UUID NOT NULL,
  email TEXT NOT NULL,
  group_id UUID NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('member', 'group_manager', 'global_admin')),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'revoked', 'replaced')),
  invited_by UUID NOT NULL,
  invited_by_name TEXT NOT NULL,
  way TEXT NOT NULL DEFAULT 'link' CHECK (way IN ('link', 'temporary_password')),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  opened_at BIGINT,
  ended_at BIGINT,
  accepted_by UUID,
  letter_id UUID NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (business_id, id),
  FOREIGN KEY (business_id, contact_id) REFERENCES contact (business_id, id),
  FOREIGN KEY (business_id, client_id) REFERENCES client (business_id, id),
  FOREIGN KEY (business_id, group_id) REFERENCES user_group (business_id, id)
);
CREATE UNIQUE INDEX invitation_open ON invitation (business_id, contact_id) WHERE state = 'open';
CREATE INDEX invitation_of_contact ON invitation (business_id, contact_id, id);
CREATE INDEX invitation_by_state ON invitation (business_id, state, id);

-- The secrets of an invitation, one for each time its mail was rendered; only their hashes.
CREATE TABLE invitation_token (
  business_id UUID NOT NULL,
  hash BYTEA NOT NULL,
  invitation_id UUID NOT NULL,
  minted_at BIGINT NOT NULL,
  PRIMARY KEY (business_id, hash),
  FOREIGN KEY (business_id, invitation_id) REFERENCES invitation (business_id, id)
);

-- ── mail ──

CREATE TABLE outbox (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  -- what the letter is about, as ids: the words, and any secret, are made when it is sent
  letter TEXT NOT NULL,
  to_email TEXT NOT NULL,
  to_email_key TEXT NOT NULL,
  to_name TEXT NOT NULL,
  subject_id UUID NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'held', 'sending', 'sent', 'bounced', 'failed', 'cancelled')),
  attempts BIGINT NOT NULL,
  -- when it is tried; while a worker has it in hand, when another may take it up
  due_at BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  PRIMARY KEY (business_id, id)
);
CREATE INDEX outbox_due ON outbox (due_at, business_id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_due_of_business ON outbox (business_id, due_at, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_of_subject ON outbox (business_id, subject_id, id);
CREATE INDEX outbox_of_address ON outbox (business_id, to_email_key, created_at);
CREATE INDEX outbox_held ON outbox (business_id) WHERE state = 'held';
-- how many left lately: the pace of a business
CREATE INDEX outbox_left ON outbox (business_id, sent_at, kind) WHERE sent_at IS NOT NULL;

-- Where the demo keeps the mail that would have been sent.
CREATE TABLE captured_mail (
  business_id UUID NOT NULL,
  id UUID NOT NULL,
  at BIGINT NOT NULL,
  to_email TEXT NOT NULL,
  to_name TEXT NOT NULL,
  from_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  html TEXT NOT NULL,
  plain TEXT NOT NULL,
  PRIMARY KEY (business_id, id)
);

-- ── import ──

CREATE TABLE import (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  by_name TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done')),
  -- what it does, as the preview found, or did, as JSON
  findings TEXT NOT NULL,
  error TEXT,
  lease_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (business_id, id)
);

CREATE TABLE import_part (
  business_id UUID NOT NULL,
  import_id UUID NOT NULL,
  part BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (business_id, import_id, part),
  FOREIGN KEY (business_id, import_id) REFERENCES import (business_id, id)
);

-- ── audit: append only, each entry chained to the one before ──

CREATE TABLE audit_head (
  business_id UUID NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);

CREATE TABLE audit_entry (
  business_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id UUID,
  actor_name TEXT NOT NULL,
  address TEXT NOT NULL,
  kind TEXT NOT NULL,
  facts TEXT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (business_id, seq)
);
CREATE INDEX audit_entry_by_kind ON audit_entry (business_id, kind, seq);
CREATE INDEX audit_entry_by_actor ON audit_entry (business_id, actor_id, seq);

-- Whom and what an entry is about: a contact, a client, a portal user.
CREATE TABLE audit_subject (
  business_id UUID NOT NULL,
  subject_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (business_id, subject_id, seq)
);

-- Substring search of three letters and more over clients.
CREATE INDEX client_search ON client USING gin (search gin_trgm_ops);

-- Substring search of three letters and more over contacts.
CREATE INDEX contact_search ON contact USING gin (search gin_trgm_ops);

-- Substring search of three letters and more over portal users.
CREATE INDEX portal_user_search ON portal_user USING gin (search gin_trgm_ops);

-- Nobody changes the past, not even the program.
CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are append-only';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();

-- The chain of what belongs to no business.
INSERT INTO audit_head (business_id, seq, hash) VALUES ('00000000-0000-0000-0000-000000000000', 0, '');
