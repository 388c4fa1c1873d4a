-- A change of a programme that is asked for: more time, more money, another budget, a
-- stop, an end. The body decides on it by a question that names it; the secretariat
-- records a revision that moves little.
CREATE TABLE change_requests (
    id              uuid PRIMARY KEY,
    programme       uuid NOT NULL REFERENCES programmes,
    n               integer NOT NULL CONSTRAINT change_requests_are_counted CHECK (n >= 1),
    ref             text NOT NULL CONSTRAINT one_change_request_a_ref UNIQUE,
    kind            text NOT NULL CONSTRAINT known_kind_of_change
                    CHECK (kind IN ('no-cost-extension', 'cost-extension', 'budget-revision', 'suspension', 'resumption', 'cancellation')),
    state           text NOT NULL CONSTRAINT known_state_of_change CHECK (state IN ('asked', 'adopted', 'recorded', 'not-adopted', 'withdrawn')),
    reason          text NOT NULL CONSTRAINT change_has_a_reason CHECK (reason <> ''),
    language        text NOT NULL,
    ends_on         date,
    before          jsonb, -- {"shares": [{organisation, amount}], "budget": [{organisation, line, year, amount}]}
    after           jsonb,
    beyond          boolean NOT NULL, -- moves more than the charter leaves to the secretariat
    late            boolean NOT NULL, -- asked with less notice than the charter wants
    person          uuid NOT NULL REFERENCES persons,
    organisation    uuid REFERENCES organisations,
    at              timestamptz NOT NULL,
    settled_at      timestamptz,
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT one_change_request_a_number UNIQUE (programme, n),
    CONSTRAINT a_change_is_settled_once CHECK ((state = 'asked') = (settled_at IS NULL)),
    CONSTRAINT a_plan_changes_from_something CHECK ((before IS NULL) = (after IS NULL)),
    CONSTRAINT the_secretariat_records_what_moves_little CHECK (state <> 'recorded' OR kind = 'budget-revision' AND NOT beyond)
);
CREATE UNIQUE INDEX a_kind_of_change_is_asked_once_at_a_time ON change_requests (programme, kind) WHERE state = 'asked';

ALTER TABLE questions ADD COLUMN change uuid REFERENCES change_requests,
    ADD CONSTRAINT a_change_is_a_revision CHECK (change IS NULL OR kind = 'revision' AND proposal IS NULL);
CREATE INDEX questions_by_change ON questions (change) WHERE change IS NOT NULL;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (state, settled_at, version) ON change_requests TO fund_app;
    END IF;
END $$;
