-- The body takes back a version that is adopted and not in force yet: it stays readable and
-- never comes into force.
CREATE TABLE charters_taken_back (
    version  integer PRIMARY KEY REFERENCES charters CONSTRAINT never_the_first CHECK (version > 1),
    decision uuid NOT NULL REFERENCES decisions,
    at       timestamptz NOT NULL
);
SELECT append_only('charters_taken_back');

-- The versions by which any day is judged.
CREATE VIEW charters_standing AS
SELECT c.* FROM charters c WHERE NOT EXISTS (SELECT FROM charters_taken_back b WHERE b.version = c.version);

ALTER TABLE rules_drafts
    ADD COLUMN takes_back integer REFERENCES charters, -- the version that it takes back; null: it makes one
    DROP CONSTRAINT what_is_adopted_became_a_version,
    ADD CONSTRAINT what_is_adopted_became_a_version CHECK ((state = 'adopted' AND takes_back IS NULL) = (became IS NOT NULL)),
    ADD CONSTRAINT takes_back_and_nothing_else CHECK (takes_back IS NULL OR takes_back = base AND effective_from IS NULL AND edits = '[]');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT SELECT ON charters_standing TO fund_app;
    END IF;
END $$;
