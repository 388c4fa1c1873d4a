-- What happens without consensus: the rungs of the ladder that a question goes up, each
-- recorded once, and how it left it. A question that takes it back to the body names it.
ALTER TABLE questions DROP CONSTRAINT known_question_state,
    ADD CONSTRAINT known_question_state CHECK (state IN
        ('listed', 'open', 'adopted', 'not-adopted', 'referred', 'withdrawn', 'voided', 'unresolved', 'returned', 'undecided'));
ALTER TABLE questions ADD COLUMN follows uuid REFERENCES questions CONSTRAINT follows_another CHECK (follows <> id);
CREATE UNIQUE INDEX taken_back_once ON questions (follows) WHERE follows IS NOT NULL;
CREATE INDEX questions_in_the_ladder ON questions (proposal) WHERE state = 'unresolved';

CREATE TABLE rungs (
    question uuid NOT NULL REFERENCES questions,
    n        integer NOT NULL CONSTRAINT rungs_count_from_one CHECK (n >= 1),
    key      text NOT NULL CONSTRAINT rung_is_a_key CHECK (key ~ '^[a-z][a-z0-9-]{0,39}$'), -- the charter's
    text     text NOT NULL CONSTRAINT rung_says_something CHECK (text <> '' AND length(text) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n),
    CONSTRAINT a_step_once UNIQUE (question, key)
);
SELECT append_only('rungs');

CREATE TABLE ladder_endings (
    question uuid PRIMARY KEY REFERENCES questions,
    outcome  text NOT NULL CONSTRAINT known_end_of_the_ladder CHECK (outcome IN ('returned', 'undecided')),
    reason   text NOT NULL CONSTRAINT ladder_is_left_for_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('ladder_endings');
