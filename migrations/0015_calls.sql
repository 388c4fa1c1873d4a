-- A call is drafted by the secretariat, who alone sees it, and announced. From then on its
-- conditions stand: later come a later end, answers, and corrected words with their reason.
ALTER TABLE calls
    ADD COLUMN language        text NOT NULL DEFAULT 'en' CONSTRAINT call_is_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    ADD COLUMN translations    jsonb NOT NULL DEFAULT '[]' CONSTRAINT translations_are_a_list CHECK (jsonb_typeof(translations) = 'array'),
    ADD COLUMN eligibility     jsonb NOT NULL DEFAULT '[]' CONSTRAINT eligibility_is_a_list CHECK (jsonb_typeof(eligibility) = 'array'),
    ADD COLUMN languages       text[] NOT NULL DEFAULT '{en,fr,es,ar,ru,zh}' -- in which an entry may be written
                               CONSTRAINT entries_are_in_the_six_languages CHECK (languages <@ '{en,fr,es,ar,ru,zh}'),
    ADD COLUMN questions_until timestamptz,               -- none are taken where it is null
    ADD COLUMN late_entries    text CONSTRAINT known_late_entries CHECK (late_entries IN ('refused', 'flagged')), -- null: as the charter says
    ADD COLUMN area_ceilings   jsonb NOT NULL DEFAULT '{}' CONSTRAINT area_ceilings_are_by_area CHECK (jsonb_typeof(area_ceilings) = 'object'),
    ADD COLUMN state_entries   integer NOT NULL DEFAULT 0 CONSTRAINT entries_of_a_state_not_below_zero CHECK (state_entries >= 0), -- 0: as many as it likes
    ADD COLUMN state_ceiling   numeric(20, 3) CONSTRAINT ceiling_of_a_state_is_positive CHECK (state_ceiling > 0),
    ADD COLUMN scoring_sheet   text NOT NULL DEFAULT '1', -- of the charter that the call names
    ADD COLUMN announced_at    timestamptz,               -- null of a draft
    ALTER COLUMN opens_at DROP NOT NULL,
    ALTER COLUMN closes_at DROP NOT NULL,
    DROP CONSTRAINT call_has_a_title,
    DROP CONSTRAINT call_closes_after_it_opens;
UPDATE calls SET announced_at = created_at;
ALTER TABLE calls
    ADD CONSTRAINT announced_call_is_whole CHECK (announced_at IS NULL OR (title <> '' AND text <> '' AND areas <> '{}' AND languages <> '{}'
        AND opens_at IS NOT NULL AND closes_at IS NOT NULL)),
    ADD CONSTRAINT call_closes_after_it_opens CHECK (announced_at IS NULL OR closes_at > opens_at),
    ADD CONSTRAINT questions_end_with_the_call CHECK (announced_at IS NULL OR questions_until <= closes_at);

CREATE FUNCTION announced_call_keeps_its_conditions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.announced_at IS NULL THEN RETURN NEW; END IF;
    IF (NEW.id, NEW.ref, NEW.language, NEW.opens_at, NEW.questions_until, NEW.areas, NEW.languages, NEW.ceiling, NEW.area_ceilings, NEW.state_entries,
        NEW.state_ceiling, NEW.currency, NEW.stages, NEW.concept_form, NEW.document_form, NEW.scoring_sheet, NEW.charter_version, NEW.late_entries,
        NEW.announced_at, jsonb_path_query_array(NEW.eligibility, '$[*].key'), jsonb_path_query_array(NEW.eligibility, '$[*].qualifies'))
       IS DISTINCT FROM
       (OLD.id, OLD.ref, OLD.language, OLD.opens_at, OLD.questions_until, OLD.areas, OLD.languages, OLD.ceiling, OLD.area_ceilings, OLD.state_entries,
        OLD.state_ceiling, OLD.currency, OLD.stages, OLD.concept_form, OLD.document_form, OLD.scoring_sheet, OLD.charter_version, OLD.late_entries,
        OLD.announced_at, jsonb_path_query_array(OLD.eligibility, '$[*].key'), jsonb_path_query_array(OLD.eligibility, '$[*].qualifies'))
       OR NEW.closes_at < OLD.closes_at
    THEN
        RAISE EXCEPTION 'an announced call keeps its conditions' USING ERRCODE = 'check_violation', CONSTRAINT = 'announced_call_keeps_its_conditions';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER announced_call_keeps_its_conditions BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION announced_call_keeps_its_conditions();

-- What an announced call said before its words were corrected, and why they were.
CREATE TABLE call_corrections (
    call   uuid NOT NULL REFERENCES calls,
    n      integer NOT NULL,
    was    jsonb NOT NULL,
    reason text NOT NULL CONSTRAINT correction_has_a_reason CHECK (reason <> ''),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL,
    CONSTRAINT one_correction_a_number PRIMARY KEY (call, n)
);
SELECT append_only('call_corrections');

-- What applicants ask about a call. Whoever asked is shown to nobody but the secretariat.
CREATE TABLE enquiries (
    id           uuid PRIMARY KEY,
    call         uuid NOT NULL REFERENCES calls,
    n            integer NOT NULL CONSTRAINT enquiries_count_from_one CHECK (n > 0),
    language     text NOT NULL CONSTRAINT enquiry_is_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text         text NOT NULL CONSTRAINT enquiry_asks_something CHECK (text <> ''),
    person       uuid NOT NULL REFERENCES persons,
    organisation uuid NOT NULL REFERENCES organisations,
    at           timestamptz NOT NULL,
    CONSTRAINT one_enquiry_a_number UNIQUE (call, n)
);
SELECT append_only('enquiries');

-- The answers, each version of them. The last one holds.
CREATE TABLE enquiry_answers (
    enquiry  uuid NOT NULL REFERENCES enquiries,
    n        integer NOT NULL CONSTRAINT answers_count_from_one CHECK (n > 0),
    language text NOT NULL CONSTRAINT answer_is_in_one_of_six_languages CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text     text NOT NULL CONSTRAINT answer_says_something CHECK (text <> ''),
    reason   text NOT NULL DEFAULT '',
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT one_answer_a_version PRIMARY KEY (enquiry, n),
    CONSTRAINT changed_answer_says_why CHECK (n = 1 OR reason <> '')
);
SELECT append_only('enquiry_answers');

-- What an applicant answered before anything was written, as it was asked.
CREATE TABLE eligibility_answers (
    proposal uuid NOT NULL REFERENCES proposals,
    n        integer NOT NULL CONSTRAINT eligibility_counts_from_one CHECK (n > 0),
    key      text NOT NULL,
    language text NOT NULL,
    question text NOT NULL,
    answer   boolean NOT NULL,
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT one_answer_a_place PRIMARY KEY (proposal, n),
    CONSTRAINT eligibility_answered_once UNIQUE (proposal, key)
);
SELECT append_only('eligibility_answers');

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (language, title, text, translations, eligibility, opens_at, questions_until, areas, languages, ceiling, area_ceilings, state_entries,
                  state_ceiling, stages, concept_form, document_form, scoring_sheet, charter_version, late_entries, announced_at) ON calls TO fund_app;
END $$;
