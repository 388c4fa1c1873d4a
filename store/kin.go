package store

import (
	"github.com/google/uuid"

	"startupfund/domain"
)

// kin are the organisations that are one by now, read once an act: every comparison of a
// stake with whose it may be goes by them.
func (t *tx) kin() (domain.Kin, error) {
	if t.merged != nil {
		return t.merged, nil
	}
	one, err := pairs[uuid.UUID, uuid.UUID](t.Raw(`SELECT organisation, now FROM organisations_now`).Rows())
	t.merged = one
	return t.merged, err
}

// kinOf are all that are one with an organisation, itself first.
func (t *tx) kinOf(organisation uuid.UUID) ([]uuid.UUID, error) {
	kin, err := t.kin()
	return kin.Of(organisation), err
}

// foundSince puts on the record of every question that is open what has come to light of
// those on its roll by a merge: domain.Item.Since.
func (t *tx) foundSince() error {
	t.merged = nil
	var open []uuid.UUID
	if err := t.Raw(`SELECT id FROM questions WHERE state = 'open' ORDER BY id`).Scan(&open).Error; err != nil {
		return err
	}
	for _, id := range open {
		i, err := t.item(id, true)
		if err != nil {
			return err
		}
		if i.Standing, err = t.standingToday(nil); err != nil {
			return err
		}
		if err := t.insertInterests(id, i.Since(t.now)); err != nil {
			return err
		}
	}
	return nil
}

// identities writes organisations as a list of PostgreSQL's.
func identities(some []uuid.UUID) string {
	words := make([]string, len(some))
	for n, o := range some {
		words[n] = o.String()
	}
	return listed(words)
}

// everOne is that two organisations, given as columns, are one or were, by whatever merges,
// taken back or not.
func everOne(one, other string) string {
	return `(` + one + ` = ` + other + ` OR ` + other + ` IN (WITH RECURSIVE way AS (
		SELECT ` + one + ` AS at UNION SELECT CASE m.merged WHEN w.at THEN m.survivor ELSE m.merged END FROM way w JOIN organisation_merges m ON w.at IN (m.merged, m.survivor))
		SELECT at FROM way))`
}

// nowOf is what an organisation, given as a column, is by now.
func nowOf(organisation string) string {
	return `coalesce((SELECT k.now FROM organisations_now k WHERE k.organisation = ` + organisation + `), ` + organisation + `)`
}

var _ = ask(Question{"open-items-know-whose-they-are", "an open question lacks an interest that its proposal shows of an organisation on its roll, as that is by now", `
	SELECT q.id::text || ' ' || o.code || ' ' || x.kind FROM questions q JOIN proposals p ON p.id = q.proposal JOIN question_rolls r ON r.question = q.id JOIN organisations o ON o.id = r.organisation
	JOIN LATERAL (SELECT 'own-organisation' AS kind, p.organisation AS party
		UNION ALL SELECT 'own-state', unnest(array_prepend(p.state, p.other_states))
		UNION ALL SELECT 'implementing-partner', (s->>'organisation')::uuid FROM jsonb_array_elements(p.shares) s WHERE s->>'organisation' <> '') x ON ` + nowOf("x.party") + ` = ` + nowOf("r.organisation") + `
	WHERE q.state = 'open' AND NOT EXISTS (SELECT FROM interests i WHERE i.question = q.id AND i.organisation = r.organisation AND i.kind = x.kind)`})
