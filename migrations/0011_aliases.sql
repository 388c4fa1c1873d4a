-- What organisations are also called, and which of them are one. Accounts, files and
-- postings keep the organisation they were written for; its name leads to the other.
CREATE TABLE organisation_aliases (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations,
    text         text NOT NULL CONSTRAINT alias_has_a_text CHECK (text <> ''),
    kind         text NOT NULL CONSTRAINT known_kind_of_alias CHECK (kind IN ('name', 'former-name', 'acronym', 'code')),
    language     text NOT NULL DEFAULT '' CONSTRAINT alias_in_one_of_six_languages CHECK (language IN ('', 'en', 'fr', 'es', 'ar', 'ru', 'zh')),
    person       uuid REFERENCES persons,
    at           timestamptz NOT NULL,
    ended_at     timestamptz -- it was a mistake
);
CREATE UNIQUE INDEX one_alias_once ON organisation_aliases (organisation, text, kind, language) WHERE ended_at IS NULL;

CREATE TABLE organisation_merges (
    id           uuid PRIMARY KEY,
    merged       uuid NOT NULL REFERENCES organisations,
    survivor     uuid NOT NULL REFERENCES organisations,
    reason       text NOT NULL CONSTRAINT merge_has_a_reason CHECK (reason <> ''),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT merged_into_another CHECK (merged <> survivor)
);
CREATE INDEX merges_by_merged ON organisation_merges (merged);
SELECT append_only('organisation_merges');

CREATE TABLE organisation_merge_undoings (
    merge  uuid PRIMARY KEY REFERENCES organisation_merges,
    reason text NOT NULL CONSTRAINT undoing_of_a_merge_has_a_reason CHECK (reason <> ''),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('organisation_merge_undoings');

CREATE VIEW merged_organisations AS
SELECT m.merged, m.survivor, m.id AS merge FROM organisation_merges m WHERE NOT EXISTS (SELECT FROM organisation_merge_undoings u WHERE u.merge = m.id);

-- Two that look alike and are two: a person said so, and they are not suggested again.
CREATE TABLE organisations_apart (
    one    uuid NOT NULL REFERENCES organisations,
    other  uuid NOT NULL REFERENCES organisations,
    reason text NOT NULL,
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL,
    PRIMARY KEY (one, other),
    CONSTRAINT pair_in_one_order CHECK (one < other)
);
SELECT append_only('organisations_apart');

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (ended_at) ON organisation_aliases TO fund_app;
    GRANT SELECT ON merged_organisations TO fund_app;
END $$;
