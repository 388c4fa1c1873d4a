-- A seat given up is filled again for the rest of its term: one nomination is chosen for a
-- vacancy at a time, and that a seat is held by one at a time the terms promise.
ALTER TABLE nominations
    DROP CONSTRAINT one_chosen_a_vacancy,
    ADD CONSTRAINT one_chosen_a_vacancy EXCLUDE USING gist (seat WITH =, term WITH &&) WHERE (state = 'chosen');

-- A term given up before its first day never began. It has no days then, and what it was
-- given for is kept beside it; the nomination that it came of is withdrawn.
ALTER TABLE seat_terms
    ADD COLUMN meant_from date, -- the first day for which it was given, where it never began
    DROP CONSTRAINT seat_term_begins,
    ADD CONSTRAINT seat_term_begins CHECK (NOT lower_inf(term) AND isempty(term) = (meant_from IS NOT NULL)),
    ADD CONSTRAINT never_begun_was_given_up CHECK (meant_from IS NULL OR ended_for IS NOT NULL);
ALTER TABLE nominations
    DROP CONSTRAINT confirmed_has_its_term,
    ADD CONSTRAINT confirmed_has_its_term CHECK ((state <> 'confirmed' OR seat_term IS NOT NULL) AND (seat_term IS NULL OR state IN ('confirmed', 'withdrawn'))
        AND (seat_term IS NULL) = (rotation IS NULL));

-- What the program proposed for a seat, by which lot, when the seat was given to whom the
-- constituency chose: anybody can draw it again, and sees where another was proposed.
CREATE TABLE rotation_draws (
    rotation uuid NOT NULL REFERENCES rotations,
    seat     uuid NOT NULL REFERENCES seats,
    day      date NOT NULL, -- from which the seat was vacant
    seed     text NOT NULL CONSTRAINT a_lot_has_a_seed CHECK (seed <> ''),
    proposed uuid REFERENCES organisations, -- nobody, where the rules clashed or nobody might
    why      text NOT NULL CONSTRAINT known_ground_of_a_proposal CHECK (why IN ('', 'nobody-else', 'longest-wait', 'by-lot', 'for-balance')),
    lot      text NOT NULL, -- the ticket of who was proposed
    PRIMARY KEY (rotation, seat),
    CONSTRAINT a_proposal_has_its_ground CHECK ((proposed IS NULL) = (why = '') AND (proposed IS NULL) = (lot = ''))
);
SELECT append_only('rotation_draws');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (meant_from) ON seat_terms TO fund_app;
    END IF;
END $$;
