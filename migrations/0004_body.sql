-- The decision body. A seat is held by an organisation for a term; accredited persons
-- (memberships) represent it.
CREATE TABLE seats (
    id           uuid PRIMARY KEY,
    constituency text NOT NULL CONSTRAINT constituency_is_a_key CHECK (constituency ~ '^[a-z][a-z0-9-]{0,39}$'), -- the charter's, or 'chair'
    name         text NOT NULL CONSTRAINT one_seat_a_name UNIQUE
);

CREATE TABLE seat_terms (
    id           uuid PRIMARY KEY,
    seat         uuid NOT NULL REFERENCES seats,
    organisation uuid NOT NULL REFERENCES organisations,
    term         daterange NOT NULL CONSTRAINT seat_term_begins CHECK (NOT lower_inf(term) AND NOT isempty(term)),
    note         text NOT NULL DEFAULT '',
    CONSTRAINT one_holder_at_a_time EXCLUDE USING gist (seat WITH =, term WITH &&)
);

-- An assessment by a seat; a change of mind is a new row, the last one counts.
CREATE TABLE scores (
    proposal     uuid NOT NULL,
    version      integer NOT NULL,
    seat         uuid NOT NULL REFERENCES seats,
    n            integer NOT NULL,
    organisation uuid NOT NULL REFERENCES organisations,
    person       uuid NOT NULL REFERENCES persons,
    points       jsonb NOT NULL,          -- {"criterion": {"points": 4, "reason": ""}}; null points where it was left out
    total        numeric(7, 4) NOT NULL CONSTRAINT total_between_0_and_100 CHECK (total BETWEEN 0 AND 100),
    comment      text NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (proposal, version, seat, n),
    FOREIGN KEY (proposal, version) REFERENCES proposal_versions
);
SELECT append_only('scores');

CREATE TABLE meetings (
    id              uuid PRIMARY KEY,
    ref             text NOT NULL CONSTRAINT one_meeting_a_ref UNIQUE,
    title           text NOT NULL CONSTRAINT meeting_has_a_title CHECK (title <> ''),
    starts_at       timestamptz NOT NULL,
    state           text NOT NULL CONSTRAINT known_meeting_state CHECK (state IN ('planned', 'open', 'closed')),
    presiding       uuid REFERENCES persons,
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    opened_at       timestamptz,
    closed_at       timestamptz
);

-- Who is in the room for a seat, from when to when.
CREATE TABLE presences (
    id        uuid PRIMARY KEY,
    meeting   uuid NOT NULL REFERENCES meetings,
    seat      uuid NOT NULL REFERENCES seats,
    organisation uuid NOT NULL REFERENCES organisations, -- that held the seat then
    person    uuid NOT NULL REFERENCES persons,
    capacity  text NOT NULL DEFAULT '',
    joined_at timestamptz NOT NULL,
    left_at   timestamptz
);
CREATE UNIQUE INDEX one_person_in_a_seat ON presences (meeting, seat, organisation) WHERE left_at IS NULL;
CREATE UNIQUE INDEX one_seat_a_person ON presences (meeting, person) WHERE left_at IS NULL;

CREATE TABLE questions (
    id              uuid PRIMARY KEY,
    meeting         uuid NOT NULL REFERENCES meetings,
    item            integer NOT NULL,
    kind            text NOT NULL CONSTRAINT known_kind_of_question
                    CHECK (kind IN ('grant', 'pipeline', 'policy', 'plan', 'membership', 'revision', 'direct-cost', 'charter')),
    procedure       text NOT NULL CONSTRAINT known_procedure CHECK (procedure IN ('consensus', 'no-objection', 'vote')),
    title           text NOT NULL CONSTRAINT question_has_a_title CHECK (title <> ''),
    text            text NOT NULL,
    language        text NOT NULL DEFAULT 'en',
    proposal        uuid,
    proposal_version integer,
    amount          numeric(20, 3) CONSTRAINT question_amount_is_positive CHECK (amount > 0),
    currency        char(3),
    shares          jsonb NOT NULL DEFAULT '[]', -- [{"organisation": id, "amount": "…"}]: what is put, per organisation
    earmark         text NOT NULL DEFAULT '',    -- draw on this one only; '' as the charter orders
    state           text NOT NULL CONSTRAINT known_question_state CHECK (state IN ('listed', 'open', 'adopted', 'not-adopted', 'referred', 'withdrawn')),
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    opened_at       timestamptz,
    closed_at       timestamptz,
    CONSTRAINT one_question_an_item UNIQUE (meeting, item),
    CONSTRAINT a_grant_has_a_proposal_and_an_amount CHECK (kind <> 'grant' OR (proposal IS NOT NULL AND amount IS NOT NULL)),
    FOREIGN KEY (proposal, proposal_version) REFERENCES proposal_versions
);

-- An interest of a seat's organisation in an item, with the effect the charter gave it.
CREATE TABLE interests (
    id           uuid PRIMARY KEY,
    question     uuid NOT NULL REFERENCES questions,
    organisation uuid NOT NULL REFERENCES organisations,
    kind         text NOT NULL,
    effect       text NOT NULL,
    source       text NOT NULL CONSTRAINT known_source_of_interest CHECK (source IN ('declared', 'found')),
    note         text NOT NULL DEFAULT '',
    person       uuid REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT one_interest_a_kind UNIQUE (question, organisation, kind)
);
SELECT append_only('interests');

-- The roll, frozen when the question is put: a change of seat afterwards changes nothing.
CREATE TABLE question_rolls (
    question     uuid NOT NULL REFERENCES questions,
    seat         uuid NOT NULL REFERENCES seats,
    constituency text NOT NULL,
    organisation uuid NOT NULL REFERENCES organisations,
    chair        boolean NOT NULL,
    recused      boolean NOT NULL,
    reason       text NOT NULL DEFAULT '',
    PRIMARY KEY (question, seat)
);
SELECT append_only('question_rolls');

-- A seat's position; a change of mind is a new row, the last before closing counts.
CREATE TABLE positions (
    question uuid NOT NULL,
    seat     uuid NOT NULL,
    n        integer NOT NULL,
    position text NOT NULL CONSTRAINT position_is_a_key CHECK (position ~ '^[a-z][a-z0-9-]{0,39}$'), -- one of the charter's
    reason   text NOT NULL DEFAULT '',
    person   uuid NOT NULL REFERENCES persons,
    recorded_by uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, seat, n),
    FOREIGN KEY (question, seat) REFERENCES question_rolls
);
SELECT append_only('positions');

-- A decision is written once, numbered, when it is adopted.
CREATE TABLE decisions (
    id              uuid PRIMARY KEY,
    number          text NOT NULL CONSTRAINT one_decision_a_number UNIQUE,
    question        uuid NOT NULL CONSTRAINT one_decision_a_question UNIQUE REFERENCES questions,
    meeting         uuid NOT NULL REFERENCES meetings,
    kind            text NOT NULL,
    procedure       text NOT NULL,
    title           text NOT NULL,
    text            text NOT NULL,
    language        text NOT NULL,
    proposal        uuid,
    proposal_version integer,
    amount          numeric(20, 3),
    currency        char(3),
    record          text NOT NULL, -- canonical JSON: roll, interests, presence, positions, arithmetic, outcome
    record_hash     bytea NOT NULL,
    charter_version integer NOT NULL REFERENCES charters,
    announced_by    uuid NOT NULL REFERENCES persons,
    adopted_at      timestamptz NOT NULL,
    FOREIGN KEY (proposal, proposal_version) REFERENCES proposal_versions,
    CONSTRAINT adopted_amount_is_positive CHECK (amount > 0)
);
SELECT append_only('decisions');

-- A joint programme: what an adopted grant becomes.
CREATE TABLE programmes (
    id             uuid PRIMARY KEY,
    code           text NOT NULL CONSTRAINT one_programme_a_code UNIQUE
                   CONSTRAINT programme_code_fits_an_account CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    project_number text CONSTRAINT one_programme_a_project_number UNIQUE, -- the MPTF Office's; external ids derive from it
    proposal       uuid CONSTRAINT one_programme_a_proposal UNIQUE REFERENCES proposals,
    decision       uuid REFERENCES decisions,
    title          text NOT NULL,
    area           text NOT NULL DEFAULT '',
    charter_version integer NOT NULL REFERENCES charters,
    created_at     timestamptz NOT NULL,
    CONSTRAINT a_programme_comes_of_a_decision_or_the_past CHECK ((proposal IS NULL) = (decision IS NULL))
);

CREATE TABLE programme_shares (
    programme    uuid NOT NULL REFERENCES programmes,
    organisation uuid NOT NULL REFERENCES organisations,
    amount       numeric(20, 3) NOT NULL CONSTRAINT share_not_below_zero CHECK (amount >= 0),
    PRIMARY KEY (programme, organisation)
);
