-- The pipeline: programmes that the body has taken up and that wait for a document or
-- for money. They enter and leave by decision alone; it is published in editions,
-- which never change. What is told of a programme that has no proposal stands here;
-- of one that has, its submissions say it.
CREATE TABLE pipeline_moves (
    question uuid PRIMARY KEY REFERENCES questions,
    move     text NOT NULL CONSTRAINT known_move CHECK (move IN ('enter', 'leave')),
    entry    uuid,
    reason   text NOT NULL DEFAULT '' CONSTRAINT known_reason_to_leave CHECK (reason IN ('', 'funded-elsewhere', 'withdrawn', 'superseded', 'not-pursued')),
    facts    jsonb,
    CONSTRAINT a_move_is_of_an_entry_or_tells_one CHECK (CASE move WHEN 'leave' THEN entry IS NOT NULL AND reason <> '' AND facts IS NULL
                                                                   ELSE entry IS NULL AND reason = '' AND facts IS NOT NULL END)
);

CREATE TABLE pipeline_entries (
    id         uuid PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT one_entry_a_ref UNIQUE,
    proposal   uuid REFERENCES proposals,
    decision   uuid NOT NULL CONSTRAINT one_entry_a_decision UNIQUE REFERENCES decisions,
    entered_at timestamptz NOT NULL
);
CREATE INDEX pipeline_entries_by_proposal ON pipeline_entries (proposal);

ALTER TABLE pipeline_moves ADD CONSTRAINT what_leaves_had_entered FOREIGN KEY (entry) REFERENCES pipeline_entries;
SELECT append_only('pipeline_moves');
SELECT append_only('pipeline_entries');

-- What was told of an entry without a proposal: with the decision, then corrected.
CREATE TABLE pipeline_facts (
    entry  uuid NOT NULL REFERENCES pipeline_entries,
    n      integer NOT NULL CONSTRAINT facts_count_from_one CHECK (n > 0),
    facts  jsonb NOT NULL,
    reason text NOT NULL DEFAULT '',
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL,
    CONSTRAINT one_telling_a_number PRIMARY KEY (entry, n),
    CONSTRAINT corrected_facts_say_why CHECK (n = 1 OR reason <> '')
);
SELECT append_only('pipeline_facts');

CREATE TABLE pipeline_leavings (
    entry    uuid PRIMARY KEY REFERENCES pipeline_entries,
    decision uuid NOT NULL REFERENCES decisions,
    reason   text NOT NULL CONSTRAINT left_for_a_reason CHECK (reason IN ('funded', 'funded-elsewhere', 'withdrawn', 'superseded', 'not-pursued')),
    at       timestamptz NOT NULL
);
SELECT append_only('pipeline_leavings');

CREATE TABLE pipeline_editions (
    n            integer PRIMARY KEY CONSTRAINT editions_count_from_one CHECK (n > 0),
    published_on date NOT NULL,
    content      text NOT NULL, -- canonical JSON: these very bytes were hashed
    content_hash bytea NOT NULL CONSTRAINT edition_is_what_was_hashed CHECK (content_hash = sha256(convert_to(content, 'UTF8'))),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL
);
SELECT append_only('pipeline_editions');

-- Concept notes that the body has selected before there was a list are on it, and off
-- it where money was granted since.
INSERT INTO pipeline_entries (id, ref, proposal, decision, entered_at)
SELECT gen_random_uuid(), 'PL-' || year || '-' || lpad((row_number() OVER (PARTITION BY year ORDER BY adopted_at, number))::text, 3, '0'), proposal, id, adopted_at
FROM (SELECT DISTINCT ON (proposal) substr(number, 1, 4) AS year, number, id, proposal, adopted_at FROM decisions
      WHERE kind = 'pipeline' AND proposal IS NOT NULL ORDER BY proposal, adopted_at) first;
INSERT INTO pipeline_leavings (entry, decision, reason, at)
SELECT e.id, d.id, 'funded', d.adopted_at FROM pipeline_entries e JOIN decisions d ON d.proposal = e.proposal AND d.kind = 'grant';
INSERT INTO counters (name, last) SELECT 'pipeline:' || substr(ref, 4, 4), count(*) FROM pipeline_entries GROUP BY 1;
