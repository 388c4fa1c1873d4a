-- Questions in writing: they have no meeting, a number series of their own, and a silence
-- with an exact end.
ALTER TABLE questions ALTER COLUMN meeting DROP NOT NULL,
    ADD COLUMN written text CONSTRAINT one_question_a_number_in_writing UNIQUE, -- "W-2026-03"
    ADD COLUMN circulated_at timestamptz,
    ADD COLUMN ends_at timestamptz, -- the silence ends before this instant
    ADD CONSTRAINT in_writing_without_a_meeting CHECK ((procedure = 'no-objection') = (meeting IS NULL)),
    ADD CONSTRAINT in_writing_under_a_number CHECK ((meeting IS NULL) = (written IS NOT NULL) AND (meeting IS NULL) = (circulated_at IS NOT NULL)),
    ADD CONSTRAINT in_writing_with_an_end CHECK ((ends_at IS NOT NULL) = (meeting IS NULL AND opened_at IS NOT NULL) AND (ends_at IS NULL OR ends_at > opened_at));
CREATE INDEX questions_in_writing ON questions (ends_at) WHERE meeting IS NULL AND state = 'open';

ALTER TABLE decisions ALTER COLUMN meeting DROP NOT NULL,
    ADD CONSTRAINT decided_in_writing_without_a_meeting CHECK ((procedure = 'no-objection') = (meeting IS NULL));

-- A later end of a silence, with its reason. Never changed.
CREATE TABLE silence_extensions (
    question uuid NOT NULL REFERENCES questions,
    n        integer NOT NULL,
    days     integer NOT NULL CONSTRAINT extended_by_days CHECK (days BETWEEN 1 AND 365),
    ends_at  timestamptz NOT NULL CONSTRAINT extended_to_a_time_to_come CHECK (ends_at > at),
    reason   text NOT NULL CONSTRAINT extended_for_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n)
);
SELECT append_only('silence_extensions');

-- What members ask about a question in writing, and what they are answered. Never changed.
CREATE TABLE question_remarks (
    question     uuid NOT NULL REFERENCES questions,
    n            integer NOT NULL,
    answers      integer, -- the remark that it answers
    language     text NOT NULL,
    text         text NOT NULL CONSTRAINT remark_says_something CHECK (text <> '' AND length(text) <= 4000),
    organisation uuid NOT NULL REFERENCES organisations,
    role         text NOT NULL,
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    PRIMARY KEY (question, n),
    FOREIGN KEY (question, answers) REFERENCES question_remarks,
    CONSTRAINT remark_answers_an_earlier CHECK (answers < n)
);
SELECT append_only('question_remarks');

-- That people were told of an end: that it comes, and that it has come. Told once an end.
CREATE TABLE silence_reminders (
    question uuid NOT NULL REFERENCES questions,
    kind     text NOT NULL CONSTRAINT known_kind_of_silence_reminder CHECK (kind IN ('ending', 'over')),
    ends_at  timestamptz NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, kind, ends_at)
);
SELECT append_only('silence_reminders');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (ends_at) ON questions TO fund_app;
    END IF;
END $$;
