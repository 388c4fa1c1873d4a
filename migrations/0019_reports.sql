-- Narrative reports of programmes. When one is due follows from the programme's days
-- and its charter, and is kept nowhere; a report names its place in that calendar.
CREATE TABLE reports (
    id         uuid PRIMARY KEY,
    programme  uuid NOT NULL REFERENCES programmes,
    key        text NOT NULL CONSTRAINT report_key_is_of_the_calendar CHECK (key ~ '^(annual-[0-9]{4}|final)$'),
    language   text NOT NULL,
    results    jsonb NOT NULL DEFAULT '{}', -- {"1.1-2": {"value": "412", "note": "…"}}
    outputs    jsonb NOT NULL DEFAULT '{}', -- {"1.1": "delivered"}
    answers    jsonb NOT NULL DEFAULT '{}', -- to the form of reports
    form       integer NOT NULL,
    state      text NOT NULL CONSTRAINT known_report_state CHECK (state IN ('draft', 'submitted', 'returned', 'accepted')),
    submission integer NOT NULL DEFAULT 0, -- the newest frozen version; 0 before the first
    version    integer NOT NULL DEFAULT 1,
    created_by uuid NOT NULL REFERENCES persons,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT one_report_a_key UNIQUE (programme, key),
    CONSTRAINT only_a_draft_was_never_handed_in CHECK ((state = 'draft') = (submission = 0))
);
CREATE INDEX reports_by_state ON reports (state, programme);

CREATE TABLE report_versions (
    report       uuid NOT NULL REFERENCES reports,
    n            integer NOT NULL,
    content      text NOT NULL, -- canonical JSON: these very bytes were hashed
    content_hash bytea NOT NULL,
    due_on       date NOT NULL, -- as the calendar stood then
    late         integer NOT NULL CONSTRAINT lateness_is_days CHECK (late >= 0),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    PRIMARY KEY (report, n)
);
SELECT append_only('report_versions');

-- The files that a version was handed in with; all their bytes were there.
CREATE TABLE report_files (
    report     uuid NOT NULL,
    n          integer NOT NULL,
    attachment uuid NOT NULL REFERENCES attachments,
    PRIMARY KEY (report, n, attachment),
    FOREIGN KEY (report, n) REFERENCES report_versions
);
CREATE INDEX report_files_by_attachment ON report_files (attachment);
SELECT append_only('report_files');

CREATE TABLE report_findings (
    report  uuid NOT NULL,
    n       integer NOT NULL,
    outcome text NOT NULL CONSTRAINT known_report_finding CHECK (outcome IN ('accepted', 'returned')),
    remark  text NOT NULL DEFAULT '',
    person  uuid NOT NULL REFERENCES persons,
    at      timestamptz NOT NULL,
    CONSTRAINT a_version_is_found_on_once PRIMARY KEY (report, n),
    FOREIGN KEY (report, n) REFERENCES report_versions
);
SELECT append_only('report_findings');

CREATE TABLE report_points (
    report  uuid NOT NULL,
    n       integer NOT NULL,
    number  integer NOT NULL,
    section text NOT NULL,
    todo    text NOT NULL CONSTRAINT a_report_point_says_what CHECK (todo <> ''),
    PRIMARY KEY (report, n, number),
    FOREIGN KEY (report, n) REFERENCES report_findings
);
SELECT append_only('report_points');

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (language, results, outputs, answers, state, submission, version, updated_at) ON reports TO fund_app;
    END IF;
END $$;
