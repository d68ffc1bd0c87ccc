-- Whom one of a client's own people invited, and whose invitation was withdrawn: shown in My company, and invited again from there.
CREATE INDEX invitation_withdrawn_at_client ON invitation (business_id, client_id, contact_id) WHERE state = 'revoked' AND inviter = 'client';
