-- The house itself: what stands for ever, the fund, its rules, its people and their acts.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- History is added to, never changed: refused to everybody by trigger, and not
-- even granted to the program's own role.
CREATE FUNCTION stands_for_ever() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is added to, never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION append_only(t regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER stands_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION stands_for_ever()', t);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM fund_app', t);
    END IF;
END $$;

-- One database is one fund.
CREATE TABLE fund (
    only_one   boolean PRIMARY KEY DEFAULT true CONSTRAINT one_fund_a_database CHECK (only_one),
    code       text NOT NULL,
    name       text NOT NULL CONSTRAINT fund_has_a_name CHECK (name <> ''),
    currency   char(3) NOT NULL,
    example    boolean NOT NULL DEFAULT false,
    founded_at timestamptz NOT NULL
);

-- The rules, one document a version; a case keeps the version it ran under.
CREATE TABLE charters (
    version        integer PRIMARY KEY CONSTRAINT charter_versions_count_from_one CHECK (version > 0),
    effective_from date NOT NULL,
    time_zone      text NOT NULL,
    adopted_by     text NOT NULL,
    document       text NOT NULL,
    sha256         bytea NOT NULL,
    recorded_at    timestamptz NOT NULL
);
SELECT append_only('charters');

-- A state is an organisation; so is a contributor, an agency and the agent.
CREATE TABLE organisations (
    id         uuid PRIMARY KEY,
    code       text NOT NULL CONSTRAINT one_organisation_a_code UNIQUE
               CONSTRAINT code_fits_an_account CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    name       text NOT NULL CONSTRAINT organisation_has_a_name CHECK (name <> ''),
    short_name text NOT NULL DEFAULT '',
    kind       text NOT NULL CONSTRAINT known_kind_of_organisation
               CHECK (kind IN ('state', 'un', 'pooled-fund', 'foundation', 'private', 'stakeholder', 'agent', 'other')),
    iso3166    text CONSTRAINT one_organisation_a_state UNIQUE,
    m49        text,
    iati_ref   text,
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL
);

CREATE TABLE persons (
    id            uuid PRIMARY KEY,
    email         text NOT NULL CONSTRAINT email_is_kept_lower CHECK (email = lower(email)),
    name          text NOT NULL CONSTRAINT person_has_a_name CHECK (name <> ''),
    language      text NOT NULL DEFAULT 'en' CONSTRAINT one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    password_hash text,
    disabled_at   timestamptz,
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT one_person_an_email UNIQUE (email)
);

-- What a person may do comes from dated facts: a role for an organisation, for a
-- time, on the ground of a note.
CREATE TABLE memberships (
    id           uuid PRIMARY KEY,
    person       uuid NOT NULL REFERENCES persons,
    organisation uuid NOT NULL REFERENCES organisations,
    role         text NOT NULL CONSTRAINT known_role CHECK (role IN ('applicant', 'focal-point', 'member', 'coordinator', 'secretariat',
                 'agent-preparer', 'agent-releaser', 'organisation', 'contributor', 'auditor', 'administrator')),
    capacity     text NOT NULL DEFAULT '' CONSTRAINT capacity_is_a_members
                 CHECK ((role = 'member') = (capacity IN ('representative', 'alternate', 'adviser'))),
    term         daterange NOT NULL CONSTRAINT term_begins CHECK (NOT lower_inf(term) AND NOT isempty(term)),
    note         text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    CONSTRAINT same_hat_once_at_a_time EXCLUDE USING gist (person WITH =, organisation WITH =, role WITH =, term WITH &&)
);
CREATE INDEX memberships_of_a_person ON memberships (person);
CREATE INDEX memberships_of_an_organisation ON memberships (organisation);

CREATE TABLE sessions (
    id         uuid PRIMARY KEY,
    token_hash bytea NOT NULL CONSTRAINT one_session_a_token UNIQUE,
    person     uuid NOT NULL REFERENCES persons,
    hat        uuid REFERENCES memberships,
    agent      text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX sessions_of_a_person ON sessions (person) WHERE ended_at IS NULL;

-- A one-time link with which a person chooses a password. Only the last one sent is
-- good, until it is used or its time is over.
CREATE TABLE invitations (
    id         uuid PRIMARY KEY,
    person     uuid NOT NULL REFERENCES persons,
    token_hash bytea NOT NULL CONSTRAINT one_invitation_a_token UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz -- used, or replaced by a later one
);
CREATE UNIQUE INDEX one_open_invitation_a_person ON invitations (person) WHERE ended_at IS NULL;

-- Guesses at passwords, by account and by address: written before the password is
-- looked at, taken back where it was right; swept when they are old.
CREATE TABLE sign_in_failures (
    id  uuid PRIMARY KEY,
    key text NOT NULL,
    at  timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_by_key ON sign_in_failures (key, at);

-- Who did what, when, to which object, under which rules: written with the act.
CREATE TABLE events (
    seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              uuid NOT NULL CONSTRAINT one_event_an_act UNIQUE,
    at              timestamptz NOT NULL,
    person          uuid REFERENCES persons,
    organisation    uuid REFERENCES organisations,
    role            text NOT NULL,
    act             text NOT NULL,
    subject_kind    text NOT NULL,
    subject         text NOT NULL,
    charter_version integer NOT NULL REFERENCES charters,
    changes         jsonb NOT NULL
);
CREATE INDEX events_by_subject ON events (subject_kind, subject, seq);
CREATE INDEX events_by_person ON events (person, seq);
SELECT append_only('events');

-- Asking twice does it once: the key, the hash of what was asked, the answer.
CREATE TABLE idempotency_keys (
    person  uuid NOT NULL REFERENCES persons,
    key     text NOT NULL,
    hash    bytea NOT NULL,
    answer  jsonb,
    at      timestamptz NOT NULL,
    CONSTRAINT one_act_a_key PRIMARY KEY (person, key)
);

-- Numbers given in order: "P-2026-014", "2026-003". The row is locked by the act
-- that takes the next one, so that none is skipped or given twice.
CREATE TABLE counters (
    name text PRIMARY KEY,
    last bigint NOT NULL
);
