-- Why a question was taken back from the body, or off an agenda.
CREATE TABLE question_withdrawals (
    question uuid PRIMARY KEY REFERENCES questions,
    reason   text NOT NULL CONSTRAINT withdrawal_is_not_long CHECK (length(reason) <= 4000), -- '' of one that was never put
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('question_withdrawals');
