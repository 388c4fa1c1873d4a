package store

import (
	"github.com/google/uuid"

	"startupfund/domain"
)

// drawIn puts on the record of a listed item what was declared or suggested in others of the
// same matter: the same proposal, its programme, or the item that this one follows.
func (t *tx) drawIn(question uuid.UUID, toAct bool) error {
	earlier, err := t.interestsOf(`i.id IN (SELECT interest FROM interests_to_draw WHERE question = ?)`, question)
	if err != nil || len(earlier) == 0 {
		return err
	}
	i, err := t.item(question, toAct)
	if err != nil || i.State != domain.QuestionListed {
		return err
	}
	sitting, err := t.sitting(t.today())
	if err != nil {
		return err
	}
	return t.insertInterests(question, i.Draw(earlier, sitting, t.now))
}

// drawAround puts what was just said in an item on the record of the others of its matter
// that are listed too.
func (t *tx) drawAround(question uuid.UUID) error {
	var others []uuid.UUID
	if err := t.Raw(`SELECT DISTINCT q.id FROM question_matters o JOIN question_matters m ON m.matter = o.matter JOIN questions q ON q.id = m.question
		WHERE o.question = ? AND q.id <> o.question AND q.state = 'listed' ORDER BY q.id`, question).Scan(&others).Error; err != nil {
		return err
	}
	for _, other := range others {
		if err := t.drawIn(other, true); err != nil {
			return err
		}
	}
	return nil
}

var _ = ask(
	Question{"said-is-drawn", "a listed item lacks an interest that was declared or suggested in another of the same matter", `
		SELECT DISTINCT d.question::text FROM interests_to_draw d JOIN questions q ON q.id = d.question WHERE q.state = 'listed'`},
	Question{"drawn-as-it-was-said", "a drawn interest is another's, or of another kind, than where it was said", `
		SELECT i.id::text FROM interests i JOIN interests o ON o.id = i.drawn_from
		WHERE (i.organisation, i.kind, i.person) IS DISTINCT FROM (o.organisation, o.kind, o.person) OR i.at < o.at OR i.question = o.question`},
)
