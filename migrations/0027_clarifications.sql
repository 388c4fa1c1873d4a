-- What is asked of an applicant about a submitted version, and answered, in a thread; and the
-- advice that is asked of those who know the matter. Neither changes what was submitted.
CREATE TABLE clarification_wishes (
    id           uuid PRIMARY KEY,
    proposal     uuid NOT NULL,
    version      integer NOT NULL,
    field        text NOT NULL,
    section      text NOT NULL,
    language     text NOT NULL CONSTRAINT wish_is_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text         text NOT NULL CONSTRAINT wish_asks_something CHECK (text <> ''),
    person       uuid NOT NULL REFERENCES persons,
    organisation uuid NOT NULL REFERENCES organisations,
    at           timestamptz NOT NULL,
    FOREIGN KEY (proposal, version) REFERENCES proposal_versions (proposal, n)
);
CREATE INDEX clarification_wishes_by_proposal ON clarification_wishes (proposal);
SELECT append_only('clarification_wishes');

-- Why the secretariat does not pass a wish on.
CREATE TABLE clarification_refusals (
    wish   uuid PRIMARY KEY REFERENCES clarification_wishes,
    reason text NOT NULL CONSTRAINT a_refused_wish_has_a_reason CHECK (reason <> ''),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('clarification_refusals');

CREATE TABLE clarifications (
    id       uuid PRIMARY KEY,
    proposal uuid NOT NULL,
    version  integer NOT NULL,
    number   integer NOT NULL CONSTRAINT clarifications_count_from_one CHECK (number > 0),
    wish     uuid CONSTRAINT a_wish_is_passed_on_once UNIQUE REFERENCES clarification_wishes,
    field    text NOT NULL,
    section  text NOT NULL,
    CONSTRAINT one_clarification_a_number UNIQUE (proposal, number),
    FOREIGN KEY (proposal, version) REFERENCES proposal_versions (proposal, n)
);
SELECT append_only('clarifications');

CREATE TABLE clarification_entries (
    clarification uuid NOT NULL REFERENCES clarifications,
    n             integer NOT NULL CONSTRAINT entries_count_from_one CHECK (n > 0),
    kind          text NOT NULL CONSTRAINT known_entry CHECK (kind IN ('asked', 'answered', 'withdrawn')),
    language      text NOT NULL CONSTRAINT entry_is_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text          text NOT NULL CONSTRAINT entry_says_something CHECK (text <> ''),
    due_at        timestamptz,
    person        uuid NOT NULL REFERENCES persons,
    at            timestamptz NOT NULL,
    PRIMARY KEY (clarification, n),
    CONSTRAINT what_is_asked_is_due CHECK ((kind = 'asked') = (due_at IS NOT NULL)),
    CONSTRAINT a_thread_begins_with_a_question CHECK (n > 1 OR kind = 'asked')
);
SELECT append_only('clarification_entries');

-- The answer as the team writes it together, until whoever leads gives it.
CREATE TABLE clarification_drafts (
    clarification uuid PRIMARY KEY REFERENCES clarifications,
    language      text NOT NULL,
    text          text NOT NULL,
    version       integer NOT NULL,
    person        uuid NOT NULL REFERENCES persons,
    at            timestamptz NOT NULL
);

-- An expert gives technical advice where it is asked for, and reads what it is asked about.
ALTER TABLE memberships DROP CONSTRAINT known_role;
ALTER TABLE memberships ADD CONSTRAINT known_role CHECK (role IN ('applicant', 'focal-point', 'member', 'coordinator', 'secretariat',
    'agent-preparer', 'agent-releaser', 'organisation', 'contributor', 'auditor', 'administrator', 'expert'));

CREATE TABLE advice_requests (
    id           uuid PRIMARY KEY,
    proposal     uuid NOT NULL,
    version      integer NOT NULL,
    number       integer NOT NULL CONSTRAINT advice_counts_from_one CHECK (number > 0),
    organisation uuid NOT NULL REFERENCES organisations,
    adviser      uuid REFERENCES persons, -- where one of its experts is asked by name
    objectives   integer[] NOT NULL, -- on which the charter says that it leads
    language     text NOT NULL CONSTRAINT advice_is_asked_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text         text NOT NULL CONSTRAINT advice_is_asked_on_something CHECK (text <> ''),
    due_at       timestamptz NOT NULL,
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT one_advice_a_number UNIQUE (proposal, number),
    CONSTRAINT advice_has_time CHECK (due_at > at),
    FOREIGN KEY (proposal, version) REFERENCES proposal_versions (proposal, n)
);
CREATE INDEX advice_requests_by_organisation ON advice_requests (organisation);
SELECT append_only('advice_requests');

-- What became of it: given, declined by who was asked, or withdrawn by who asked.
CREATE TABLE advice_outcomes (
    request        uuid PRIMARY KEY REFERENCES advice_requests,
    kind           text NOT NULL CONSTRAINT known_outcome CHECK (kind IN ('given', 'declined', 'withdrawn')),
    recommendation text NOT NULL DEFAULT '' CONSTRAINT known_recommendation CHECK (recommendation IN ('', 'advise', 'with-reservations', 'against')),
    language       text NOT NULL CONSTRAINT outcome_is_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text           text NOT NULL CONSTRAINT an_outcome_says_something CHECK (text <> ''),
    person         uuid NOT NULL REFERENCES persons,
    at             timestamptz NOT NULL,
    CONSTRAINT only_advice_recommends CHECK (kind = 'given' OR recommendation = '')
);
SELECT append_only('advice_outcomes');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (language, text, version, person, at) ON clarification_drafts TO fund_app;
    END IF;
END $$;
