-- What stands below wherever a name of an organisation stands, from a day on: the
-- notes that go with official names of states and territories. In six languages.
CREATE TABLE footnotes (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations,
    texts        jsonb NOT NULL CONSTRAINT footnote_in_six_languages CHECK (
        jsonb_exists_all(texts, ARRAY['en', 'fr', 'es', 'ar', 'ru', 'zh'])),
    from_on      date NOT NULL,
    source       text NOT NULL CONSTRAINT footnote_has_a_source CHECK (source <> ''), -- the document that says so
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL
);
CREATE INDEX footnotes_by_organisation ON footnotes (organisation);
SELECT append_only('footnotes');

CREATE TABLE footnote_endings (
    footnote uuid PRIMARY KEY REFERENCES footnotes,
    until_on date NOT NULL, -- the first day without it
    reason   text NOT NULL CONSTRAINT ending_of_a_footnote_has_a_reason CHECK (reason <> ''),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('footnote_endings');
