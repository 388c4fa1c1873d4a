-- What a proposal says beyond a concept note's own columns: how wide it reaches, its
-- other owner states, the answers to its form, and its budget by organisation, line and
-- year. A case runs in one stage or two: a concept note, then a joint programme document.
ALTER TABLE calls
    ADD COLUMN stages smallint NOT NULL DEFAULT 1 CONSTRAINT one_stage_or_two CHECK (stages IN (1, 2)),
    ADD COLUMN concept_form integer NOT NULL DEFAULT 1 CONSTRAINT concept_form_is_numbered CHECK (concept_form > 0),
    ADD COLUMN document_form integer NOT NULL DEFAULT 1 CONSTRAINT document_form_is_numbered CHECK (document_form > 0);

ALTER TABLE proposals
    ADD COLUMN phase text NOT NULL DEFAULT 'concept' CONSTRAINT known_phase CHECK (phase IN ('concept', 'document')),
    ADD COLUMN form integer NOT NULL DEFAULT 1 CONSTRAINT form_is_numbered CHECK (form > 0), -- of the phase; the one it was begun under
    ADD COLUMN scope text NOT NULL DEFAULT 'national' CONSTRAINT known_scope CHECK (scope IN ('national', 'regional', 'global')),
    ADD COLUMN other_states uuid[] NOT NULL DEFAULT '{}', -- owner states beside state, of a regional or global programme
    ADD COLUMN answers jsonb NOT NULL DEFAULT '{}' CONSTRAINT answers_are_an_object CHECK (jsonb_typeof(answers) = 'object'),
    ADD COLUMN budget jsonb NOT NULL DEFAULT '[]' CONSTRAINT budget_is_a_list CHECK (jsonb_typeof(budget) = 'array');
