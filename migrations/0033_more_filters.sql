-- Proposals are narrowed by more of what they say: the organisation that leads, markers,
-- targets of the 2030 Agenda; and by who has assessed or is asked for advice on what was
-- submitted last. That last is packed apart: not everybody who sees a proposal sees it.

-- assessors_of are the organisations whose scores count for a proposal now.
CREATE FUNCTION assessors_of(p proposals) RETURNS uuid[] LANGUAGE sql STABLE
    RETURN ARRAY(SELECT DISTINCT s.organisation FROM scores s WHERE s.proposal = (p).id AND s.version
        BETWEEN coalesce((SELECT x.assessed_from FROM version_changes x WHERE x.proposal = (p).id AND x.n = (p).submission), (p).submission) AND (p).submission ORDER BY 1);

-- advisers_of are the organisations that are asked about what was submitted last.
CREATE FUNCTION advisers_of(p proposals) RETURNS uuid[] LANGUAGE sql STABLE
    RETURN ARRAY(SELECT DISTINCT a.organisation FROM advice_requests a WHERE a.proposal = (p).id AND a.version = (p).submission
        AND NOT EXISTS (SELECT FROM advice_outcomes o WHERE o.request = a.id AND o.kind = 'withdrawn') ORDER BY 1);

-- packed is a value as facets have it: the letter of its field, its length, itself.
CREATE FUNCTION packed(field text, value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN length(value) > 0 THEN set_byte(set_byte('\x0000', 0, ascii(field)), 1, length(value)) || value ELSE '' END;

-- packed_ids are several ids of one field.
CREATE FUNCTION packed_ids(field text, ids uuid[]) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(string_agg(packed(field, uuid_send(x.id)), ''), '') FROM (SELECT DISTINCT id FROM unnest(ids) id) x);

-- facets_of packs the values of a row. Words come with the letter of their field before them.
DROP FUNCTION facets_of(uuid, uuid, uuid[], uuid[], smallint[], text[], text[]) CASCADE;
CREATE FUNCTION facets_of(call uuid, organisation uuid, lead uuid, states uuid[], partners uuid[], objectives smallint[], goals text[], targets text[], marks text[], words text[])
    RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN packed('c', uuid_send(call)) || packed('o', uuid_send(organisation)) || CASE WHEN lead IS NULL THEN '' ELSE packed('d', uuid_send(lead)) END
        || packed_ids('s', states) || packed_ids('p', partners)
        || (SELECT coalesce(string_agg(packed(left(x.word, 1), convert_to(substr(left(x.word, 61), 2), 'UTF8')), ''), '') FROM (
            SELECT unnest(words) UNION SELECT 'j' || n::text FROM unnest(objectives) n UNION SELECT 'g' || goal FROM unnest(goals) goal
            UNION SELECT 'k' || target FROM unnest(targets) target UNION SELECT 'm' || mark FROM unnest(marks) mark) x(word));

-- fitting is what an index can hold beside the key; of a programme of a hundred states
-- and partners the values are counted from the row itself.
CREATE FUNCTION fitting(facets bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN length(facets) <= 1600 THEN facets END;

ALTER TABLE register
    ADD lead      uuid, -- the convening organisation: the first that asks for a share
    ADD targets   text[] NOT NULL DEFAULT '{}',
    ADD marks     text[] NOT NULL DEFAULT '{}', -- a marker and the step of its scale: "gender.2"
    ADD assessors uuid[] NOT NULL DEFAULT '{}',
    ADD advisers  uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE register
    ADD facets bytea GENERATED ALWAYS AS (fitting(facets_of(call, organisation, lead, states, partners, objectives, goals, targets, marks,
        ARRAY['t' || stage, 'h' || phase, 'a' || area, 'w' || scope, 'l' || language, CASE WHEN late THEN 'ftrue' ELSE 'ffalse' END]))) STORED,
    ADD judged  bytea NOT NULL GENERATED ALWAYS AS (packed_ids('r', assessors)) STORED,
    ADD advised bytea NOT NULL GENERATED ALWAYS AS (packed_ids('v', advisers)) STORED;
-- What an index could not hold, from the row itself.
CREATE FUNCTION facets_of(r register) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN facets_of((r).call, (r).organisation, (r).lead, (r).states, (r).partners, (r).objectives, (r).goals, (r).targets, (r).marks,
        ARRAY['t' || (r).stage, 'h' || (r).phase, 'a' || (r).area, 'w' || (r).scope, 'l' || (r).language, CASE WHEN (r).late THEN 'ftrue' ELSE 'ffalse' END]);
ALTER TABLE register ADD PRIMARY KEY (seen, proposal) INCLUDE (facets, judged, advised);
CREATE INDEX register_by_lead ON register (seen, lead);
CREATE INDEX register_by_reviewers ON register USING gin (assessors, advisers);
DROP INDEX register_by_lists;
CREATE INDEX register_by_lists ON register USING gin (states, partners, objectives, goals, targets, marks);

-- entered makes a proposal's row of one kind anew from what it says, c.
CREATE OR REPLACE FUNCTION entered(p proposals, as_seen text, c jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_call text := (SELECT ref FROM calls WHERE id = p.call);
    the_states uuid[] := array_remove(ARRAY[nullif(c->>'state', '')::uuid] || ARRAY(SELECT jsonb_array_elements_text(coalesce(c->'other_states', '[]'))::uuid), NULL);
    the_partners uuid[] := ARRAY(SELECT DISTINCT (s->>'organisation')::uuid FROM jsonb_array_elements(coalesce(c->'shares', '[]')) s WHERE s->>'organisation' <> '');
    lang regconfig := tongue(c->>'language');
    names text;
    said text;
    head tsvector;
BEGIN
    DELETE FROM register WHERE seen = as_seen AND proposal = p.id;
    INSERT INTO register (proposal, seen, ref, ref_key, call, call_ref, organisation, organisation_key, states, state_key, partners, title, title_key,
            language, area, objectives, goals, scope, phase, stage, amount, currency, submitted_at, submitted_key, late, charter_version, version,
            lead, targets, marks, assessors, advisers)
        VALUES (p.id, as_seen, p.ref,
            CASE WHEN p.ref ~ '^P-[0-9]{4}-[0-9]{1,9}$' THEN substr(p.ref, 1, 7) || lpad(substr(p.ref, 8), 9, '0') ELSE p.ref END, p.call, the_call,
            p.organisation, (SELECT left(folded(name), 80) FROM organisations WHERE id = p.organisation),
            the_states, coalesce((SELECT left(folded(name), 80) FROM organisations WHERE id = the_states[1]), ''), the_partners,
            coalesce(c->>'title', ''), left(folded(coalesce(c->>'title', '')), 80), coalesce(c->>'language', 'en'), coalesce(c->>'area', ''),
            ARRAY(SELECT jsonb_array_elements_text(coalesce(c->'objectives', '[]'))::smallint),
            CASE WHEN jsonb_typeof(c->'answers'->'sdg_goals') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(c->'answers'->'sdg_goals')) ELSE '{}' END,
            coalesce(nullif(c->>'scope', ''), 'national'), coalesce(nullif(c->>'phase', ''), 'concept'), p.stage,
            coalesce((c->>'amount')::numeric, 0), p.currency, p.submitted_at, coalesce(p.submitted_at, '-infinity'),
            EXISTS (SELECT FROM proposal_versions v WHERE v.proposal = p.id AND v.late), p.charter_version, p.version,
            nullif(c->'shares'->0->>'organisation', '')::uuid,
            CASE WHEN jsonb_typeof(c->'answers'->'sdg_targets') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(c->'answers'->'sdg_targets')) ELSE '{}' END,
            ARRAY(SELECT m.key || '.' || (m.value->>'code') FROM jsonb_each(coalesce(c->'markers', '{}')) m WHERE m.value->>'code' <> '' ORDER BY 1),
            assessors_of(p), advisers_of(p));
    said := left(concat_ws(E'\n', c->>'summary',
        (SELECT string_agg(x #>> '{}', E'\n') FROM jsonb_path_query(coalesce(c->'answers', '{}'), 'strict $.** ? (@.type() == "string")') x),
        (SELECT string_agg(m.value->>'reason', E'\n') FROM jsonb_each(coalesce(c->'markers', '{}')) m)), 200000);
    SELECT string_agg(concat_ws(' ', code, name, short_name, iso3166), ' ') INTO names FROM organisations
        WHERE id = p.organisation OR id = ANY (the_states) OR id = ANY (the_partners);
    head := setweight(to_tsvector('simple', folded(concat_ws(' ', p.ref, c->>'title', the_call))) || to_tsvector(lang, folded(coalesce(c->>'title', '')))
        || to_tsvector('simple', bigrams(coalesce(c->>'title', ''))), 'A');
    DELETE FROM register_words WHERE seen = as_seen AND proposal = p.id;
    INSERT INTO register_words (proposal, seen, n, body, titles, words) VALUES (p.id, as_seen, CASE as_seen WHEN 'written' THEN 0 ELSE p.submission END, said, head,
        head || setweight(to_tsvector('simple', folded(names)) || to_tsvector('simple', bigrams(names)), 'B')
        || to_tsvector(lang, folded(said)) || to_tsvector('simple', bigrams(said)));
END $$;

-- Scores and advice change no proposal, and which scores count is said after it has changed:
-- its rows learn of them here.
CREATE FUNCTION register_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of uuid := CASE TG_TABLE_NAME WHEN 'advice_outcomes' THEN (SELECT proposal FROM advice_requests WHERE id = (to_jsonb(NEW)->>'request')::uuid)
        ELSE (to_jsonb(NEW)->>'proposal')::uuid END;
BEGIN
    UPDATE register r SET assessors = assessors_of(p), advisers = advisers_of(p) FROM proposals p
        WHERE p.id = of AND r.proposal = of AND (r.assessors, r.advisers) IS DISTINCT FROM (assessors_of(p), advisers_of(p));
    RETURN NULL;
END $$;
CREATE TRIGGER goes_into_the_register AFTER INSERT ON scores FOR EACH ROW EXECUTE FUNCTION register_review();
CREATE TRIGGER goes_into_the_register AFTER INSERT ON version_changes FOR EACH ROW EXECUTE FUNCTION register_review();
CREATE TRIGGER goes_into_the_register AFTER INSERT ON advice_requests FOR EACH ROW EXECUTE FUNCTION register_review();
CREATE TRIGGER goes_into_the_register AFTER INSERT ON advice_outcomes FOR EACH ROW EXECUTE FUNCTION register_review();

SELECT registered(id) FROM proposals;
ANALYZE register;
