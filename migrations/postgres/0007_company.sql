-- What a client's own people decide: their groups, what each may see, and whether they may at all.

-- which kinds of records a group's members may see, as words: what everybody saw before
ALTER TABLE user_group ADD COLUMN may_see TEXT NOT NULL DEFAULT 'booking invoice docket statement document';
-- a group that was deleted is kept for the history of those who belonged to it
ALTER TABLE user_group ADD COLUMN ended_at BIGINT;
ALTER TABLE user_group ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- whether a client's Global Admins and Group Managers look after its people themselves
ALTER TABLE business ADD COLUMN delegation TEXT NOT NULL DEFAULT 'on' CHECK (delegation IN ('on', 'off'));
ALTER TABLE client ADD COLUMN delegation TEXT NOT NULL DEFAULT 'on' CHECK (delegation IN ('on', 'off'));

-- whether invited_by names somebody of the business, or a portal user of the client
ALTER TABLE invitation ADD COLUMN inviter TEXT NOT NULL DEFAULT 'business' CHECK (inviter IN ('business', 'client'));
CREATE INDEX invitation_of_inviter ON invitation (business_id, invited_by, created_at);
CREATE INDEX invitation_open_at_client ON invitation (business_id, client_id) WHERE state = 'open';
CREATE INDEX link_of_group ON link (business_id, group_id, state);
