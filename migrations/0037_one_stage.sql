-- Entries of a call of one stage are written as joint programme documents from the
-- first: such a call has no concept note and so no form of one. Calls that were
-- announced on a concept note keep it.
ALTER TABLE calls
    DROP CONSTRAINT concept_form_is_numbered,
    ADD CONSTRAINT concept_form_is_numbered CHECK (concept_form > 0 OR concept_form = 0 AND stages = 1);
UPDATE calls SET concept_form = 0 WHERE stages = 1 AND announced_at IS NULL;
