-- People: changes that are proposed to them, passwords that work once, and whom to let go after 30 days.

-- A change to what belongs to a person, until they have confirmed it from their mail. It is good only while the account has the
-- address that it had then.
CREATE TABLE proposal (
  business_id BLOB NOT NULL,
  id BLOB NOT NULL,
  portal_user_id BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account (id),
  what TEXT NOT NULL CHECK (what IN ('name', 'email')),
  from_email TEXT NOT NULL,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  -- whose confirmation it waits for: the person's, at the address they have, or the new address's
  step TEXT NOT NULL CHECK (step IN ('person', 'new_address')),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'declined', 'withdrawn', 'replaced')),
  by_name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (business_id, id),
  FOREIGN KEY (business_id, portal_user_id) REFERENCES portal_user (business_id, id)
) STRICT;
CREATE UNIQUE INDEX proposal_open ON proposal (business_id, portal_user_id, what) WHERE state = 'open';
CREATE INDEX proposal_of_user ON proposal (business_id, portal_user_id, id);

-- The secrets of a proposal's links, one for each time a mail was rendered; only their hashes. Each is good for one step.
CREATE TABLE proposal_token (
  business_id BLOB NOT NULL,
  hash BLOB NOT NULL,
  proposal_id BLOB NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('person', 'new_address')),
  minted_at INTEGER NOT NULL,
  PRIMARY KEY (business_id, hash),
  FOREIGN KEY (business_id, proposal_id) REFERENCES proposal (business_id, id)
) STRICT;
CREATE INDEX proposal_token_of ON proposal_token (business_id, proposal_id);

-- The password that an invitation mailed, until it is used or too old; only its hash. A letter that is tried again carries
-- another, and the one before is dead.
CREATE TABLE temporary_password (
  business_id BLOB NOT NULL,
  invitation_id BLOB NOT NULL,
  hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (business_id, invitation_id),
  FOREIGN KEY (business_id, invitation_id) REFERENCES invitation (business_id, id)
) STRICT;
CREATE UNIQUE INDEX temporary_password_hash ON temporary_password (business_id, hash);

CREATE INDEX portal_user_deleted ON portal_user (business_id, deleted_at) WHERE deleted_at IS NOT NULL;
