-- An interest declared or suggested in an item is drawn into every other item of the same
-- matter, with where it was first said. It is set aside in each for itself.
ALTER TABLE interests
    ADD COLUMN drawn_from uuid REFERENCES interests CONSTRAINT drawn_from_another CHECK (drawn_from <> id),
    ADD CONSTRAINT what_was_said_is_drawn CHECK (drawn_from IS NULL OR source IN ('declared', 'suggested'));
CREATE INDEX interests_drawn_from ON interests (drawn_from) WHERE drawn_from IS NOT NULL;

-- What the items are about: the same proposal, the programme that came of it, the same draft
-- of rules, the same entry of the pipeline, or an item and the one that follows it.
CREATE VIEW question_matters AS
    SELECT id AS question, proposal AS matter FROM questions WHERE proposal IS NOT NULL
    UNION SELECT q.id, coalesce(g.proposal, g.id) FROM questions q JOIN change_requests c ON c.id = q.change JOIN programmes g ON g.id = c.programme
    UNION SELECT q.id, coalesce(g.proposal, g.id) FROM questions q JOIN conditions c ON c.id = q.waives JOIN programmes g ON g.id = c.programme
    UNION SELECT id, rules FROM questions WHERE rules IS NOT NULL
    UNION SELECT m.question, coalesce(e.proposal, e.id) FROM pipeline_moves m JOIN pipeline_entries e ON e.id = m.entry
    UNION SELECT d.question, e.id FROM pipeline_entries e JOIN decisions d ON d.id = e.decision WHERE e.proposal IS NULL
    UNION SELECT id, follows FROM questions WHERE follows IS NOT NULL
    UNION SELECT follows, follows FROM questions WHERE follows IS NOT NULL;

-- Those that have their effect, and were not set aside since where they were drawn into.
CREATE VIEW interests_now AS
SELECT i.* FROM interests i WHERE NOT EXISTS (SELECT FROM interest_dismissals d WHERE d.interest = i.id)
    AND NOT EXISTS (SELECT FROM interests x JOIN interest_dismissals d ON d.interest = x.id
        WHERE x.drawn_from = coalesce(i.drawn_from, i.id) AND x.id <> i.id AND x.at >= i.at);

-- What an item lacks of what was said in others of its matter. What is personal is each
-- person's own, as far as they declared it themselves.
CREATE VIEW interests_to_draw AS
SELECT DISTINCT ON (q.question, i.organisation, i.kind, w.person) q.question, i.id AS interest
FROM question_matters q JOIN question_matters o ON o.matter = q.matter AND o.question <> q.question
    JOIN interests_now i ON i.question = o.question AND i.source IN ('declared', 'suggested')
    CROSS JOIN LATERAL (SELECT CASE WHEN i.kind = 'personal' AND i.source = 'declared' THEN i.person END AS person) w
WHERE NOT EXISTS (SELECT FROM interests x WHERE x.question = q.question AND x.organisation = i.organisation AND x.kind = i.kind
    AND (w.person IS NULL OR x.person = w.person)
    AND (coalesce(i.drawn_from, i.id) IN (x.id, x.drawn_from) OR NOT EXISTS (SELECT FROM interest_dismissals d WHERE d.interest = x.id)))
ORDER BY q.question, i.organisation, i.kind, w.person, i.at DESC, i.id;

-- What the facts of a proposal show of an organisation, and every item about it that has it
-- on record has set aside, where it stands or where it was drawn into.
CREATE OR REPLACE VIEW interests_set_aside AS
SELECT q.proposal, i.organisation, i.kind
FROM interests i JOIN questions q ON q.id = i.question
WHERE q.proposal IS NOT NULL
GROUP BY q.proposal, i.organisation, i.kind
HAVING bool_and(i.id NOT IN (SELECT n.id FROM interests_now n));

-- What is listed today takes over what was said before.
INSERT INTO interests (id, question, organisation, kind, effect, source, note, person, at, n, drawn_from)
SELECT gen_random_uuid(), d.question, i.organisation, i.kind, i.effect, i.source, i.note, i.person, now(),
    (SELECT coalesce(max(x.n), 0) + 1 FROM interests x WHERE x.question = d.question AND x.organisation = i.organisation AND x.kind = i.kind), coalesce(i.drawn_from, i.id)
FROM interests_to_draw d JOIN interests i ON i.id = d.interest JOIN questions q ON q.id = d.question WHERE q.state = 'listed';

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT SELECT ON question_matters, interests_now, interests_to_draw TO fund_app;
END $$;
