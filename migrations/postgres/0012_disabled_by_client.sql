-- The client whose own people disabled a portal user; none where the business did.
ALTER TABLE portal_user ADD COLUMN disabled_client UUID;
