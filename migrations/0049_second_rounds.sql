-- A second round of scores is opened for what a proposal says, with the reason. A score
-- says in which round it was given; both of a seat's are kept.
CREATE TABLE score_rounds (
    proposal uuid NOT NULL,
    version  integer NOT NULL,
    reason   text NOT NULL CONSTRAINT second_round_has_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT one_second_round_a_version PRIMARY KEY (proposal, version),
    FOREIGN KEY (proposal, version) REFERENCES proposal_versions
);
SELECT append_only('score_rounds');

ALTER TABLE scores ADD COLUMN round integer NOT NULL DEFAULT 1 CONSTRAINT round_is_first_or_second CHECK (round IN (1, 2));

-- How assessors' totals become a proposal's is a condition of its call.
ALTER TABLE calls ADD COLUMN score_total text CONSTRAINT known_score_total CHECK (score_total IN ('mean-of-assessors', 'sum-of-assessors')); -- null: as the charter says

CREATE FUNCTION announced_call_keeps_its_total() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.announced_at IS NOT NULL AND NEW.score_total IS DISTINCT FROM OLD.score_total THEN
        RAISE EXCEPTION 'an announced call keeps its conditions' USING ERRCODE = 'check_violation', CONSTRAINT = 'announced_call_keeps_its_conditions';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER announced_call_keeps_its_total BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION announced_call_keeps_its_total();

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (score_total) ON calls TO fund_app;
END $$;
