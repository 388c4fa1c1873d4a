-- Who does what a management response promises, and how far it is: follow-ups are
-- added and none is changed, so that the last one counts and all are read.
ALTER TABLE management_answers ADD COLUMN organisation uuid REFERENCES organisations; -- that does it; null is whoever convenes

CREATE TABLE management_follow_ups (
    evaluation uuid NOT NULL,
    n          integer NOT NULL, -- of the recommendation
    nth        integer NOT NULL CONSTRAINT follow_ups_are_counted CHECK (nth >= 1),
    on_day     date NOT NULL, -- on which it stood so
    state      text NOT NULL CONSTRAINT known_state_of_follow_up CHECK (state IN ('under-way', 'done', 'dropped')),
    text       text NOT NULL CONSTRAINT a_follow_up_says_how CHECK (text <> ''),
    language   text NOT NULL,
    person     uuid NOT NULL REFERENCES persons,
    at         timestamptz NOT NULL,
    PRIMARY KEY (evaluation, n, nth),
    FOREIGN KEY (evaluation, n) REFERENCES management_answers
);
SELECT append_only('management_follow_ups');
