-- Who works on a proposal, and how they came to: the newest entry of a person says
-- what they do. Entries are only added; who began a proposal leads it.
CREATE TABLE team_entries (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal     uuid NOT NULL REFERENCES proposals,
    person       uuid NOT NULL REFERENCES persons,
    organisation uuid NOT NULL REFERENCES organisations,
    role         text NOT NULL CONSTRAINT known_part_in_a_team CHECK (role IN ('lead', 'editor', 'finance', 'reader', '')),
    how          text NOT NULL CONSTRAINT known_way_into_a_team CHECK (how IN
                 ('began', 'joined', 'invited', 'changed', 'handed-over', 'taken-over', 'left', 'removed')),
    by_person    uuid NOT NULL REFERENCES persons,
    reason       text NOT NULL DEFAULT '' CONSTRAINT taking_over_has_a_reason CHECK (how <> 'taken-over' OR reason <> ''),
    at           timestamptz NOT NULL,
    CONSTRAINT who_is_out_does_nothing CHECK ((how IN ('left', 'removed')) = (role = ''))
);
CREATE INDEX team_entries_by_proposal ON team_entries (proposal, person, seq DESC);
CREATE INDEX team_entries_by_person ON team_entries (person, proposal);
SELECT append_only('team_entries');

INSERT INTO team_entries (proposal, person, organisation, role, how, by_person, at)
SELECT id, created_by, organisation, 'lead', 'began', created_by, created_at FROM proposals WHERE created_by IS NOT NULL ORDER BY created_at, id;

CREATE VIEW proposal_team AS
SELECT proposal, person, organisation, role, at FROM (
    SELECT DISTINCT ON (proposal, person) proposal, person, organisation, role, at FROM team_entries ORDER BY proposal, person, seq DESC) newest
WHERE role <> '';

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT SELECT ON proposal_team TO fund_app;
END $$;
