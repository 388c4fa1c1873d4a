-- That a seat in the room was called in a vote and did not answer. Whoever presides has it
-- written down; it is never changed, and what the seat says later counts.
CREATE TABLE unanswered_calls (
    question uuid NOT NULL,
    seat     uuid NOT NULL,
    text     integer NOT NULL CONSTRAINT called_on_a_text CHECK (text >= 1), -- version of the question's text
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, seat, text),
    FOREIGN KEY (question, seat) REFERENCES question_rolls
);
SELECT append_only('unanswered_calls');
