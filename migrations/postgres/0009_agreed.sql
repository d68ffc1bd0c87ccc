-- When the person agreed to a change, from the address that they have. Where an account opens more than one business's door,
-- a new address moves nothing without it.
ALTER TABLE proposal ADD COLUMN agreed_at BIGINT;
