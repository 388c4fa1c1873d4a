-- A proposal is declined on the body's word alone: a vote over its submission that
-- fell, or a decision that says so.
CREATE TABLE declinings (
    proposal uuid PRIMARY KEY REFERENCES proposals,
    n        integer NOT NULL,
    question uuid REFERENCES questions,
    decision uuid REFERENCES decisions,
    reason   text NOT NULL CONSTRAINT a_declining_has_a_reason CHECK (reason <> ''),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    FOREIGN KEY (proposal, n) REFERENCES proposal_versions,
    CONSTRAINT declined_on_one_word CHECK ((question IS NULL) <> (decision IS NULL))
);
SELECT append_only('declinings');
