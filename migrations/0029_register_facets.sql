-- What the register counts by. A row's values stand packed in one narrow column, made by
-- the database itself whenever the row is: to count all there is, a hundred pages of an
-- index are read and the values counted as they pass, where fifteen counts of the rows
-- themselves took half a second.

-- facets_of packs the values of a row: for each a letter that says of what field it is,
-- the length of the value, the value; of an id its 16 bytes. What is empty is left out.
CREATE FUNCTION facets_of(call uuid, organisation uuid, states uuid[], partners uuid[], objectives smallint[], goals text[], words text[]) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(string_agg(set_byte(set_byte('\x0000', 0, ascii(x.field)), 1, length(x.value)) || x.value, ''), '') FROM (
        SELECT 'c', uuid_send(call) UNION ALL SELECT 'o', uuid_send(organisation)
        UNION ALL SELECT DISTINCT 's', uuid_send(id) FROM unnest(states) id UNION ALL SELECT DISTINCT 'p', uuid_send(id) FROM unnest(partners) id
        UNION ALL SELECT DISTINCT 'j', convert_to(n::text, 'UTF8') FROM unnest(objectives) n
        UNION ALL SELECT DISTINCT 'g', convert_to(left(goal, 60), 'UTF8') FROM unnest(goals) goal
        UNION ALL SELECT left(word, 1), convert_to(substr(left(word, 61), 2), 'UTF8') FROM unnest(words) word) x(field, value) WHERE length(x.value) > 0);

ALTER TABLE register ADD facets bytea NOT NULL GENERATED ALWAYS AS (facets_of(call, organisation, states, partners, objectives, goals,
    ARRAY['t' || stage, 'h' || phase, 'a' || area, 'w' || scope, 'l' || language, CASE WHEN late THEN 'ftrue' ELSE 'ffalse' END])) STORED;

-- Each order, and the key, holds what a reading that goes by it needs: the rows
-- themselves are opened for the fifty that are shown.
ALTER TABLE register DROP CONSTRAINT register_pkey, ADD PRIMARY KEY (seen, proposal) INCLUDE (facets);
DROP INDEX register_by_ref, register_by_title, register_by_organisation_name, register_by_state_name, register_by_call_ref, register_by_area,
    register_by_stage, register_by_amount, register_by_submission;
CREATE UNIQUE INDEX register_by_ref ON register (seen, ref_key) INCLUDE (proposal, ref);
CREATE INDEX register_by_title ON register (seen, title_key, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_organisation_name ON register (seen, organisation_key, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_state_name ON register (seen, state_key, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_call_ref ON register (seen, call_ref, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_area ON register (seen, area, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_stage ON register (seen, stage, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_amount ON register (seen, amount, ref_key) INCLUDE (proposal);
CREATE INDEX register_by_submission ON register (seen, submitted_key, ref_key) INCLUDE (proposal);

-- The words, the titles and the text stand beside the row, not in it: a search reads
-- where it found them, and of a common word that is a third of all rows.
CREATE TABLE register_texts (LIKE register_words) WITH (toast_tuple_target = 128);
INSERT INTO register_texts SELECT * FROM register_words;
DROP TABLE register_words;
ALTER TABLE register_texts RENAME TO register_words;
ALTER TABLE register_words ADD PRIMARY KEY (seen, proposal), ADD FOREIGN KEY (proposal) REFERENCES proposals;

-- dear is its argument. PostgreSQL takes what a proposal says for as cheap to look through
-- as a number, and would read all of it for a common word: the cost of it is said here, and
-- the indexes are of what is dear.
CREATE FUNCTION dear(said tsvector) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS 'BEGIN RETURN said; END';
CREATE INDEX words_of_what_is_written ON register_words USING gin (dear(words)) WHERE seen = 'written';
CREATE INDEX words_of_what_was_submitted ON register_words USING gin (dear(words)) WHERE seen = 'submitted';
CREATE INDEX titles_of_what_is_written ON register_words USING gin (dear(titles)) WHERE seen = 'written';
CREATE INDEX titles_of_what_was_submitted ON register_words USING gin (dear(titles)) WHERE seen = 'submitted';
-- How common a word is, PostgreSQL learns of an index only where it is of all rows.
CREATE STATISTICS how_common_words_are ON (dear(words)) FROM register_words;
CREATE STATISTICS how_common_titles_are ON (dear(titles)) FROM register_words;
ANALYZE register, register_words;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN REVOKE INSERT ON register_words FROM fund_app; END IF;
END $$;
