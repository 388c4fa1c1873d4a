-- The notes of the rotation name a paper and are not one: 2,000 characters at the most.
-- NOT VALID leaves what was written before the bound as it stands.
ALTER TABLE belongings
    ADD CONSTRAINT belonging_notes_are_short CHECK (char_length(note) <= 2000 AND char_length(left_note) <= 2000) NOT VALID;
ALTER TABLE group_terms
    ADD CONSTRAINT group_notes_are_short CHECK (char_length(note) <= 2000 AND char_length(ended_note) <= 2000) NOT VALID;
ALTER TABLE seat_terms
    ADD CONSTRAINT seat_notes_are_short CHECK (char_length(note) <= 2000 AND char_length(ended_note) <= 2000) NOT VALID;
ALTER TABLE nominations
    ADD CONSTRAINT nomination_notes_are_short CHECK (char_length(note) <= 2000 AND char_length(settled_note) <= 2000) NOT VALID;
ALTER TABLE rotations
    ADD CONSTRAINT reason_of_an_exception_is_short CHECK (char_length(reason) <= 2000) NOT VALID;
