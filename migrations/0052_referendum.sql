-- Positions ad referendum: a question that was announced while a capital may still speak,
-- until when it may, and what it said. Where the charter has the outcome wait for them
-- the question is "unconfirmed" and has no number.
ALTER TABLE questions DROP CONSTRAINT known_question_state,
    ADD CONSTRAINT known_question_state CHECK (state IN
        ('listed', 'open', 'adopted', 'not-adopted', 'referred', 'withdrawn', 'voided', 'unresolved', 'returned', 'undecided', 'unconfirmed'));
CREATE INDEX questions_unconfirmed ON questions (proposal) WHERE state = 'unconfirmed';

CREATE TABLE referenda (
    question uuid PRIMARY KEY REFERENCES questions,
    waits    boolean NOT NULL, -- the outcome did
    at       timestamptz NOT NULL, -- of the announcement
    ends_at  timestamptz NOT NULL CONSTRAINT capitals_have_time CHECK (ends_at > at)
);
SELECT append_only('referenda');
CREATE INDEX referenda_by_end ON referenda (ends_at);

-- Who was in the room when it was announced: what it comes to is counted by them.
CREATE TABLE referendum_rooms (
    question uuid NOT NULL REFERENCES referenda,
    presence uuid NOT NULL REFERENCES presences,
    PRIMARY KEY (question, presence)
);
SELECT append_only('referendum_rooms');

CREATE TABLE referendum_answers (
    question  uuid NOT NULL REFERENCES referenda,
    seat      uuid NOT NULL REFERENCES seats,
    confirmed boolean NOT NULL,
    reason    text NOT NULL CONSTRAINT capital_refuses_for_a_reason CHECK (length(reason) <= 4000 AND (confirmed OR reason <> '')),
    person    uuid NOT NULL REFERENCES persons,
    at        timestamptz NOT NULL,
    PRIMARY KEY (question, seat) -- a capital speaks once
);
SELECT append_only('referendum_answers');

-- That people were told of an end: that it comes, and that it has come. Told once.
CREATE TABLE referendum_reminders (
    question uuid NOT NULL REFERENCES referenda,
    kind     text NOT NULL CONSTRAINT known_kind_of_referendum_reminder CHECK (kind IN ('ending', 'over')),
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, kind)
);
SELECT append_only('referendum_reminders');
