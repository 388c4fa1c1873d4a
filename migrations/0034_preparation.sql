-- Preparation money for a concept note that the body selects is a programme of its
-- own, of the same proposal: its money is allocated, transferred and freed as any
-- other's, and told apart from the programme that may follow.
ALTER TABLE programmes ADD COLUMN preparation boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT preparation_comes_of_a_decision CHECK (NOT preparation OR decision IS NOT NULL);
ALTER TABLE programmes DROP CONSTRAINT one_programme_a_proposal;
CREATE UNIQUE INDEX one_programme_a_proposal ON programmes (proposal) WHERE NOT preparation;
CREATE UNIQUE INDEX one_preparation_a_proposal ON programmes (proposal) WHERE preparation;
