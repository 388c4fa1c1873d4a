package store

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// ProposeText keeps another text for a question: of by's own seat, or of the one named
// where the secretariat writes it down.
func (s *Store) ProposeText(ctx context.Context, by Ask, question, seat uuid.UUID, text, reason string, terms domain.TextTerms) (domain.Item, error) {
	return act(ctx, s, by, "text.propose", func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		if terms.Shares, err = t.coded(terms.Shares); err != nil {
			return i, err
		}
		x, err := i.ProposeText(by.Actor, seat, text, reason, terms, t.now)
		if err != nil {
			return i, err
		}
		t.changed("seat", x.Seat)
		t.changed("n", x.N)
		amount, currency, shares, conditions, err := packTextTerms(x.Terms)
		if err != nil {
			return i, err
		}
		if err := t.Exec(`INSERT INTO proposed_texts (question, n, seat, organisation, text, reason, amount, currency, shares, conditions, person, at)
			SELECT ?, ?, ?, id, ?, ?, ?::numeric, ?, ?::jsonb, ?::jsonb, ?, ? FROM organisations WHERE code = ?`,
			question, x.N, x.Seat, x.Text, x.Reason, amount, currency, shares, conditions, x.Person, x.At, x.Code).Error; err != nil {
			return i, err
		}
		if err := t.saveQuestion(&i.Question); err != nil {
			return i, err
		}
		return t.item(question, false)
	})
}

// AnswerText takes a proposed text, which then is the question's, or does not. Stays says
// that the sum which goes with the item stays.
func (s *Store) AnswerText(ctx context.Context, by Ask, question uuid.UUID, n int, accept, stays bool, reason string) (domain.Item, error) {
	name := "text.decline"
	if accept {
		name = "text.accept"
	}
	return act(ctx, s, by, name, func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		a, err := i.AnswerText(by.Actor, n, accept, reason, t.now)
		if err != nil {
			return i, err
		}
		if err := i.SumStays(n, accept, stays); err != nil {
			return i, err
		}
		t.changed("n", n)
		var version *int
		if a.Accepted {
			version = &a.Version
			t.changed("text_version", a.Version)
		}
		if err := t.Exec(`INSERT INTO text_answers (question, n, version, reason, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			question, n, version, a.Reason, a.Person, a.At).Error; err != nil {
			return i, err
		}
		if err := t.saveQuestion(&i.Question); err != nil {
			return i, err
		}
		return t.item(question, false)
	})
}

func (t *tx) proposedTexts(question uuid.UUID) (list []domain.ProposedText, err error) {
	var terms []keptTerms
	err = t.each(`SELECT x.n, x.seat, s.name, o.code, x.text, x.reason, x.amount, coalesce(x.currency, ''), x.shares, x.conditions, x.person, x.at, a.version, a.reason, a.person, a.at
		FROM proposed_texts x JOIN seats s ON s.id = x.seat JOIN organisations o ON o.id = x.organisation
		LEFT JOIN text_answers a ON a.question = x.question AND a.n = x.n WHERE x.question = ? ORDER BY x.n`, func(scan func(...any) error) error {
		var x domain.ProposedText
		var version sql.NullInt64
		var reason sql.NullString
		var person uuid.NullUUID
		var at sql.NullTime
		var kept keptTerms
		if err := scan(&x.N, &x.Seat, &x.Name, &x.Code, &x.Text, &x.Reason, &kept.amount, &kept.currency, &kept.shares, &kept.conditions, &x.Person, &x.At, &version, &reason, &person, &at); err != nil {
			return err
		}
		if person.Valid {
			x.Answer = &domain.TextAnswer{Accepted: version.Valid, Version: int(version.Int64), Reason: reason.String, Person: person.UUID, At: at.Time}
		}
		list, terms = append(list, x), append(terms, kept)
		return nil
	}, question)
	for n := range list {
		if err == nil {
			list[n].Terms, err = t.textTerms(terms[n])
		}
	}
	return list, err
}

// keptTerms are the terms of a text as a row has them.
type keptTerms struct {
	amount             decimal.NullDecimal
	currency           string
	shares, conditions []byte
}

func (t *tx) textTerms(kept keptTerms) (terms domain.TextTerms, err error) {
	if kept.amount.Valid {
		sum := ledger.New(kept.amount.Decimal, ledger.Currency(kept.currency))
		terms.Amount = &sum
		if terms.Shares, err = t.shares(kept.shares, terms.Amount.Currency); err != nil {
			return terms, err
		}
	}
	if kept.conditions != nil {
		terms.Conditioned = true
		terms.Conditions, err = t.conditionTerms(kept.conditions)
	}
	return terms, err
}

// packTextTerms are the columns of a text's terms; null where it names none.
func packTextTerms(terms domain.TextTerms) (amount, currency, shares, conditions *string, err error) {
	if terms.Sums() {
		text, code := terms.Amount.Text(), string(terms.Amount.Currency)
		list, err := packShares(terms.Shares)
		if err != nil {
			return nil, nil, nil, nil, err
		}
		amount, currency, shares = &text, &code, &list
	}
	if terms.Conditioned {
		list, err := packTerms(terms.Conditions)
		if err != nil {
			return nil, nil, nil, nil, err
		}
		conditions = &list
	}
	return amount, currency, shares, conditions, nil
}

var _ = ask(
	Question{"decided-sum-as-it-stood", "a decision's money is not what its question was listed with, nor what the last text that was taken names", `
		SELECT d.number FROM decisions d JOIN question_terms q ON q.question = d.question WHERE coalesce(d.amount, 0) <> coalesce(q.amount, 0)
		UNION SELECT question::text FROM question_terms WHERE amount <> (SELECT sum((x->>'amount')::numeric) FROM jsonb_array_elements(shares) x) AND shares <> '[]'`},
	Question{"texts-are-dense", "the texts proposed for a question, or the versions of its text, are not numbered one after the other", `
		SELECT question::text FROM proposed_texts GROUP BY question HAVING max(n) <> count(*)
		UNION SELECT question::text FROM text_answers WHERE version IS NOT NULL GROUP BY question HAVING max(version) <> count(*) + 1`},
	Question{"texts-before-the-end", "a text was proposed or answered after its question was closed, or answered before it was proposed", `
		SELECT DISTINCT q.id::text FROM proposed_texts x JOIN questions q ON q.id = x.question LEFT JOIN text_answers a ON a.question = x.question AND a.n = x.n
		WHERE x.at > q.closed_at OR a.at > q.closed_at OR a.at < x.at`},
	Question{"decided-texts-are-answered", "a question was decided while a proposed text had no answer", `
		SELECT DISTINCT x.question::text FROM proposed_texts x JOIN questions q ON q.id = x.question LEFT JOIN text_answers a ON a.question = x.question AND a.n = x.n
		WHERE q.state IN ('adopted', 'not-adopted') AND a.n IS NULL`},
	Question{"decided-as-it-stood", "a decision's text is not the last that its question had", `
		SELECT d.number FROM decisions d JOIN questions q ON q.id = d.question
		WHERE d.text <> coalesce((SELECT x.text FROM proposed_texts x JOIN text_answers a USING (question, n) WHERE x.question = q.id AND a.version IS NOT NULL ORDER BY a.version DESC LIMIT 1), q.text)`},
	Question{"positions-on-a-text", "a position is on a text that the question did not have when it was taken", `
		SELECT DISTINCT p.question::text FROM positions p
		WHERE p.text > 1 AND NOT EXISTS (SELECT FROM text_answers a WHERE a.question = p.question AND a.version = p.text AND a.at <= p.at)
			OR EXISTS (SELECT FROM text_answers a WHERE a.question = p.question AND a.version = p.text + 1 AND a.at < p.at)`},
)
