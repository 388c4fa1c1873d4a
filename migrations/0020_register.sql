-- The register is what lists, counts, searches and exports of proposals read: a narrow
-- row for each proposal as it is being written, and one as it was submitted last. Whoever
-- is no insider is shown the second kind and can find nothing by what only the first says.
-- It is made of the proposals themselves whenever one changes, so that no act can forget it.

-- folded takes from a text what people leave out when they look for it: capitals,
-- accents, the vowel signs and lengthening of Arabic, the several shapes of its alef.
-- Only the breve stays, which makes another letter of Russian.
CREATE FUNCTION folded(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN replace(normalize(regexp_replace(normalize(lower(said), NFD), '[\u0300-\u0305\u0307-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'), NFC), 'ى', 'ي');

-- bigrams are the overlapping pairs of Chinese characters in a text, and the last of each
-- run alone: PostgreSQL has no parser that finds the words of Chinese.
CREATE FUNCTION bigrams(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(string_agg(substr(run[1], i, 2), ' '), '')
            FROM regexp_matches(said, '[\u3400-\u9fff\uf900-\ufaff]+', 'g') run, generate_series(1, length(run[1])) i);

-- tongue is the configuration that knows the words of a language.
CREATE FUNCTION tongue(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE language WHEN 'en' THEN 'pg_catalog.english'::regconfig WHEN 'fr' THEN 'pg_catalog.french'::regconfig
        WHEN 'es' THEN 'pg_catalog.spanish'::regconfig WHEN 'ar' THEN 'pg_catalog.arabic'::regconfig
        WHEN 'ru' THEN 'pg_catalog.russian'::regconfig ELSE 'pg_catalog.simple'::regconfig END;

CREATE TABLE register (
    proposal         uuid NOT NULL REFERENCES proposals,
    seen             text NOT NULL CONSTRAINT seen_as_written_or_submitted CHECK (seen IN ('written', 'submitted')),
    ref              text COLLATE "C" NOT NULL,
    ref_key          text COLLATE "C" NOT NULL, -- sorts by year and number
    call             uuid NOT NULL,
    call_ref         text COLLATE "C" NOT NULL,
    organisation     uuid NOT NULL,
    organisation_key text COLLATE "C" NOT NULL, -- its name, as it sorts
    states           uuid[] NOT NULL,           -- the owner state first
    state_key        text COLLATE "C" NOT NULL,
    partners         uuid[] NOT NULL,           -- organisations that ask for a share
    title            text NOT NULL,
    title_key        text COLLATE "C" NOT NULL,
    language         text NOT NULL,
    area             text COLLATE "C" NOT NULL,
    objectives       smallint[] NOT NULL,
    goals            text[] NOT NULL,
    scope            text NOT NULL,
    phase            text NOT NULL,
    stage            text COLLATE "C" NOT NULL,
    amount           numeric(20, 3) NOT NULL,
    currency         char(3) NOT NULL,
    submitted_at     timestamptz,
    submitted_key    timestamptz NOT NULL, -- what was never submitted comes first
    late             boolean NOT NULL,
    charter_version  integer NOT NULL,
    version          integer NOT NULL,
    PRIMARY KEY (seen, proposal)
);
CREATE UNIQUE INDEX register_by_ref ON register (seen, ref_key);
CREATE INDEX register_by_beginning ON register (seen, ref);
CREATE INDEX register_by_title ON register (seen, title_key, ref_key);
CREATE INDEX register_by_organisation_name ON register (seen, organisation_key, ref_key);
CREATE INDEX register_by_state_name ON register (seen, state_key, ref_key);
CREATE INDEX register_by_call_ref ON register (seen, call_ref, ref_key);
CREATE INDEX register_by_area ON register (seen, area, ref_key);
CREATE INDEX register_by_stage ON register (seen, stage, ref_key);
CREATE INDEX register_by_amount ON register (seen, amount, ref_key);
CREATE INDEX register_by_submission ON register (seen, submitted_key, ref_key);
CREATE INDEX register_by_organisation ON register (seen, organisation);
CREATE INDEX register_by_call ON register (seen, call);
CREATE INDEX register_by_lists ON register USING gin (states, partners, objectives, goals);

-- What a proposal says, for searching: apart from the register, which stays narrow.
CREATE TABLE register_words (
    proposal uuid NOT NULL REFERENCES proposals,
    seen     text NOT NULL,
    n        integer NOT NULL, -- the submission that it is; 0 while it is written
    body     text NOT NULL,
    titles   tsvector NOT NULL, -- ref, title, call
    words    tsvector NOT NULL, -- these, the names of organisations and states, and the body
    PRIMARY KEY (seen, proposal)
);
CREATE INDEX register_words_by_word ON register_words USING gin (words);

-- entered makes a proposal's row of one kind anew from what it says, c.
CREATE FUNCTION entered(p proposals, as_seen text, c jsonb) RETURNS void LANGUAGE plpgsql AS $$
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
            language, area, objectives, goals, scope, phase, stage, amount, currency, submitted_at, submitted_key, late, charter_version, version)
        VALUES (p.id, as_seen, p.ref,
            CASE WHEN p.ref ~ '^P-[0-9]{4}-[0-9]{1,9}$' THEN substr(p.ref, 1, 7) || lpad(substr(p.ref, 8), 9, '0') ELSE p.ref END, p.call, the_call,
            p.organisation, (SELECT left(folded(name), 80) FROM organisations WHERE id = p.organisation),
            the_states, coalesce((SELECT left(folded(name), 80) FROM organisations WHERE id = the_states[1]), ''), the_partners,
            coalesce(c->>'title', ''), left(folded(coalesce(c->>'title', '')), 80), coalesce(c->>'language', 'en'), coalesce(c->>'area', ''),
            ARRAY(SELECT jsonb_array_elements_text(coalesce(c->'objectives', '[]'))::smallint),
            CASE WHEN jsonb_typeof(c->'answers'->'sdg_goals') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(c->'answers'->'sdg_goals')) ELSE '{}' END,
            coalesce(nullif(c->>'scope', ''), 'national'), coalesce(nullif(c->>'phase', ''), 'concept'), p.stage,
            coalesce((c->>'amount')::numeric, 0), p.currency, p.submitted_at, coalesce(p.submitted_at, '-infinity'),
            EXISTS (SELECT FROM proposal_versions v WHERE v.proposal = p.id AND v.late), p.charter_version, p.version);
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

-- registered makes both rows of a proposal anew. It is the owner's: the program itself
-- changes a proposal, and never what the register says of it.
CREATE FUNCTION registered(id uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    p proposals;
    v text;
BEGIN
    SELECT * INTO STRICT p FROM proposals x WHERE x.id = registered.id;
    PERFORM entered(p, 'written', jsonb_build_object('title', p.title, 'summary', p.summary, 'language', p.language, 'area', p.area,
        'state', coalesce(p.state::text, ''), 'other_states', to_jsonb(p.other_states), 'objectives', to_jsonb(p.objectives), 'shares', p.shares,
        'markers', p.markers, 'answers', p.answers, 'amount', p.amount, 'scope', p.scope, 'phase', p.phase));
    SELECT content INTO v FROM proposal_versions x WHERE x.proposal = p.id AND x.n = p.submission;
    IF v IS NOT NULL THEN
        PERFORM entered(p, 'submitted', v::jsonb);
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION registered(uuid) FROM PUBLIC;

CREATE FUNCTION register_proposal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM registered(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER goes_into_the_register AFTER INSERT OR UPDATE ON proposals FOR EACH ROW EXECUTE FUNCTION register_proposal();

-- A version that is kept after its proposal says that it is there, as a restore may.
CREATE FUNCTION register_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM registered(id) FROM proposals WHERE id = NEW.proposal AND submission = NEW.n;
    RETURN NULL;
END $$;
CREATE TRIGGER goes_into_the_register AFTER INSERT ON proposal_versions FOR EACH ROW EXECUTE FUNCTION register_version();

-- An organisation that is called otherwise is found, and sorts, under its new name.
CREATE FUNCTION register_names() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM registered(p) FROM (SELECT DISTINCT proposal AS p FROM register
        WHERE organisation = NEW.id OR states @> ARRAY[NEW.id] OR partners @> ARRAY[NEW.id]) x;
    RETURN NULL;
END $$;
CREATE TRIGGER goes_into_the_register AFTER UPDATE OF name, short_name, iso3166 ON organisations FOR EACH ROW
    WHEN ((OLD.name, OLD.short_name, OLD.iso3166) IS DISTINCT FROM (NEW.name, NEW.short_name, NEW.iso3166)) EXECUTE FUNCTION register_names();

SELECT registered(id) FROM proposals;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN REVOKE INSERT ON register, register_words FROM fund_app; END IF;
END $$;
