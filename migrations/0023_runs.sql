-- Work that takes longer than somebody should wait for: what was asked, how far it
-- is, and what was answered. It is the program's own, and no fact of the fund: the
-- act that it comes to is in the books as any other.
CREATE TABLE runs (
    id           uuid PRIMARY KEY,
    person       uuid NOT NULL REFERENCES persons,
    membership   uuid NOT NULL REFERENCES memberships, -- the hat it was asked under
    language     text NOT NULL,
    method       text NOT NULL,
    path         text NOT NULL,
    content_type text NOT NULL,
    if_match     text NOT NULL DEFAULT '',
    key          text NOT NULL CONSTRAINT run_has_a_key CHECK (key <> ''),
    hash         bytea NOT NULL,
    body         bytea, -- until it has ended
    name         text NOT NULL DEFAULT '', -- what the person calls it: the file's name
    phase        text NOT NULL DEFAULT '' CONSTRAINT known_run_phase CHECK (phase IN ('', 'reading', 'matching', 'writing')),
    done         bigint NOT NULL DEFAULT 0,
    total        bigint NOT NULL DEFAULT 0 CONSTRAINT no_more_done_than_there_is CHECK (done BETWEEN 0 AND total),
    status       integer CONSTRAINT status_of_an_answer CHECK (status BETWEEN 200 AND 599),
    location     text NOT NULL DEFAULT '',
    answer       jsonb,
    asked_at     timestamptz NOT NULL,
    started_at   timestamptz,
    beat_at      timestamptz, -- when whoever does it was last heard of
    ended_at     timestamptz,
    CONSTRAINT a_key_is_one_run UNIQUE (person, key),
    CONSTRAINT what_ended_has_an_answer CHECK ((ended_at IS NULL) = (status IS NULL)),
    CONSTRAINT what_ended_keeps_no_input CHECK ((ended_at IS NULL) = (body IS NOT NULL))
);
CREATE INDEX runs_by_person ON runs (person, asked_at DESC);

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE (body, phase, done, total, status, location, answer, started_at, beat_at, ended_at) ON runs TO fund_app;
        GRANT DELETE ON runs TO fund_app;
    END IF;
END $$;
