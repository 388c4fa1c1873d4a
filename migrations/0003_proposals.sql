-- From a call to an assessed concept note. Each case keeps the charter it ran under.
CREATE TABLE calls (
    id              uuid PRIMARY KEY,
    ref             text NOT NULL CONSTRAINT one_call_a_ref UNIQUE,
    title           text NOT NULL CONSTRAINT call_has_a_title CHECK (title <> ''),
    text            text NOT NULL,
    opens_at        timestamptz NOT NULL,
    closes_at       timestamptz NOT NULL,
    areas           text[] NOT NULL,
    ceiling         numeric(20, 3) CONSTRAINT ceiling_is_positive CHECK (ceiling > 0),
    currency        char(3) NOT NULL,
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    CONSTRAINT call_closes_after_it_opens CHECK (closes_at > opens_at)
);

-- A later closing instant, and why: everybody reads it.
CREATE TABLE call_extensions (
    call   uuid NOT NULL REFERENCES calls,
    n      integer NOT NULL,
    was    timestamptz NOT NULL,
    until  timestamptz NOT NULL,
    reason text NOT NULL,
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL,
    PRIMARY KEY (call, n),
    CONSTRAINT extension_is_later CHECK (until > was)
);
SELECT append_only('call_extensions');

CREATE TABLE proposals (
    id              uuid PRIMARY KEY,
    ref             text NOT NULL CONSTRAINT one_proposal_a_ref UNIQUE,
    call            uuid NOT NULL REFERENCES calls,
    organisation    uuid NOT NULL REFERENCES organisations, -- who submits
    state           uuid REFERENCES organisations,          -- whose programme it is, and who endorses
    title           text NOT NULL,
    summary         text NOT NULL DEFAULT '',
    language        text NOT NULL DEFAULT 'en',
    area            text NOT NULL DEFAULT '',
    objectives      smallint[] NOT NULL DEFAULT '{}',
    markers         jsonb NOT NULL DEFAULT '{}',            -- {"gender": {"code": "2", "reason": "…"}}
    shares          jsonb NOT NULL DEFAULT '[]',            -- [{"organisation": id, "amount": "…"}], the convening one first; "" while missing
    amount          numeric(20, 3) NOT NULL DEFAULT 0 CONSTRAINT request_not_below_zero CHECK (amount >= 0),
    currency        char(3) NOT NULL,
    stage           text NOT NULL CONSTRAINT known_stage CHECK (stage IN
                    ('draft', 'submitted', 'returned', 'ineligible', 'eligible', 'approved', 'declined', 'withdrawn')),
    submitted_at    timestamptz,
    submission      integer NOT NULL DEFAULT 0,             -- the newest frozen version; 0 before the first
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    created_by      uuid REFERENCES persons,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CONSTRAINT submitted_has_a_time CHECK ((stage IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL) AND (submitted_at IS NULL) = (submission = 0))
);
CREATE INDEX proposals_by_call ON proposals (call, ref);
CREATE INDEX proposals_by_organisation ON proposals (organisation, ref);
CREATE INDEX proposals_by_state ON proposals (state, ref);
CREATE INDEX proposals_by_stage ON proposals (stage, ref);

-- An endorsement is of one content, named by its hash; a change asks for a new one.
CREATE TABLE endorsements (
    id           uuid PRIMARY KEY,
    proposal     uuid NOT NULL REFERENCES proposals,
    content_hash bytea NOT NULL,
    state        uuid NOT NULL REFERENCES organisations,
    person       uuid NOT NULL REFERENCES persons,
    note         text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    CONSTRAINT endorsed_once UNIQUE (proposal, content_hash, state)
);
SELECT append_only('endorsements');

-- What was submitted, frozen. Scores and decisions name a version.
CREATE TABLE proposal_versions (
    proposal     uuid NOT NULL REFERENCES proposals,
    n            integer NOT NULL,
    content      text NOT NULL, -- canonical JSON: these very bytes were hashed
    content_hash bytea NOT NULL,
    person       uuid REFERENCES persons,
    receipt      text NOT NULL CONSTRAINT one_submission_a_receipt UNIQUE,
    late         boolean NOT NULL DEFAULT false, -- taken after the call closed, where the charter flags instead of refusing
    at           timestamptz NOT NULL,
    PRIMARY KEY (proposal, n)
);
SELECT append_only('proposal_versions');

CREATE TABLE screenings (
    id       uuid PRIMARY KEY,
    proposal uuid NOT NULL,
    n        integer NOT NULL,
    outcome  text NOT NULL CONSTRAINT known_screening CHECK (outcome IN ('eligible', 'ineligible', 'returned')),
    reason   text NOT NULL,
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT screened_once UNIQUE (proposal, n),
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions
);
SELECT append_only('screenings');
