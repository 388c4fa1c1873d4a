-- Other texts that seats of the roll propose for a question, and what whoever presides
-- says to each. The text of a question is the last that was taken, or else as listed.
CREATE TABLE proposed_texts (
    question uuid NOT NULL REFERENCES questions,
    n        integer NOT NULL CONSTRAINT texts_count_from_one CHECK (n >= 1),
    seat     uuid NOT NULL REFERENCES seats,
    organisation uuid NOT NULL REFERENCES organisations, -- that held the seat then
    text     text NOT NULL CONSTRAINT proposed_text_says_something CHECK (text <> '' AND length(text) <= 40000),
    reason   text NOT NULL CONSTRAINT text_is_proposed_for_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n)
);
SELECT append_only('proposed_texts');

CREATE TABLE text_answers (
    question uuid NOT NULL,
    n        integer NOT NULL,
    version  integer CONSTRAINT text_version_after_the_first CHECK (version >= 2), -- that the question's text became; none where it was not taken
    reason   text NOT NULL DEFAULT '' CONSTRAINT text_is_not_taken_for_a_reason CHECK (length(reason) <= 4000 AND (version IS NOT NULL OR reason <> '')),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n),
    FOREIGN KEY (question, n) REFERENCES proposed_texts,
    CONSTRAINT one_text_a_version UNIQUE (question, version)
);
SELECT append_only('text_answers');

-- The version of the text that a position was taken on: of those taken so far, the only one.
ALTER TABLE positions ADD COLUMN text integer NOT NULL DEFAULT 1 CONSTRAINT text_versions_count_from_one CHECK (text >= 1);
