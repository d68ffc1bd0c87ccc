-- How somebody was disabled before a bulk action changed it, so that taking it back brings that back; none where they were not.
ALTER TABLE bulk_item ADD COLUMN disabled_before TEXT;
