package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// Announcement is what became of a question that was closed.
type Announcement struct {
	Question  uuid.UUID
	State     domain.QuestionState
	Number    string // of the decision, where it was adopted
	Programme string // its code, where a grant was
}

// adoption is a question that is being adopted.
type adoption struct {
	domain.Item
	decision domain.Decision
	drawn    domain.Drawn
	out      *Announcement // names what the adoption brought forth
}

// adopting is what adopting a question does beside the decision, by its consequence.
var adopting = map[domain.Consequence]func(*tx, adoption) error{
	"":             func(*tx, adoption) error { return nil },
	domain.Grants:  (*tx).allocate,
	domain.Selects: (*tx).selectProposal,
	domain.Changes: (*tx).change,
	domain.Waives:  (*tx).waive,
	domain.Amends:  (*tx).amend,
}

// failing is what a vote that does not adopt a question does, by what adopting it
// would have done.
var failing = map[domain.Consequence]func(*tx, domain.Item) error{
	domain.Changes: func(t *tx, i domain.Item) error { return t.saveChange(i.Change.Refused()) },
	domain.Amends:  func(t *tx, i domain.Item) error { return t.saveRules(i.Amendment.Refused(t.now)) },
}

// Announce closes a question. What is adopted gets its number and its record, takes
// its money and does what it is to do in the same act, or nothing happens at all.
// Locks are taken in the order question, matter, balances.
func (s *Store) Announce(ctx context.Context, by Ask, question uuid.UUID, casting string) (Announcement, error) {
	return act(ctx, s, by, "decision.announce", func(t *tx) (Announcement, error) {
		t.on("question", question)
		if err := t.heardOut(question); err != nil {
			return Announcement{}, err
		}
		i, err := t.item(question, true)
		if err != nil {
			return Announcement{}, err
		}
		q, count, err := i.Settle(by.Actor, casting, t.now)
		if err != nil {
			return Announcement{}, err
		}
		out := Announcement{Question: q.ID, State: q.State}
		if err := t.saveQuestion(&q); err != nil {
			return out, err
		}
		if err := t.refers(i, q, count); err != nil {
			return out, err
		}
		if q.State != domain.QuestionAdopted {
			if fail, ok := failing[i.Consequence()]; ok && q.State == domain.QuestionFailed {
				err = fail(t, i)
			}
			return out, err
		}
		drawn, err := t.draw(i)
		if err != nil {
			return Announcement{}, err
		}
		year := t.today().Year()
		n, err := t.next(fmt.Sprintf("decision:%d", year))
		if err != nil {
			return Announcement{}, err
		}
		d := i.Decide(by.Actor, q, domain.DecisionNumber(year, n), casting, count, drawn.Cash, t.now)
		t.on("decision", d.Number)
		t.changed("question", q.ID)
		if err := t.insertDecision(d); err != nil {
			return Announcement{}, err
		}
		out.Number = d.Number
		if err := t.movePipeline(i, d); err != nil {
			return Announcement{}, err
		}
		return out, adopting[i.Consequence()](t, adoption{i, d, drawn, &out})
	})
}

// draw takes a question's money out of what is available and, where the charter lets
// signed instalments cover it, out of those; all of it is held still.
func (t *tx) draw(i domain.Item) (domain.Drawn, error) {
	if !i.TakesMoney() {
		return domain.Drawn{}, nil
	}
	earmarks := i.Earmarks(i.Charter.Allocation, i.Case.Area)
	pots, err := t.pots(earmarks, i.Charter)
	if err != nil {
		return domain.Drawn{}, err
	}
	return pots.Take(earmarks, i.Amount, i.Shares)
}

// allocate makes the programme of an adopted grant and allocates its money.
func (t *tx) allocate(a adoption) error {
	year := t.today().Year()
	n, err := t.next(fmt.Sprintf("programme:%d", year))
	if err != nil {
		return err
	}
	p := a.decision.Found(*a.Case, domain.ProgrammeCode(year, n), t.now)
	if err := t.insertProgramme(p); err != nil {
		return err
	}
	entry := domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: p.Code, Subject: "decision:" + a.decision.Number}
	if err := t.allocateDrawn(entry, p, a.decision.ID, a.drawn); err != nil {
		return err
	}
	if err := t.impose(a.decision, p); err != nil {
		return err
	}
	if err := t.prepared(a); err != nil {
		return err
	}
	a.out.Programme = p.Code
	t.changed("programme", p.Code)
	return t.Exec(`UPDATE proposals SET stage = 'approved', version = version + 1, updated_at = ? WHERE id = ?`, t.now, a.Case.ID).Error
}

func (t *tx) insertDecision(d domain.Decision) error {
	var version *int
	var amount, currency *string
	if d.Proposal != uuid.Nil {
		version = &d.ProposalVersion
	}
	if d.Amount.IsPositive() {
		text, code := d.Amount.Text(), string(d.Amount.Currency)
		amount, currency = &text, &code
	}
	return t.Exec(`INSERT INTO decisions (id, number, question, meeting, kind, procedure, title, text, language, proposal, proposal_version,
			amount, currency, record, record_hash, charter_version, announced_by, adopted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.ID, d.Number, d.Question.ID, orNull(d.Meeting), string(d.Kind), string(d.Procedure), d.Title, d.Text, d.Language, orNull(d.Proposal), version,
		amount, currency, string(d.Record), d.RecordHash, d.CharterVersion, d.By, d.AdoptedAt).Error
}

// DecisionFile is a decision as its page shows it.
type DecisionFile struct {
	domain.Decision
	Item      domain.Item
	Proposal  string // ref, of a grant
	Programme string // code
	Draws     []domain.Draw
}

var decisionsListed = listing{
	from: `decisions d LEFT JOIN proposals p ON p.id = d.proposal`, id: "d.number", said: `concat_ws(' ', d.number, d.title, p.ref)`,
	fields: map[string]string{"kind": "d.kind IN ?", "procedure": "d.procedure IN ?"},
	orders: map[string]column{"number": {"d.number", "text"}, "title": {"folded(d.title)", "text"}, "kind": {"d.kind", "text"},
		"amount": {"coalesce(d.amount, 0)", "numeric"}, "at": {"d.adopted_at", "timestamptz"}},
	first: "-at",
}

// DecisionList lists what was adopted, page by page.
func (s *Store) DecisionList(ctx context.Context, by domain.Actor, f ListAsk) (Page[DecisionFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[DecisionFile], error) {
		p, err := t.page(decisionsListed, f)
		if err != nil {
			return Page[DecisionFile]{}, err
		}
		list, err := t.decisions(`d.number IN ?`, p.Items)
		return laid(p, list, func(d DecisionFile) string { return d.Number }), err
	})
}

// Decisions lists what was adopted, the newest first.
func (s *Store) Decisions(ctx context.Context, by domain.Actor) ([]DecisionFile, error) {
	return read(ctx, s, by, func(t *tx) ([]DecisionFile, error) {
		return t.decisions(`true ORDER BY d.adopted_at DESC, d.number DESC`)
	})
}

// Decision opens one by its number.
func (s *Store) Decision(ctx context.Context, by domain.Actor, number string) (DecisionFile, error) {
	return read(ctx, s, by, func(t *tx) (DecisionFile, error) {
		f, err := only(t.decisions(`d.number = ?`, number))
		if err != nil {
			return DecisionFile{}, err
		}
		if f.Item, err = t.item(f.Question.ID, false); err != nil {
			return f, err
		}
		f.Shares, f.Conditions = f.Item.Shares, f.Item.Conditions
		f.Draws, err = drawsOf(f.Record)
		return f, err
	})
}

func (t *tx) decisions(condition string, args ...any) ([]DecisionFile, error) {
	rows, err := t.Raw(`SELECT d.id, d.number, d.question, d.meeting, d.kind, d.procedure, d.title, d.text, d.language, d.amount, coalesce(d.currency, ''),
			d.record, d.record_hash, d.charter_version, d.announced_by, d.adopted_at, coalesce(p.ref, ''), coalesce(j.code, '')
		FROM decisions d JOIN questions q ON q.id = d.question LEFT JOIN change_requests x ON x.id = q.change LEFT JOIN conditions w ON w.id = q.waives
		LEFT JOIN proposals p ON p.id = d.proposal LEFT JOIN programmes j ON j.decision = d.id OR j.id = coalesce(x.programme, w.programme) WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []DecisionFile
	for rows.Next() {
		var f DecisionFile
		var amount decimal.NullDecimal
		var currency string
		d := &f.Decision
		if err := rows.Scan(&d.ID, &d.Number, &d.Question.ID, &d.Meeting, &d.Kind, &d.Procedure, &d.Title, &d.Text, &d.Language, &amount, &currency,
			&d.Record, &d.RecordHash, &d.CharterVersion, &d.By, &d.AdoptedAt, &f.Proposal, &f.Programme); err != nil {
			return nil, err
		}
		if amount.Valid {
			d.Amount = ledger.New(amount.Decimal, ledger.Currency(currency))
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// drawsOf reads where a grant's money came from out of its record.
func drawsOf(record []byte) ([]domain.Draw, error) {
	var r struct {
		Draws []struct {
			Earmark      string       `json:"earmark"`
			Organisation string       `json:"organisation"`
			Amount       ledger.Money `json:"amount"`
		} `json:"draws"`
	}
	if err := json.Unmarshal(record, &r); err != nil {
		return nil, err
	}
	var draws []domain.Draw
	for _, d := range r.Draws {
		draws = append(draws, domain.Draw{Earmark: d.Earmark, Organisation: d.Organisation, Amount: d.Amount})
	}
	return draws, nil
}

var _ = ask(
	Question{"decisions-hash", "a decision's record is not what was hashed", `
		SELECT number FROM decisions WHERE record_hash <> sha256(convert_to(record, 'UTF8'))`},
	Question{"decisions-are-dense", "a decision's number is missing from its year", `
		SELECT number FROM (SELECT number, substr(number, 6)::integer AS n,
			row_number() OVER (PARTITION BY substr(number, 1, 4) ORDER BY substr(number, 6)::integer) AS place
			FROM decisions WHERE number ~ '^[0-9]{4}-[0-9]{3,9}$') x WHERE n <> place`},
	Question{"adopted-is-decided", "a question is adopted without a decision, or decided without being adopted", `
		SELECT q.id::text FROM questions q LEFT JOIN decisions d ON d.question = q.id WHERE (q.state = 'adopted') <> (d.id IS NOT NULL)`},
	Question{"grants-are-allocated", "a decision that gives money, and its allocation with what it awaits or gave up awaiting, differ", `
		SELECT d.number FROM decisions d
		LEFT JOIN (SELECT v.subject, sum(p.amount) AS amount FROM vouchers v JOIN postings p ON p.voucher = v.id
			WHERE v.kind = 'allocation' AND v.subject_kind = 'decision' GROUP BY v.subject) a ON a.subject = d.number
		LEFT JOIN (SELECT w.decision, sum(w.remaining) + sum(coalesce((SELECT sum(m.amount) FROM awaited_cover_moves m
				WHERE m.decision = w.decision AND m.n = w.n AND m.voucher IS NULL), 0)) AS amount
			FROM awaited_cover w GROUP BY w.decision) c ON c.decision = d.id
		WHERE d.amount IS DISTINCT FROM CASE WHEN a.amount IS NULL AND c.amount IS NULL THEN NULL ELSE coalesce(a.amount, 0) + coalesce(c.amount, 0) END`},
	Question{"grants-have-programmes", "a grant has no programme, or its shares are not what was granted, with extensions", `
		SELECT d.number FROM decisions d LEFT JOIN programmes p ON p.decision = d.id
		LEFT JOIN (SELECT programme, sum(amount) AS amount FROM programme_shares GROUP BY programme) s ON s.programme = p.id
		LEFT JOIN (SELECT x.programme, sum(e.amount) AS amount FROM decisions e JOIN questions q ON q.id = e.question JOIN change_requests x ON x.id = q.change
			GROUP BY x.programme) more ON more.programme = p.id
		WHERE d.kind = 'grant' AND s.amount IS DISTINCT FROM d.amount + coalesce(more.amount, 0)`},
	Question{"allocated-within-share", "more is allocated to an organisation than its share of the programme", `
		SELECT b.account FROM balances b JOIN programmes p ON true JOIN programme_shares s ON s.programme = p.id JOIN organisations o ON o.id = s.organisation
		WHERE b.account = 'fund:allocated:' || p.code || ':' || o.code AND b.held > s.amount`},
	Question{"recused-are-silent", "a recused seat has a position", `
		SELECT DISTINCT r.question::text FROM positions p JOIN question_rolls r USING (question, seat) WHERE r.recused`},
	Question{"positions-in-time", "a position was taken before its question was put, or after it was closed", `
		SELECT DISTINCT q.id::text FROM positions p JOIN questions q ON q.id = p.question
		WHERE q.opened_at IS NULL OR p.at < q.opened_at OR p.at > q.closed_at`},
	Question{"positions-are-dense", "a seat's positions do not count from one", `
		SELECT question::text FROM positions GROUP BY question, seat HAVING max(n) <> count(*) OR min(n) <> 1`},
	Question{"rolls-are-of-put-questions", "a question that was put has no roll", `
		SELECT id::text FROM questions q WHERE opened_at IS NOT NULL AND NOT EXISTS (SELECT FROM question_rolls WHERE question = q.id)`},
)
