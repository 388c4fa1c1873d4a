-- Who is of the Executive Committee, from when to when and on what paper: a list of its
-- own, beside the constituencies. An organisation may be on it and speak through any.
CREATE TABLE committee_terms (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations,
    term         daterange NOT NULL CONSTRAINT committee_term_begins CHECK (NOT lower_inf(term) AND NOT isempty(term)),
    note         text NOT NULL CONSTRAINT committee_term_has_a_paper CHECK (note <> '' AND length(note) <= 2000),
    left_note    text NOT NULL DEFAULT '' CONSTRAINT committee_ending_is_short CHECK (length(left_note) <= 2000),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT on_the_committee_once EXCLUDE USING gist (organisation WITH =, term WITH &&)
);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (term, left_note) ON committee_terms TO fund_app;
END $$;
