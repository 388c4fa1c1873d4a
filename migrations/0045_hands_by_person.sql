-- Whose hands a proposal has been through is asked by person in every list of a body's member
-- (proposal_hands): no large table is read from end to end for it.
CREATE INDEX proposal_versions_by_person ON proposal_versions (person) WHERE person IS NOT NULL;
CREATE INDEX appeals_by_person ON appeals (person);
