-- Who may speak for a state, and what was said for it. An endorsement keeps the very
-- content it was given for, so that what changed since can be shown.
ALTER TABLE endorsements ADD COLUMN content text, ADD COLUMN paper uuid;

-- The note by which a state accredits a focal point, and ends another's time.
CREATE TABLE accreditations (
    membership    uuid PRIMARY KEY REFERENCES memberships,
    state         uuid NOT NULL REFERENCES organisations,
    replaces      uuid REFERENCES memberships CONSTRAINT replaced_once UNIQUE,
    reference     text NOT NULL CONSTRAINT accreditation_has_a_reference CHECK (reference <> ''),
    document_hash text NOT NULL DEFAULT '',
    person        uuid NOT NULL REFERENCES persons, -- who recorded it
    at            timestamptz NOT NULL,
    CONSTRAINT replaces_another CHECK (replaces <> membership)
);
SELECT append_only('accreditations');

CREATE TABLE signed_papers (
    id            uuid PRIMARY KEY,
    proposal      uuid NOT NULL REFERENCES proposals,
    kind          text NOT NULL CONSTRAINT known_kind_of_paper CHECK (kind IN ('endorsement', 'sign-off')),
    state         uuid REFERENCES organisations CONSTRAINT endorsement_is_a_states CHECK (kind <> 'endorsement' OR state IS NOT NULL),
    content_hash  bytea NOT NULL,
    content       text NOT NULL,
    signer        text NOT NULL,
    title         text NOT NULL,
    body          text NOT NULL,
    signed_on     date NOT NULL,
    reference     text NOT NULL,
    document_hash text NOT NULL CONSTRAINT scan_has_a_hash CHECK (document_hash ~ '^[0-9a-f]{64}$'),
    person        uuid NOT NULL REFERENCES persons,
    at            timestamptz NOT NULL
);
CREATE INDEX signed_papers_by_proposal ON signed_papers (proposal, at);
SELECT append_only('signed_papers');
ALTER TABLE endorsements ADD CONSTRAINT endorsed_on_a_paper FOREIGN KEY (paper) REFERENCES signed_papers;

CREATE TABLE paper_checks (
    paper    uuid PRIMARY KEY REFERENCES signed_papers,
    accepted boolean NOT NULL,
    reason   text NOT NULL DEFAULT '' CONSTRAINT refused_with_a_reason CHECK (accepted OR reason <> ''),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('paper_checks');

CREATE TABLE part_confirmations (
    id           uuid PRIMARY KEY,
    proposal     uuid NOT NULL REFERENCES proposals,
    organisation uuid NOT NULL REFERENCES organisations,
    amount       text NOT NULL,
    person       uuid NOT NULL REFERENCES persons,
    note         text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    CONSTRAINT part_confirmed_once UNIQUE (proposal, organisation, amount)
);
SELECT append_only('part_confirmations');
