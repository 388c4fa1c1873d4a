-- Which seats are asked to assess a proposal, and by when; what was taken back, with the
-- reason. Neither is ever changed.
CREATE TABLE assignments (
    id       uuid PRIMARY KEY,
    proposal uuid NOT NULL REFERENCES proposals,
    seat     uuid NOT NULL REFERENCES seats,
    due_at   timestamptz NOT NULL,
    reason   text NOT NULL DEFAULT '' CONSTRAINT reason_of_asking_is_not_long CHECK (length(reason) <= 4000), -- where a person chose the seat
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT asked_for_a_day_to_come CHECK (due_at > at)
);
CREATE INDEX assignments_of_a_proposal ON assignments (proposal);
SELECT append_only('assignments');

CREATE TABLE assignment_endings (
    assignment uuid PRIMARY KEY REFERENCES assignments, -- taken back once
    reason     text NOT NULL CONSTRAINT taken_back_for_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person     uuid NOT NULL REFERENCES persons,
    at         timestamptz NOT NULL
);
SELECT append_only('assignment_endings');
