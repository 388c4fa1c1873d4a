-- Where a programme is in its life. What is in the row follows from the last of its
-- steps; steps are history.
ALTER TABLE programmes
    ADD COLUMN state      text NOT NULL DEFAULT 'approved' CONSTRAINT known_programme_state
        CHECK (state IN ('past', 'approved', 'active', 'suspended', 'cancelled', 'operationally-closed', 'financially-closed')),
    ADD COLUMN starts_on  date,
    ADD COLUMN ends_on    date,
    ADD COLUMN version    integer NOT NULL DEFAULT 1,
    ADD COLUMN updated_at timestamptz,
    ADD CONSTRAINT a_programme_ends_after_it_starts CHECK (ends_on >= starts_on),
    ADD CONSTRAINT a_programme_under_way_has_its_days CHECK
        (state IN ('past', 'approved', 'suspended', 'cancelled') OR starts_on IS NOT NULL AND ends_on IS NOT NULL);

-- Programmes of the past have their money in the books and their life elsewhere.
UPDATE programmes SET state = 'past' WHERE proposal IS NULL;
ALTER TABLE programmes ALTER COLUMN state DROP DEFAULT,
    ADD CONSTRAINT what_comes_of_a_decision_is_not_past CHECK ((state = 'past') = (decision IS NULL));

CREATE TABLE programme_steps (
    programme uuid NOT NULL REFERENCES programmes,
    n         integer NOT NULL CONSTRAINT programme_steps_are_counted CHECK (n >= 1),
    step      text NOT NULL CONSTRAINT programme_step_is_named CHECK (step ~ '^[a-z][a-z-]*$'), -- "start", "extend"
    state     text NOT NULL, -- after the step
    starts_on date,
    ends_on   date,
    decision  uuid REFERENCES decisions, -- where the body decided it
    reason    text NOT NULL DEFAULT '',
    person    uuid NOT NULL REFERENCES persons,
    at        timestamptz NOT NULL,
    PRIMARY KEY (programme, n)
);
SELECT append_only('programme_steps');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (state, starts_on, ends_on, version, updated_at) ON programmes TO fund_app;
    END IF;
END $$;
