-- Screening by the charter's checklist, with points that the applicant ticks off;
-- appeals against a finding; and submissions that the secretariat makes for an
-- applicant. An appeal that is upheld opens the submission to a finding anew, and
-- the one before stays on record.
ALTER TABLE screenings DROP CONSTRAINT screened_once;
ALTER TABLE screenings ADD COLUMN finding integer NOT NULL DEFAULT 1 CONSTRAINT findings_count_from_one CHECK (finding >= 1);
ALTER TABLE screenings ADD CONSTRAINT one_finding_a_turn UNIQUE (proposal, n, finding);

CREATE TABLE screening_checks (
    screening uuid NOT NULL REFERENCES screenings,
    item      text NOT NULL, -- a key of the charter's checklist
    mark      text NOT NULL CONSTRAINT known_check CHECK (mark IN ('met', 'not-met', 'not-applicable')),
    remark    text NOT NULL,
    PRIMARY KEY (screening, item)
);
SELECT append_only('screening_checks');

CREATE TABLE screening_points (
    id        uuid PRIMARY KEY,
    screening uuid NOT NULL REFERENCES screenings,
    number    integer NOT NULL,
    field     text NOT NULL, -- a JSON Pointer, or '' for a whole section
    section   text NOT NULL,
    todo      text NOT NULL CONSTRAINT points_say_what_to_do CHECK (todo <> ''),
    CONSTRAINT points_name_a_place CHECK (field <> '' OR section <> ''),
    CONSTRAINT points_are_numbered UNIQUE (screening, number)
);
SELECT append_only('screening_points');

-- The last word of the applicant on a point counts.
CREATE TABLE point_mendings (
    seq    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    point  uuid NOT NULL REFERENCES screening_points,
    mended boolean NOT NULL,
    note   text NOT NULL,
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
CREATE INDEX point_mendings_by_point ON point_mendings (point, seq);
SELECT append_only('point_mendings');

CREATE TABLE appeals (
    id        uuid PRIMARY KEY,
    screening uuid NOT NULL REFERENCES screenings CONSTRAINT one_appeal_a_finding UNIQUE,
    reason    text NOT NULL CONSTRAINT appeals_have_a_reason CHECK (reason <> ''),
    person    uuid NOT NULL REFERENCES persons,
    at        timestamptz NOT NULL
);
SELECT append_only('appeals');

CREATE TABLE appeal_decisions (
    appeal uuid PRIMARY KEY REFERENCES appeals,
    upheld boolean NOT NULL,
    reason text NOT NULL CONSTRAINT appeals_are_decided_with_a_reason CHECK (reason <> ''),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('appeal_decisions');

-- By whom, and on the ground of which paper, a submission was made for an applicant.
CREATE TABLE submissions_on_behalf (
    proposal      uuid NOT NULL,
    n             integer NOT NULL,
    reason        text NOT NULL CONSTRAINT done_for_a_reason CHECK (reason <> ''),
    reference     text NOT NULL CONSTRAINT on_a_paper CHECK (reference <> ''),
    document_hash text NOT NULL, -- SHA-256 of its scan, or ''
    person        uuid NOT NULL REFERENCES persons,
    at            timestamptz NOT NULL,
    PRIMARY KEY (proposal, n),
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions
);
SELECT append_only('submissions_on_behalf');
