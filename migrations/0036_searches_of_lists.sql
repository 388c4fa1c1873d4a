-- Searches are saved of every list that is narrowed, no longer of proposals alone.
ALTER TABLE saved_searches DROP CONSTRAINT known_list,
    ADD CONSTRAINT known_list CHECK (list IN ('proposals', 'programmes', 'decisions', 'meetings', 'people', 'organisations'));
