-- How somebody was disabled before a bulk action changed it, so that taking it back brings that back; none where they were not.
ALTER TABLE bulk_item ADD COLUMN disabled_before TEXT;

-- Why a letter told nothing of a record, though it was written for it; none where it did, or has not been composed yet.
ALTER TABLE record_notice ADD COLUMN left_out TEXT CHECK (left_out IN ('withdrawn', 'switched_off', 'not_shared', 'declined'));
