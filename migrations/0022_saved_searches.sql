-- What a person looks for again and again: the address's query of a list, under a name
-- of their own. One of a list's may be what it opens with.
CREATE TABLE saved_searches (
    id     uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES persons,
    list   text NOT NULL CONSTRAINT known_list CHECK (list IN ('proposals')),
    name   text NOT NULL CONSTRAINT search_has_a_name CHECK (name <> ''),
    query  text NOT NULL,
    opens  boolean NOT NULL DEFAULT false,
    at     timestamptz NOT NULL,
    CONSTRAINT one_search_a_name UNIQUE (person, list, name)
);
CREATE UNIQUE INDEX one_search_opens_a_list ON saved_searches (person, list) WHERE opens;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN GRANT UPDATE (query, opens, at), DELETE ON saved_searches TO fund_app; END IF;
END $$;
