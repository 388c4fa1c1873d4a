-- What the body asks for when it decides: conditions stand with the question, become a
-- programme's when it is adopted, and are claimed, confirmed or given back, and waived
-- by a later decision alone.
ALTER TABLE questions ADD COLUMN conditions jsonb NOT NULL DEFAULT '[]'; -- [{text, organisation, due, due_on, blocking}]

CREATE TABLE conditions (
    id           uuid PRIMARY KEY,
    programme    uuid NOT NULL REFERENCES programmes,
    n            integer NOT NULL CONSTRAINT conditions_are_counted CHECK (n >= 1),
    decision     uuid NOT NULL REFERENCES decisions,
    text         text NOT NULL CONSTRAINT a_condition_says_what CHECK (text <> ''),
    language     text NOT NULL,
    organisation uuid REFERENCES organisations, -- that has to fulfil it; null is whoever convenes
    due          text NOT NULL CONSTRAINT known_due_of_condition CHECK (due IN ('day', 'first-transfer', 'later-transfer')),
    due_on       date,
    blocking     boolean NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT one_condition_a_number UNIQUE (programme, n),
    CONSTRAINT a_condition_due_on_a_day_names_it CHECK ((due = 'day') = (due_on IS NOT NULL))
);
SELECT append_only('conditions');

CREATE TABLE condition_steps (
    condition uuid NOT NULL REFERENCES conditions,
    n         integer NOT NULL CONSTRAINT condition_steps_are_counted CHECK (n >= 1),
    step      text NOT NULL CONSTRAINT known_step_of_condition CHECK (step IN ('claim', 'return', 'confirm', 'waive')),
    text      text NOT NULL,
    language  text NOT NULL,
    decision  uuid REFERENCES decisions,
    person    uuid NOT NULL REFERENCES persons,
    at        timestamptz NOT NULL,
    PRIMARY KEY (condition, n),
    CONSTRAINT the_body_alone_waives CHECK ((step = 'waive') = (decision IS NOT NULL)),
    CONSTRAINT a_claim_says_how_a_return_why CHECK (step NOT IN ('claim', 'return') OR text <> '')
);
SELECT append_only('condition_steps');

-- What a claim was made with.
CREATE TABLE condition_files (
    condition  uuid NOT NULL,
    n          integer NOT NULL,
    attachment uuid NOT NULL REFERENCES attachments,
    PRIMARY KEY (condition, n, attachment),
    FOREIGN KEY (condition, n) REFERENCES condition_steps
);
SELECT append_only('condition_files');

CREATE TABLE condition_reminders (
    condition uuid NOT NULL REFERENCES conditions,
    on_day    date NOT NULL,
    at        timestamptz NOT NULL,
    CONSTRAINT reminded_of_a_condition_once_a_day PRIMARY KEY (condition, on_day)
);
SELECT append_only('condition_reminders');

ALTER TABLE questions ADD COLUMN waives uuid REFERENCES conditions,
    ADD CONSTRAINT a_waiver_is_a_revision CHECK (waives IS NULL OR kind = 'revision' AND proposal IS NULL AND change IS NULL);
CREATE INDEX questions_by_waived_condition ON questions (waives) WHERE waives IS NOT NULL;
