-- Something done to many at once: prepared, shown, confirmed, then worked off batch by batch.
CREATE TABLE bulk_job (
  business_id UUID NOT NULL REFERENCES business (id),
  id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('disable', 'enable', 'require_password_change', 'delete', 'restore', 'resend_invitations', 'invite')),
  -- whose rights it is done with, asked for again at every batch
  by_staff UUID NOT NULL,
  by_name TEXT NOT NULL,
  by_address TEXT NOT NULL,
  because TEXT,
  -- who was selected, as JSON: the items are made of it once, at the beginning
  selection TEXT NOT NULL,
  -- the job that this one takes back
  undo_of UUID,
  state TEXT NOT NULL CHECK (state IN ('preparing', 'ready', 'running', 'done', 'cancelled', 'stopped')),
  -- how many items stand how, as JSON
  counts TEXT NOT NULL,
  -- how far it is: the last id that was looked at while preparing, or worked off while running
  reached UUID NOT NULL,
  -- why it stopped by itself
  error TEXT,
  -- which node has it in hand, and until when the others leave it alone
  holder UUID,
  lease_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (business_id, id),
  FOREIGN KEY (business_id, undo_of) REFERENCES bulk_job (business_id, id)
);
CREATE INDEX bulk_job_due ON bulk_job (lease_until, business_id, id) WHERE state IN ('preparing', 'running');
CREATE INDEX bulk_job_running ON bulk_job (business_id, id) WHERE state IN ('preparing', 'running');
-- What was done is taken back once at most.
CREATE UNIQUE INDEX bulk_job_undone ON bulk_job (business_id, undo_of) WHERE undo_of IS NOT NULL AND state <> 'cancelled';

-- One of them: a portal user or a contact.
CREATE TABLE bulk_item (
  business_id UUID NOT NULL,
  job_id UUID NOT NULL,
  subject_id UUID NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'skipped', 'failed')),
  -- what stood in the way; empty where nothing did
  obstacle TEXT NOT NULL,
  -- the newest audit entry right after it was done; of what is to be taken back, right after that was done
  entry BIGINT NOT NULL,
  PRIMARY KEY (business_id, job_id, subject_id),
  FOREIGN KEY (business_id, job_id) REFERENCES bulk_job (business_id, id)
);
CREATE INDEX bulk_item_by_outcome ON bulk_item (business_id, job_id, state, obstacle, subject_id);
