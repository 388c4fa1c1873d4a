-- How seats rotate: who belongs to which constituency and which states are in which
-- groups, both dated; what was nominated, chosen and confirmed; and terms given up
-- before they were over.
ALTER TABLE seat_terms
    ADD COLUMN meant_until date, -- the last day for which it was given, where it was given up before
    ADD COLUMN ended_for   text CONSTRAINT known_seat_ending CHECK (ended_for IN ('resigned', 'recalled', 'departed')),
    ADD COLUMN ended_note  text NOT NULL DEFAULT '',
    ADD CONSTRAINT giving_up_has_a_paper CHECK ((ended_for IS NULL) = (ended_note = '')),
    ADD CONSTRAINT given_up_before_its_end CHECK (meant_until IS NULL OR upper(term) - 1 < meant_until AND ended_for IS NOT NULL);

CREATE TABLE belongings (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations,
    constituency text NOT NULL CONSTRAINT constituency_is_a_key CHECK (constituency ~ '^[a-z][a-z0-9-]{0,39}$'), -- the charter's
    kind         text NOT NULL DEFAULT '' CONSTRAINT kind_is_a_key CHECK (kind = '' OR kind ~ '^[a-z][a-z0-9-]{0,39}$'),
    term         daterange NOT NULL CONSTRAINT belonging_begins CHECK (NOT lower_inf(term) AND NOT isempty(term)),
    note         text NOT NULL DEFAULT '',
    left_note    text NOT NULL DEFAULT '',
    person       uuid REFERENCES persons, -- nobody where the program's own machine wrote it
    at           timestamptz NOT NULL,
    CONSTRAINT one_constituency_at_a_time EXCLUDE USING gist (organisation WITH =, term WITH &&)
);

CREATE TABLE group_terms (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations,
    grouping     text NOT NULL CONSTRAINT known_group CHECK (grouping IN ('african', 'asia-pacific', 'eastern-european',
                 'latin-american-and-caribbean', 'western-european-and-other', 'ldc', 'lldc', 'sids')),
    term         daterange NOT NULL CONSTRAINT some_days_in_a_group CHECK (NOT isempty(term)), -- an open beginning is before the fund was
    note         text NOT NULL CONSTRAINT group_has_a_source CHECK (note <> ''),
    ended_note   text NOT NULL DEFAULT '',
    CONSTRAINT in_a_group_once_at_a_time EXCLUDE USING gist (organisation WITH =, grouping WITH =, term WITH &&),
    CONSTRAINT one_regional_group EXCLUDE USING gist (organisation WITH =, term WITH &&) WHERE (grouping NOT IN ('ldc', 'lldc', 'sids'))
);

-- What the Coordinator confirmed at once, and what was set aside for it.
CREATE TABLE rotations (
    id              uuid PRIMARY KEY,
    charter_version integer NOT NULL REFERENCES charters,
    aside           text[] NOT NULL DEFAULT '{}',
    reason          text NOT NULL DEFAULT '',
    person          uuid NOT NULL REFERENCES persons,
    at              timestamptz NOT NULL,
    CONSTRAINT what_is_set_aside_has_a_reason CHECK ((aside = '{}') = (reason = ''))
);
SELECT append_only('rotations');

CREATE TABLE nominations (
    id           uuid PRIMARY KEY,
    seat         uuid NOT NULL REFERENCES seats,
    organisation uuid NOT NULL REFERENCES organisations,
    term         daterange NOT NULL CONSTRAINT nomination_is_for_a_term CHECK (NOT lower_inf(term) AND NOT upper_inf(term) AND NOT isempty(term)),
    state        text NOT NULL CONSTRAINT known_state_of_nomination CHECK (state IN ('nominated', 'chosen', 'confirmed', 'withdrawn')),
    note         text NOT NULL DEFAULT '',
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    settled_note text NOT NULL DEFAULT '',
    settled_by   uuid REFERENCES persons,
    settled_at   timestamptz,
    rotation     uuid REFERENCES rotations,
    seat_term    uuid CONSTRAINT one_nomination_a_term UNIQUE REFERENCES seat_terms,
    CONSTRAINT confirmed_has_its_term CHECK ((state = 'confirmed') = (seat_term IS NOT NULL) AND (seat_term IS NULL) = (rotation IS NULL)),
    CONSTRAINT one_chosen_a_vacancy EXCLUDE USING gist (seat WITH =, term WITH &&) WHERE (state IN ('chosen', 'confirmed'))
);
CREATE UNIQUE INDEX nominated_once ON nominations (seat, organisation, lower(term)) WHERE state IN ('nominated', 'chosen');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (term, meant_until, ended_for, ended_note) ON seat_terms TO fund_app;
        GRANT UPDATE (term, left_note) ON belongings TO fund_app;
        GRANT UPDATE (term, ended_note) ON group_terms TO fund_app;
        GRANT UPDATE (state, settled_note, settled_by, settled_at, rotation, seat_term) ON nominations TO fund_app;
    END IF;
END $$;
