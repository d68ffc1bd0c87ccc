-- Letters that nobody asked for wait for their turn when their business is at its pace. However many wait, the next one that
-- somebody asked for is found at once.
ALTER TABLE outbox ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0 CHECK (unasked IN (0, 1));
UPDATE outbox SET unasked = 1 WHERE kind IN ('invitation', 'renamed');
CREATE INDEX outbox_due_asked ON outbox (business_id, due_at, id) WHERE state IN ('queued', 'sending') AND unasked = 0;
DROP INDEX outbox_left;
CREATE INDEX outbox_left ON outbox (business_id, sent_at) WHERE sent_at IS NOT NULL AND unasked = 1;
DROP INDEX outbox_due;
