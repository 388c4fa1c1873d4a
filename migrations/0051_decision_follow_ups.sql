-- What a decision asks of an organisation and until when, and how far it is: both are added
-- to and never changed, the last step counts.
CREATE TABLE decision_asks (
    id           uuid PRIMARY KEY,
    decision     uuid NOT NULL REFERENCES decisions,
    n            integer NOT NULL CONSTRAINT asks_are_counted_from_one CHECK (n >= 1),
    text         text NOT NULL CONSTRAINT an_ask_says_what CHECK (text <> ''),
    language     text NOT NULL,
    organisation uuid NOT NULL REFERENCES organisations,
    due_on       date NOT NULL,
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT asks_are_counted UNIQUE (decision, n)
);
CREATE INDEX asks_of_an_organisation ON decision_asks (organisation);
SELECT append_only('decision_asks');

CREATE TABLE decision_steps (
    ask      uuid NOT NULL REFERENCES decision_asks,
    n        integer NOT NULL CONSTRAINT steps_are_counted CHECK (n >= 1),
    on_day   date NOT NULL, -- on which it stood so
    state    text NOT NULL CONSTRAINT known_step_of_follow_up CHECK (state IN ('under-way', 'done', 'dropped')),
    text     text NOT NULL CONSTRAINT a_step_says_how CHECK (text <> ''),
    language text NOT NULL,
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (ask, n)
);
SELECT append_only('decision_steps');
