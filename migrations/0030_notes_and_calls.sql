-- The note verbale by which a state names its focal point. It counts when another
-- person has compared its scan with it: only then does anybody endorse on its ground,
-- and only then is the former over. A note that counts has an accreditation of its id.
CREATE TABLE accreditation_notes (
    id            uuid PRIMARY KEY,
    state         uuid NOT NULL REFERENCES organisations,
    email         text NOT NULL CONSTRAINT note_names_somebody CHECK (email <> ''),
    name          text NOT NULL,
    language      text NOT NULL,
    from_on       date NOT NULL,
    replaces      uuid REFERENCES memberships,
    reference     text NOT NULL CONSTRAINT note_has_a_reference CHECK (reference <> ''),
    document_hash text NOT NULL,
    person        uuid NOT NULL REFERENCES persons, -- who brought it
    at            timestamptz NOT NULL
);
CREATE INDEX accreditation_notes_by_time ON accreditation_notes (at);
-- Those of before counted as they were recorded, and stand.
INSERT INTO accreditation_notes (id, state, email, name, language, from_on, replaces, reference, document_hash, person, at)
SELECT a.membership, a.state, p.email, p.name, p.language, lower(m.term), a.replaces, a.reference, a.document_hash, a.person, a.at
FROM accreditations a JOIN memberships m ON m.id = a.membership JOIN persons p ON p.id = m.person;
SELECT append_only('accreditation_notes');

CREATE TABLE accreditation_checks (
    note     uuid PRIMARY KEY REFERENCES accreditation_notes,
    accepted boolean NOT NULL,
    reason   text NOT NULL DEFAULT '' CONSTRAINT note_refused_with_a_reason CHECK (accepted OR reason <> ''),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('accreditation_checks');

-- A call that was drafted and given up: nobody but the secretariat ever saw it.
CREATE TABLE call_discards (
    call   uuid PRIMARY KEY REFERENCES calls,
    reason text NOT NULL CONSTRAINT call_is_discarded_with_a_reason CHECK (reason <> ''),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('call_discards');
