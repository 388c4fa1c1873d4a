-- Standing interests: a stake that is declared once and holds for every item that it
-- touches. Ended with a day; neither is ever changed.
CREATE TABLE standing_interests (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations, -- whose it is
    person       uuid NOT NULL REFERENCES persons,       -- who declared it; of the kind 'personal', whose own it is
    kind         text NOT NULL CONSTRAINT standing_kind_is_a_key CHECK (kind ~ '^[a-z][a-z0-9-]{0,39}$'), -- the charter's
    note         text NOT NULL CONSTRAINT standing_note_is_not_long CHECK (length(note) <= 4000),
    about        uuid REFERENCES organisations,          -- an organisation or a state that an item may name
    area         text NOT NULL DEFAULT '',               -- or a thematic area of the charter
    starts_on    date NOT NULL,
    ends_on      date CONSTRAINT standing_ends_after_it_starts CHECK (ends_on >= starts_on), -- its last day
    at           timestamptz NOT NULL,
    CONSTRAINT standing_is_about_one_thing CHECK (about IS NULL OR area = ''),
    CONSTRAINT standing_says_what_it_is_about CHECK (about IS NOT NULL OR area <> '' OR note <> '')
);
CREATE INDEX standing_interests_of_an_organisation ON standing_interests (organisation);
SELECT append_only('standing_interests');

CREATE TABLE standing_interest_endings (
    standing uuid PRIMARY KEY REFERENCES standing_interests, -- ended once
    last_on  date NOT NULL,                                  -- its last day
    note     text NOT NULL CONSTRAINT standing_ending_note_is_not_long CHECK (length(note) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('standing_interest_endings');

-- An interest in an item may follow from a standing one, or be suggested. One that was
-- dismissed may be declared again: the next of its kind.
ALTER TABLE interests
    DROP CONSTRAINT known_source_of_interest,
    ADD CONSTRAINT known_source_of_interest CHECK (source IN ('declared', 'found', 'standing', 'suggested')),
    ADD COLUMN standing uuid REFERENCES standing_interests,
    ADD CONSTRAINT a_standing_one_has_its_declaration CHECK (source = 'standing' OR standing IS NULL),
    ADD COLUMN n integer NOT NULL DEFAULT 1 CONSTRAINT interests_of_a_kind_count_from_one CHECK (n >= 1),
    DROP CONSTRAINT one_interest_a_kind,
    ADD CONSTRAINT one_interest_a_kind UNIQUE (question, organisation, kind, n);

-- Set aside, with the reason that stays.
CREATE TABLE interest_dismissals (
    interest uuid PRIMARY KEY REFERENCES interests, -- once
    reason   text NOT NULL CONSTRAINT dismissed_for_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('interest_dismissals');

-- Those that have their effect.
CREATE VIEW interests_in_effect AS
SELECT i.* FROM interests i WHERE NOT EXISTS (SELECT FROM interest_dismissals d WHERE d.interest = i.id);

-- What the facts of a proposal show of an organisation, and every item about it that has it
-- on record has set aside.
CREATE VIEW interests_set_aside AS
SELECT q.proposal, i.organisation, i.kind
FROM interests i JOIN questions q ON q.id = i.question LEFT JOIN interest_dismissals d ON d.interest = i.id
WHERE q.proposal IS NOT NULL
GROUP BY q.proposal, i.organisation, i.kind
HAVING bool_and(d.interest IS NOT NULL);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT SELECT ON interests_in_effect, interests_set_aside TO fund_app;
END $$;
