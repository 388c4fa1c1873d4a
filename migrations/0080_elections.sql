-- Whom the seats in the room name to preside over an item that the Chair may not: whoever
-- more than half of them named last is elected.
CREATE TABLE chair_namings (
    question     uuid NOT NULL REFERENCES questions,
    n            integer NOT NULL CONSTRAINT namings_count_from_one CHECK (n >= 1),
    seat         uuid NOT NULL REFERENCES seats,
    organisation uuid NOT NULL REFERENCES organisations, -- that held the seat then
    person       uuid NOT NULL REFERENCES persons,       -- who is named
    named_by     uuid NOT NULL REFERENCES persons,       -- who said so for the seat
    recorded_by  uuid NOT NULL REFERENCES persons,
    elected      boolean NOT NULL,                       -- by this word
    at           timestamptz NOT NULL,
    PRIMARY KEY (question, n)
);
SELECT append_only('chair_namings');
