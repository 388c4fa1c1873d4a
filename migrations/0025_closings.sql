-- Reminders of reports, one a day at most; what programmes were evaluated as; and on
-- which papers their books were closed.
CREATE TABLE report_reminders (
    programme uuid NOT NULL REFERENCES programmes,
    key       text NOT NULL,
    on_day    date NOT NULL,
    due_on    date NOT NULL,
    at        timestamptz NOT NULL,
    CONSTRAINT reminded_once_a_day PRIMARY KEY (programme, key, on_day)
);
SELECT append_only('report_reminders');

CREATE TABLE evaluations (
    id           uuid PRIMARY KEY,
    programme    uuid NOT NULL CONSTRAINT one_evaluation_a_programme UNIQUE REFERENCES programmes,
    title        text NOT NULL,
    evaluator    text NOT NULL,
    language     text NOT NULL,
    completed_on date NOT NULL,
    findings     text NOT NULL,
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL
);
SELECT append_only('evaluations');

CREATE TABLE recommendations (
    evaluation uuid NOT NULL REFERENCES evaluations,
    n          integer NOT NULL,
    text       text NOT NULL CONSTRAINT a_recommendation_says_what CHECK (text <> ''),
    PRIMARY KEY (evaluation, n)
);
SELECT append_only('recommendations');

-- The management response: one act answers all.
CREATE TABLE evaluation_responses (
    evaluation uuid PRIMARY KEY REFERENCES evaluations,
    person     uuid NOT NULL REFERENCES persons,
    at         timestamptz NOT NULL
);
SELECT append_only('evaluation_responses');

CREATE TABLE management_answers (
    evaluation uuid NOT NULL REFERENCES evaluation_responses,
    n          integer NOT NULL,
    uptake     text NOT NULL CONSTRAINT known_uptake CHECK (uptake IN ('accepted', 'partly-accepted', 'rejected')),
    reason     text NOT NULL DEFAULT '',
    action     text NOT NULL DEFAULT '',
    due_on     date,
    PRIMARY KEY (evaluation, n),
    FOREIGN KEY (evaluation, n) REFERENCES recommendations,
    CONSTRAINT what_is_rejected_has_a_reason CHECK (uptake = 'accepted' OR reason <> ''),
    CONSTRAINT what_is_accepted_has_a_day CHECK ((uptake = 'rejected') = (due_on IS NULL))
);
SELECT append_only('management_answers');

-- The certified final statement that an organisation's part was closed on, by the
-- reference it was given.
CREATE TABLE closing_statements (
    programme    uuid NOT NULL REFERENCES programmes,
    organisation uuid NOT NULL REFERENCES organisations,
    reference    text NOT NULL CONSTRAINT a_closing_statement_is_named CHECK (reference <> ''),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    PRIMARY KEY (programme, organisation)
);
SELECT append_only('closing_statements');
