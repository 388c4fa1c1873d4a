-- A second round of scores has a last day; those of before have none.
ALTER TABLE score_rounds ADD COLUMN due_at timestamptz CONSTRAINT second_scores_have_time CHECK (due_at > at);
