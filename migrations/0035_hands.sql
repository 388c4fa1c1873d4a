-- Whose hands a proposal has been through, and since when: who works or has worked on
-- it, handed it in or appealed for it. They judge nothing of it, under whatever hat.
-- wrote is false of whoever only handed it in on the word of its applicant's letter.
CREATE VIEW proposal_hands AS
SELECT proposal, person, bool_or(wrote) AS wrote, min(at) AS at FROM (
    SELECT proposal, person, true AS wrote, at FROM team_entries
    UNION ALL
    SELECT v.proposal, v.person, b.person IS NULL, v.at FROM proposal_versions v
    LEFT JOIN submissions_on_behalf b ON b.proposal = v.proposal AND b.n = v.n WHERE v.person IS NOT NULL
    UNION ALL
    SELECT s.proposal, a.person, true, a.at FROM appeals a JOIN screenings s ON s.id = a.screening) hands
GROUP BY proposal, person;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT SELECT ON proposal_hands TO fund_app;
END $$;
