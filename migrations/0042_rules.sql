-- A new version of the rules is drafted, put to the body by a question that names the
-- draft, and kept from the decision that adopts it.
CREATE TABLE rules_drafts (
    id             uuid PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT one_rules_draft_a_ref UNIQUE,
    title          text NOT NULL CONSTRAINT rules_draft_has_a_title CHECK (title <> ''),
    language       text NOT NULL,
    note           text NOT NULL,
    base           integer NOT NULL REFERENCES charters, -- the version that it starts from
    effective_from date,                                 -- null: from the day of the decision
    edits          jsonb NOT NULL,                       -- [{path, do, value, source, reason}]
    state          text NOT NULL CONSTRAINT known_state_of_rules_draft CHECK (state IN ('draft', 'adopted', 'not-adopted', 'withdrawn')),
    person         uuid NOT NULL REFERENCES persons,
    organisation   uuid REFERENCES organisations,
    at             timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    became         integer CONSTRAINT one_draft_a_version UNIQUE REFERENCES charters,
    version        integer NOT NULL DEFAULT 1,
    CONSTRAINT what_is_adopted_became_a_version CHECK ((state = 'adopted') = (became IS NOT NULL))
);

ALTER TABLE questions ADD COLUMN rules uuid REFERENCES rules_drafts,
    ADD CONSTRAINT a_draft_of_rules_is_an_amendment CHECK (rules IS NULL OR kind = 'charter' AND proposal IS NULL AND change IS NULL AND waives IS NULL);
CREATE INDEX questions_by_rules ON questions (rules) WHERE rules IS NOT NULL;

-- By which decision a version was adopted; none adopted the first ones.
ALTER TABLE charters ADD COLUMN decision uuid CONSTRAINT one_version_a_decision UNIQUE REFERENCES decisions;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (title, language, note, base, effective_from, edits, state, updated_at, became, version) ON rules_drafts TO fund_app;
    END IF;
END $$;
