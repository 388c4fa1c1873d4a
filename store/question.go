package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

func init() { promises["one_interest_a_kind"] = domain.ErrDeclared }

// ListQuestion puts a question on a meeting's agenda, with the interests that
// follow from the facts.
func (s *Store) ListQuestion(ctx context.Context, by Ask, meeting uuid.UUID, q domain.Question) (domain.Question, error) {
	return act(ctx, s, by, "question.list", func(t *tx) (domain.Question, error) { return t.list(meeting, q) })
}

// list puts a question on a meeting's agenda: the subject of the act is then that question.
func (t *tx) list(meeting uuid.UUID, q domain.Question) (domain.Question, error) {
	m, err := t.meeting(meeting, "FOR UPDATE")
	if err != nil {
		return q, err
	}
	about, err := t.matter(&q)
	if err != nil {
		return q, err
	}
	if err := t.comesOf(q, meeting); err != nil {
		return q, err
	}
	if q, err = m.List(t.charter, q, about); err != nil {
		return q, err
	}
	rules, err := t.charterOf(m.CharterVersion)
	if err != nil {
		return q, err
	}
	q.Late = t.now.After(m.Due(rules).Papers)
	if err := t.Raw(`SELECT coalesce(max(item), 0) + 1 FROM questions WHERE meeting = ?`, meeting).Row().Scan(&q.Number); err != nil {
		return q, err
	}
	t.changed("meeting", m.Ref)
	t.changed("item", q.Number)
	return q, t.enters(q)
}

// matter opens what a question that is to be listed names, held still.
func (t *tx) matter(q *domain.Question) (about domain.Matter, err error) {
	switch {
	case (q.Kind == charter.Grant || q.Kind == charter.Pipeline) && q.Proposal != uuid.Nil:
		if about.Case, err = t.grantCase(q.Proposal, 0, "FOR SHARE OF p"); err == nil {
			err = t.laddered(about.Case)
		}
	case q.Kind == charter.Revision && q.Change != uuid.Nil:
		about.Change, err = t.changeCase(q.Change, q.Follows, true)
	case q.Kind == charter.Revision && q.Waives != uuid.Nil:
		about.Waiver, err = t.waiverCase(q.Waives, q.Follows, true)
	case q.Kind == charter.Amendment && q.Rules != uuid.Nil:
		about.Amendment, err = t.amendment(q.Rules, q.Follows, true)
	}
	if err != nil {
		return about, err
	}
	if q.Shares, err = t.coded(q.Shares); err != nil {
		return about, err
	}
	return about, t.withMove(q)
}

// DeclareInterest puts a stake of by's organisation in an item on record.
func (s *Store) DeclareInterest(ctx context.Context, by Ask, question uuid.UUID, kind charter.InterestKind, note string) (domain.Interest, error) {
	return act(ctx, s, by, "interest.declare", func(t *tx) (domain.Interest, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return domain.Interest{}, err
		}
		x, err := i.Declare(by.Actor, kind, note, t.now)
		if err != nil {
			return x, err
		}
		t.changed("interest", string(kind))
		t.changed("effect", string(x.Effect))
		return x, errors.Join(t.insertInterests(question, []domain.Interest{x}), t.drawAround(question))
	})
}

// PutQuestion opens a question: the roll is frozen as it stands.
func (s *Store) PutQuestion(ctx context.Context, by Ask, question uuid.UUID) (domain.Question, error) {
	return act(ctx, s, by, "question.open", func(t *tx) (domain.Question, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i.Question, err
		}
		q, err := i.Put(by.Actor, t.now)
		if err != nil {
			return q, err
		}
		if err := t.insertInterests(question, i.Interests); err != nil {
			return q, err
		}
		for _, r := range i.Roll {
			if err := t.Exec(`INSERT INTO question_rolls (question, seat, constituency, organisation, chair, recused, reason) VALUES (?, ?, ?, ?, ?, ?, ?)`,
				question, r.Seat, r.Constituency, r.Organisation, r.Chair, r.Recused, r.Reason).Error; err != nil {
				return q, err
			}
		}
		if q.InWriting() {
			if err := t.watchSilence(q); err != nil {
				return q, err
			}
		}
		return q, t.saveQuestion(&q)
	})
}

// WithdrawQuestion takes a question off the agenda or, once it is put, back from the body.
func (s *Store) WithdrawQuestion(ctx context.Context, by Ask, question uuid.UUID, reason string) (domain.Question, error) {
	return act(ctx, s, by, "question.withdraw", func(t *tx) (domain.Question, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i.Question, err
		}
		q, w, err := i.Withdraw(by.Actor, reason, t.now)
		if err != nil {
			return q, err
		}
		return q, t.withdraw(&q, w)
	})
}

// Item opens a question with all that its rules look at. Whether by may see
// inside, domain.Item.Hidden tells.
func (s *Store) Item(ctx context.Context, by domain.Actor, question uuid.UUID) (domain.Item, error) {
	return read(ctx, s, by, func(t *tx) (domain.Item, error) { return t.item(question, false) })
}

// item loads a question. To act on it, the meeting, where it has one, is held still first, then the
// question: so who comes, who goes, who speaks and who closes wait for each other.
func (t *tx) item(id uuid.UUID, toAct bool) (i domain.Item, err error) {
	var meeting uuid.UUID
	if err := t.Raw(`SELECT meeting FROM questions WHERE id = ?`, id).Row().Scan(&meeting); err != nil {
		return i, missing(err)
	}
	share, update := "", ""
	if toAct {
		share, update = "FOR SHARE", "FOR UPDATE OF q"
	}
	i.Now = t.now
	if meeting != uuid.Nil {
		if i.Session, err = t.meeting(meeting, share); err != nil {
			return i, err
		}
	}
	list, err := t.questions(`q.id = ? `+update, id)
	if err != nil {
		return i, err
	}
	if i.Question = list[0]; i.Meeting != meeting { // carried over to another while its meeting was waited for
		return i, errOvertaken
	}
	if err := t.withMatter(&i, toAct); err != nil {
		return i, err
	}
	if i.ClosedAt != nil {
		if i.Referendum, err = t.referendum(id); err != nil {
			return i, err
		}
	}
	if i.Room, err = t.roomOf(i); err != nil {
		return i, err
	}
	if presides := i.Session.Presiding; presides != uuid.Nil {
		if err := t.Raw(`SELECT EXISTS (SELECT FROM presences p JOIN seats s ON s.id = p.seat WHERE p.meeting = ? AND p.person = ? AND s.constituency <> ?)`,
			meeting, presides, domain.ChairConstituency).Row().Scan(&i.Came); err != nil {
			return i, err
		}
	}
	i.Room = i.Hands.Without(i.Room)
	if i.Attending, err = t.attendances(meeting); err != nil {
		return i, err
	}
	if i.InWriting() {
		if i.Extensions, err = t.extensions(id); err != nil {
			return i, err
		}
	}
	if i.Positions, err = t.positions(id); err != nil {
		return i, err
	}
	if i.Procedure == charter.ByVote {
		if i.NoAnswers, err = t.noAnswers(id); err != nil {
			return i, err
		}
	}
	if i.Namings, err = t.namings(id); err != nil {
		return i, err
	}
	if i.Texts, err = t.proposedTexts(id); err != nil {
		return i, err
	}
	if i.Mandates, err = t.mandates(id); err != nil {
		return i, err
	}
	if err := t.withLadder(&i); err != nil {
		return i, err
	}
	if i.State == domain.QuestionWithdrawn {
		if i.Withdrawal, err = t.withdrawal(id); err != nil {
			return i, err
		}
	}
	if i.State == domain.QuestionVoided {
		if i.Voiding, err = t.voiding(id); err != nil {
			return i, err
		}
	}
	sitting, err := t.sitting(t.today())
	if err != nil {
		return i, err
	}
	i.Sits = domain.Organisations(sitting)
	if i.State == domain.QuestionListed {
		if len(i.Hands) > 0 || i.Personal() {
			if err := t.withSpeakers(sitting); err != nil {
				return i, err
			}
		}
		i.Interests = append(i.Interests, i.Found(sitting, t.now)...)
		i.Roll = domain.DrawRoll(i.Charter, i.Hands.Apart(sitting), i.Interests)
		i.Room = i.InRoom()
		return i, nil
	}
	i.Roll, err = t.roll(i)
	i.Room = i.InRoom()
	return i, err
}

// withMatter loads what an item is about, and whose interests and hands are in it: all on
// which it rests who may see inside.
func (t *tx) withMatter(i *domain.Item, toAct bool) (err error) {
	if i.Charter, err = t.charterOf(i.CharterVersion); err != nil {
		return err
	}
	if i.Kin, err = t.kin(); err != nil {
		return err
	}
	if i.Proposal != uuid.Nil {
		lock := ""
		if toAct {
			lock = "FOR UPDATE OF p"
		}
		if i.Case, err = t.grantCase(i.Proposal, i.ProposalVersion, lock); err != nil {
			return err
		}
	}
	if i.Question.Change != uuid.Nil {
		if i.Change, err = t.changeCase(i.Question.Change, i.ID, toAct); err != nil {
			return err
		}
		if i.Case, err = t.grantCase(i.Change.Programme.Of.ID, 0, ""); err != nil { // whose stakes are in it
			return err
		}
	}
	if i.Question.Waives != uuid.Nil {
		if i.Waiver, err = t.waiverCase(i.Question.Waives, i.ID, toAct); err != nil {
			return err
		}
		if i.Case, err = t.grantCase(i.Waiver.Of.Of.ID, 0, ""); err != nil {
			return err
		}
	}
	if i.Rules != uuid.Nil {
		if i.Amendment, err = t.amendment(i.Rules, i.ID, toAct); err != nil {
			return err
		}
	}
	if err := t.withMove(&i.Question); err != nil {
		return err
	}
	if i.Interests, err = t.interests(i.ID); err != nil {
		return err
	}
	if i.State == domain.QuestionListed {
		if i.Standing, err = t.standingToday(nil); err != nil {
			return err
		}
	}
	if of := i.Of(); of != uuid.Nil {
		i.Hands, err = t.handsOf(of, i.ClosedAt)
	}
	return err
}

// titled leaves the titles of items to whoever may read them, of those who have interests.
func (t *tx) titled(agenda []domain.Question) error {
	switch t.by.Hat.Role {
	case domain.Member, domain.Coordinator, domain.Secretariat:
		return t.unnamed(agenda)
	}
	return nil
}

// unnamed takes their titles from the items of an agenda that are out of by's sight: there
// they have a number, and whoever opens one reads why.
func (t *tx) unnamed(agenda []domain.Question) error {
	for n, q := range agenda {
		i := domain.Item{Question: q}
		if err := t.withMatter(&i, false); err != nil {
			return err
		}
		if i.Unnamed(t.by) {
			agenda[n].Title = ""
		}
	}
	return nil
}

func (t *tx) questions(condition string, args ...any) ([]domain.Question, error) {
	rows, err := t.Raw(`SELECT q.id, q.meeting, q.item, q.kind, q.procedure, q.title, q.text, q.language, q.proposal, coalesce(q.proposal_version, 0), q.change, q.waives, q.rules,
			q.amount, coalesce(q.currency, ''), q.shares, s.amount, coalesce(s.currency, ''), s.shares, q.earmark, q.state, q.charter_version, q.version, q.opened_at, q.closed_at, q.conditions, s.conditions, q.follows,
			coalesce(q.written, ''), q.circulated_at, q.ends_at, coalesce(q.proposed_item, '00000000-0000-0000-0000-000000000000'),
			q.late, 1 + (SELECT count(*) FROM text_answers a WHERE a.question = q.id AND a.version IS NOT NULL),
			(SELECT x.text FROM proposed_texts x JOIN text_answers a USING (question, n) WHERE x.question = q.id AND a.version IS NOT NULL ORDER BY a.version DESC LIMIT 1)
		FROM questions q JOIN question_terms s ON s.question = q.id WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	var list []domain.Question
	var shares, conditions, listedShares, listedConditions [][]byte
	defer rows.Close()
	for rows.Next() {
		var q domain.Question
		var proposal, change, waives, rules, follows uuid.NullUUID
		var listed, amount decimal.NullDecimal
		var listedCurrency, currency string
		var listedKept, kept, listedTerms, terms []byte
		var taken *string
		if err := rows.Scan(&q.ID, &q.Meeting, &q.Number, &q.Kind, &q.Procedure, &q.Title, &q.Text, &q.Language, &proposal, &q.ProposalVersion, &change, &waives, &rules,
			&listed, &listedCurrency, &listedKept, &amount, &currency, &kept, &q.Earmark, &q.State, &q.CharterVersion, &q.Version, &q.OpenedAt, &q.ClosedAt, &listedTerms, &terms, &follows,
			&q.Written, &q.CirculatedAt, &q.EndsAt, &q.ProposedItem, &q.Late, &q.TextVersion, &taken); err != nil {
			return nil, err
		}
		q.Proposal, q.Change, q.Waives, q.Rules, q.Amount = proposal.UUID, change.UUID, waives.UUID, rules.UUID, ledger.Zero(t.currency())
		q.Follows, q.ListedText = follows.UUID, q.Text
		if taken != nil {
			q.Text = *taken
		}
		if amount.Valid {
			q.Amount = ledger.New(amount.Decimal, ledger.Currency(currency))
		}
		if listed.Valid {
			sum := ledger.New(listed.Decimal, ledger.Currency(listedCurrency))
			q.ListedTerms.Amount = &sum
		}
		list, shares, conditions = append(list, q), append(shares, kept), append(conditions, terms)
		listedShares, listedConditions = append(listedShares, listedKept), append(listedConditions, listedTerms)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for n := range list {
		if list[n].Shares, err = t.shares(shares[n], list[n].Amount.Currency); err != nil {
			return nil, err
		}
		if list[n].Conditions, err = t.conditionTerms(conditions[n]); err != nil {
			return nil, err
		}
		was := &list[n].ListedTerms
		was.Conditioned, was.Shares, was.Conditions = true, list[n].Shares, list[n].Conditions
		if was.Sums() && !bytes.Equal(shares[n], listedShares[n]) {
			if was.Shares, err = t.shares(listedShares[n], was.Amount.Currency); err != nil {
				return nil, err
			}
		}
		if !bytes.Equal(conditions[n], listedConditions[n]) {
			if was.Conditions, err = t.conditionTerms(listedConditions[n]); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// wireShare is a share as jsonb keeps it, in proposals and questions.
type wireShare struct {
	Organisation uuid.UUID `json:"organisation"`
	Amount       string    `json:"amount"`
}

func (t *tx) shares(kept []byte, c ledger.Currency) ([]domain.GrantShare, error) {
	var wire []wireShare
	if err := json.Unmarshal(kept, &wire); err != nil {
		return nil, err
	}
	var list []domain.GrantShare
	for _, w := range wire {
		m, err := ledger.Parse(w.Amount, c)
		if err != nil {
			return nil, err
		}
		list = append(list, domain.GrantShare{Organisation: w.Organisation, Amount: m})
	}
	return t.coded(list)
}

func packShares(list []domain.GrantShare) (string, error) {
	wire := []wireShare{}
	for _, s := range list {
		wire = append(wire, wireShare{s.Organisation, s.Amount.Text()})
	}
	kept, err := json.Marshal(wire)
	return string(kept), err
}

// coded puts the codes of organisations to their shares.
func (t *tx) coded(shares []domain.GrantShare) ([]domain.GrantShare, error) {
	for n := range shares {
		err := t.Raw(`SELECT code FROM organisations WHERE id = ?`, shares[n].Organisation).Row().Scan(&shares[n].Code)
		if errors.Is(missing(err), domain.ErrMissing) {
			return nil, domain.ErrUnknownWord.With("given", shares[n].Organisation.String()).At("/shares")
		}
		if err != nil {
			return nil, err
		}
	}
	return shares, nil
}

func (t *tx) insertQuestion(q domain.Question) error {
	shares, err := packShares(q.Shares)
	if err != nil {
		return err
	}
	terms, err := packTerms(q.Conditions)
	if err != nil {
		return err
	}
	var version *int
	var amount, currency *string
	if q.Proposal != uuid.Nil {
		version = &q.ProposalVersion
	}
	if q.Amount.IsPositive() {
		text, code := q.Amount.Text(), string(q.Amount.Currency)
		amount, currency = &text, &code
	}
	return t.Exec(`INSERT INTO questions (id, meeting, item, kind, procedure, title, text, language, proposal, proposal_version, change, amount, currency,
			shares, earmark, state, charter_version, conditions, waives, rules, follows, proposed_item, late, written, circulated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)`,
		q.ID, orNull(q.Meeting), q.Number, string(q.Kind), string(q.Procedure), q.Title, q.Text, q.Language, orNull(q.Proposal), version, orNull(q.Change), amount, currency,
		shares, q.Earmark, string(q.State), q.CharterVersion, terms, orNull(q.Waives), orNull(q.Rules), orNull(q.Follows), orNull(q.ProposedItem), q.Late, q.Written, q.CirculatedAt).Error
}

func (t *tx) saveQuestion(q *domain.Question) error {
	q.Version++
	t.changed("state", string(q.State))
	return t.Exec(`UPDATE questions SET state = ?, opened_at = ?, ends_at = ?, closed_at = ?, version = ? WHERE id = ?`,
		string(q.State), q.OpenedAt, q.EndsAt, q.ClosedAt, q.Version, q.ID).Error
}

// grantCase loads what the body needs to know of a proposal, with the hash of
// the submission named; 0 is the newest.
func (t *tx) grantCase(id uuid.UUID, submission int, lock string) (*domain.GrantCase, error) {
	g := domain.GrantCase{ID: id}
	var amount decimal.Decimal
	var currency string
	var shares []byte
	err := t.Raw(`SELECT p.ref, p.title, p.stage, p.phase, (SELECT c.stages FROM calls c WHERE c.id = p.call), p.area, p.organisation, p.submission, `+assessedFrom+`, p.amount, p.currency, p.shares,
			(SELECT v.content_hash FROM proposal_versions v WHERE v.proposal = p.id AND v.n = coalesce(nullif(?, 0), p.submission))
		FROM proposals p WHERE p.id = ? `+lock, submission, id).Row().
		Scan(&g.Ref, &g.Title, &g.Stage, &g.Phase, &g.Stages, &g.Area, &g.Organisation, &g.Submission, &g.AssessedFrom, &amount, &currency, &shares, &g.ContentHash)
	if errors.Is(missing(err), domain.ErrMissing) {
		return nil, domain.ErrUnknownWord.With("given", id.String()).At("/proposal")
	}
	if err != nil {
		return nil, err
	}
	g.Amount = ledger.New(amount, ledger.Currency(currency))
	if g.Shares, err = t.shares(shares, g.Amount.Currency); err != nil {
		return nil, err
	}
	if g.Prepared, err = t.preparedWith(id); err != nil {
		return nil, err
	}
	// Owner states, whether they had to endorse it or not, and those that did.
	err = t.Raw(`SELECT state FROM endorsements WHERE proposal = ?
		UNION SELECT unnest(array_prepend(state, other_states)) FROM proposals WHERE id = ? EXCEPT SELECT NULL::uuid ORDER BY state`, id, id).Scan(&g.States).Error
	return &g, err
}

func (t *tx) interests(question uuid.UUID) ([]domain.Interest, error) {
	return t.interestsOf(`i.question = ?`, question)
}

func (t *tx) interestsOf(condition string, args ...any) (list []domain.Interest, err error) {
	err = t.each(`SELECT i.id, i.organisation, o.code, i.kind, i.effect, i.source, i.note, i.person, i.standing, i.at, i.drawn_from, coalesce(a.written, n.ref || '/' || a.item, ''), d.reason, d.person, coalesce(p.name, ''), d.at
		FROM interests i JOIN organisations o ON o.id = i.organisation LEFT JOIN interest_dismissals d ON d.interest = i.id LEFT JOIN persons p ON p.id = d.person
		LEFT JOIN interests f ON f.id = i.drawn_from LEFT JOIN questions a ON a.id = f.question LEFT JOIN meetings n ON n.id = a.meeting
		WHERE `+condition+` ORDER BY i.at, o.code, i.kind, i.n`, func(scan func(...any) error) error {
		var x domain.Interest
		var person, standing, drawn, dismisser uuid.NullUUID
		var reason *string
		var by string
		var at *time.Time
		err := scan(&x.ID, &x.Organisation, &x.Code, &x.Kind, &x.Effect, &x.Source, &x.Note, &person, &standing, &x.At, &drawn, &x.DrawnOf, &reason, &dismisser, &by, &at)
		if x.Person, x.Standing, x.DrawnFrom = person.UUID, standing.UUID, drawn.UUID; reason != nil && at != nil {
			x.Dismissed = &domain.Dismissal{Reason: *reason, Person: dismisser.UUID, By: by, At: *at}
		}
		list = append(list, x)
		return err
	}, args...)
	return list, err
}

// insertInterests writes those that are not on record yet.
func (t *tx) insertInterests(question uuid.UUID, list []domain.Interest) error {
	for _, x := range list {
		if err := t.Exec(`INSERT INTO interests (id, question, organisation, kind, effect, source, note, person, standing, drawn_from, at, n)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(n), 0) + 1 FROM interests WHERE question = ? AND organisation = ? AND kind = ?)) ON CONFLICT (id) DO NOTHING`,
			x.ID, question, x.Organisation, string(x.Kind), string(x.Effect), x.Source, x.Note, orNull(x.Person), orNull(x.Standing), orNull(x.DrawnFrom), x.At,
			question, x.Organisation, string(x.Kind)).Error; err != nil {
			return err
		}
	}
	return nil
}

// roll is the frozen one. Effects follow from the charter that the question runs
// under and the interests on record.
func (t *tx) roll(i domain.Item) ([]domain.RollSeat, error) {
	rows, err := t.Raw(`SELECT r.seat, s.name, r.constituency, r.organisation, o.code, r.chair, r.recused, r.reason,
			(SELECT min(lower(m.term)) FROM seat_terms m WHERE m.organisation = r.organisation)
		FROM question_rolls r JOIN seats s ON s.id = r.seat JOIN organisations o ON o.id = r.organisation
		WHERE r.question = ? ORDER BY s.name`, i.ID).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.RollSeat
	for rows.Next() {
		var r domain.RollSeat
		if err := rows.Scan(&r.Seat, &r.Name, &r.Constituency, &r.Organisation, &r.Code, &r.Chair, &r.Recused, &r.Reason, &r.Serving); err != nil {
			return nil, err
		}
		r.Effect = i.EffectOf(r)
		list = append(list, r)
	}
	return list, rows.Err()
}
