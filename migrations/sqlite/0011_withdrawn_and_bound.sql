-- Whom one of a client's own people invited, and whose invitation was withdrawn: shown in My company, and invited again from there.
CREATE INDEX invitation_withdrawn_at_client ON invitation (business_id, client_id, contact_id) WHERE state = 'revoked' AND inviter = 'client';

-- The address whose reader says what mail they want: once the contact has another, an old letter's link says nothing any more.
ALTER TABLE mail_choice_token ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
