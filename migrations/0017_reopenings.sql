-- A proposal that stands as eligible may be given back for mending. What its next
-- version changes decides whether the scores and questions about the one before still
-- count: they are kept, and read as being about what they were about.
CREATE TABLE reopenings (
    proposal uuid NOT NULL,
    n        integer NOT NULL, -- of the version that is given back
    reason   text NOT NULL CONSTRAINT reopening_has_a_reason CHECK (reason <> ''),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT a_version_is_given_back_once PRIMARY KEY (proposal, n),
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions
);
SELECT append_only('reopenings');

CREATE TABLE version_changes (
    proposal      uuid NOT NULL,
    n             integer NOT NULL,
    changed       text[] NOT NULL,  -- members that differ from version n - 1: "title", "answers/risks"
    assessed_from integer NOT NULL, -- scores and questions about this version or later ones are about what n says too
    PRIMARY KEY (proposal, n),
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions,
    CONSTRAINT assessed_from_a_version_there_was CHECK (assessed_from BETWEEN 1 AND n)
);
SELECT append_only('version_changes');

-- A question about what the proposal no longer says is void: it is listed anew.
CREATE TABLE voidings (
    question uuid PRIMARY KEY REFERENCES questions,
    proposal uuid NOT NULL,
    n        integer NOT NULL, -- the version that says something else
    at       timestamptz NOT NULL,
    FOREIGN KEY (proposal, n) REFERENCES version_changes
);
SELECT append_only('voidings');

ALTER TABLE questions DROP CONSTRAINT known_question_state,
    ADD CONSTRAINT known_question_state CHECK (state IN ('listed', 'open', 'adopted', 'not-adopted', 'referred', 'withdrawn', 'voided'));
