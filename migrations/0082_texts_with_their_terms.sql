-- A proposed text may name what money goes with it, at or below the request, and under what
-- conditions: once it is taken they are the question's. What was listed stays as it was.
ALTER TABLE proposed_texts
    ADD COLUMN amount     numeric(20, 3) CONSTRAINT proposed_amount_is_positive CHECK (amount > 0),
    ADD COLUMN currency   char(3),
    ADD COLUMN shares     jsonb, -- as a question's
    ADD COLUMN conditions jsonb, -- as a question's; null: those that stand
    ADD CONSTRAINT proposed_amount_has_its_shares CHECK ((amount IS NULL) = (shares IS NULL) AND (amount IS NULL) = (currency IS NULL));

CREATE VIEW question_terms AS
SELECT q.id AS question, coalesce(m.amount, q.amount) AS amount, coalesce(m.currency, q.currency) AS currency, coalesce(m.shares, q.shares) AS shares,
    coalesce(k.conditions, q.conditions) AS conditions
FROM questions q
    LEFT JOIN LATERAL (SELECT x.amount, x.currency, x.shares FROM proposed_texts x JOIN text_answers a USING (question, n)
        WHERE x.question = q.id AND a.version IS NOT NULL AND x.amount IS NOT NULL ORDER BY a.version DESC LIMIT 1) m ON true
    LEFT JOIN LATERAL (SELECT x.conditions FROM proposed_texts x JOIN text_answers a USING (question, n)
        WHERE x.question = q.id AND a.version IS NOT NULL AND x.conditions IS NOT NULL ORDER BY a.version DESC LIMIT 1) k ON true;

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT SELECT ON question_terms TO fund_app;
    END IF;
END $$;
