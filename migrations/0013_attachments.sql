-- A file that somebody says belongs to something: a proposal, a call. Its hash is
-- named at once and its bytes come in parts, so that a line that breaks costs one
-- part. Their types, sizes and numbers are the charter's to limit.
CREATE TABLE attachments (
    id           uuid PRIMARY KEY,
    kind         text NOT NULL,
    subject      uuid NOT NULL,
    name         text NOT NULL CONSTRAINT a_file_has_a_name CHECK (name <> ''), -- for people; no path is made of it
    size         bigint NOT NULL CONSTRAINT a_file_has_bytes CHECK (size > 0),
    sha256       bytea NOT NULL CONSTRAINT a_hash_has_32_bytes CHECK (length(sha256) = 32),
    person       uuid NOT NULL REFERENCES persons,
    organisation uuid NOT NULL REFERENCES organisations,
    at           timestamptz NOT NULL
);
CREATE INDEX attachments_by_subject ON attachments (kind, subject);
CREATE INDEX attachments_by_hash ON attachments (sha256);
SELECT append_only('attachments');

-- All bytes of one have come, and this is what they are by what is in them. Each
-- attachment's own came here: to know a hash is not to have the file.
CREATE TABLE attachment_arrivals (
    attachment uuid PRIMARY KEY REFERENCES attachments,
    type       text NOT NULL,
    at         timestamptz NOT NULL
);
SELECT append_only('attachment_arrivals');

-- Taken away again, from what was not submitted with it.
CREATE TABLE attachment_removals (
    attachment uuid PRIMARY KEY REFERENCES attachments,
    person     uuid REFERENCES persons,
    at         timestamptz NOT NULL
);
SELECT append_only('attachment_removals');

-- What a version of a proposal was submitted with, and until when its bytes may come.
CREATE TABLE submitted_attachments (
    proposal   uuid NOT NULL,
    n          integer NOT NULL,
    attachment uuid NOT NULL REFERENCES attachments,
    due        timestamptz NOT NULL,
    PRIMARY KEY (proposal, n, attachment),
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions
);
CREATE INDEX submitted_attachments_by_file ON submitted_attachments (attachment);
SELECT append_only('submitted_attachments');

-- That bytes did not come in time was told once.
CREATE TABLE missed_attachments (
    proposal uuid NOT NULL,
    n        integer NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (proposal, n),
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions
);
SELECT append_only('missed_attachments');

-- The parts that have come of a file that is not whole; gone when it is.
CREATE TABLE attachment_parts (
    attachment uuid NOT NULL REFERENCES attachments,
    at_byte    bigint NOT NULL,
    size       integer NOT NULL,
    sha256     bytea NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (attachment, at_byte)
);

-- The bytes that are kept, once each, however many attachments name them.
CREATE TABLE files (
    sha256 bytea PRIMARY KEY,
    size   bigint NOT NULL,
    type   text NOT NULL,
    at     timestamptz NOT NULL
);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT DELETE ON attachment_parts, files TO fund_app;
END $$;
