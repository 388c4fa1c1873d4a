package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrObjection    = problem.New(problem.Conflict, "standing-objection")
	ErrInstructions = problem.New(problem.Conflict, "awaiting-instructions")
	ErrStillSilent  = problem.New(problem.Conflict, "some-have-not-spoken")
	// ErrUnheard refuses to adopt a new text by the silence of whoever was against the one before. It names the seats.
	ErrUnheard     = problem.New(problem.Conflict, "new-text-unheard")
	ErrNobodyJoins = problem.New(problem.Conflict, "nobody-joins")
	ErrTied        = problem.New(problem.Conflict, "tied")
	ErrCasting     = problem.New(problem.Invalid, "no-casting-vote-asked")
)

// Decision is what the body adopted. It is written once.
type Decision struct {
	ID         uuid.UUID
	Number     string // "2026-001": dense within a year
	Record     []byte // canonical JSON of all that the count rests on
	RecordHash []byte // SHA-256 of Record
	By         uuid.UUID
	AdoptedAt  time.Time
	Question
}

// Settle closes the question with what the count comes to: adopted, or, of a
// vote, not adopted, or announced and waiting for capitals. Everything else keeps it open, and says why. Casting is the
// Chair's position where a vote is tied and the charter asks for it, else "".
func (i Item) Settle(by Actor, casting string, now time.Time) (Question, Arithmetic, error) {
	q := i.Question
	switch {
	case i.State != QuestionOpen && i.State != QuestionUnconfirmed:
		return q, Arithmetic{}, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	case i.settledBy(by) != nil:
		return q, Arithmetic{}, i.settledBy(by)
	}
	if i.InWriting() && !i.SilenceOver(now) {
		return q, Arithmetic{}, ErrSilenceRuns.With("item", i.called(), "ends", *i.EndsAt)
	}
	a := i.Arithmetic()
	if err := i.unconfirmed(a); err != nil {
		return q, a, err
	}
	if i.textsPending() {
		return q, a, ErrTextPending.With("item", i.called())
	}
	if casting != "" && a.Outcome != Tied {
		return q, a, ErrCasting.At("/casting")
	}
	switch a.Outcome {
	case NoQuorum:
		return q, a, a.quorum()
	case Blocked:
		return q, a, ErrObjection.With("seats", a.seats(func(s SeatCount) bool { return s.Effect == charter.Blocks }))
	case Waiting:
		return q, a, ErrInstructions.With("seats", a.seats(func(s SeatCount) bool { return s.Effect == charter.Waits }))
	case Silent:
		if a.Unheard > 0 {
			return q, a, ErrUnheard.With("seats", a.seats(func(s SeatCount) bool { return s.Unheard }))
		}
		if i.Procedure == charter.ByVote {
			return q, a, ErrRollCall.With("seats", a.seats(func(s SeatCount) bool { return s.Silent && !s.Unanswered }))
		}
		return q, a, ErrStillSilent.With("seats", a.seats(func(s SeatCount) bool { return s.Silent }))
	case NobodyYet:
		return q, a, ErrNobodyJoins
	case Tied:
		if err := a.cast(i.Charter, casting); err != nil {
			return q, a, err
		}
	}
	at := i.notBefore(now)
	if i.State == QuestionUnconfirmed { // closed when it was announced
		at = *i.ClosedAt
	}
	q.State, q.ClosedAt = QuestionAdopted, &at
	if a.Outcome == NotAdopted {
		q.State = QuestionFailed
		return q, a, nil
	}
	if err := i.decidable(); err != nil {
		return i.Question, a, err
	}
	if a.Outcome == Unconfirmed {
		q = q.announced(at)
	}
	return q, a, nil
}

// cast breaks a tie by the Chair's position.
func (a *Arithmetic) cast(c charter.Charter, casting string) error {
	if casting == "" {
		return ErrTied.With("joins", a.Joins, "against", a.Blocks)
	}
	p, ok := c.Body.Position(charter.ByVote, casting)
	switch {
	case !ok || p.Effect.Value != charter.Joins && p.Effect.Value != charter.Blocks:
		return ErrPosition.With("given", clipped(casting), "known", "").At("/casting")
	case p.Effect.Value == charter.Joins && a.Joins+1 >= c.Body.MajorityNeeded(a.MajorityBase+1):
		a.Outcome = Adopted
	default:
		a.Outcome = NotAdopted
	}
	return nil
}

// Decide makes the decision of an adopted question, with its record. Draws are
// of one that takes money.
func (i Item) Decide(by Actor, adopted Question, number, casting string, a Arithmetic, draws []Draw, now time.Time) Decision {
	d := Decision{ID: uuid.New(), Number: number, By: by.Person, AdoptedAt: now, Question: adopted}
	d.Record = canonical(i.record(d, casting, a, draws))
	sum := sha256.Sum256(d.Record)
	d.RecordHash = sum[:]
	return d
}

// RecordFormat is the shape of a decision's record. Another shape takes the next
// number. Before 3 the roll said by which kind of interest a seat is out of it; that
// stands with the interests alone, which not everybody reads. Before 4 nobody was called
// in a roll call, and no charter said what a constituency does whose seats are vacant.
// Before 5 no version of the rules was taken back, and no text named another sum.
const RecordFormat = 5

// record is everything that another program needs to count again.
func (i Item) record(d Decision, casting string, a Arithmetic, draws []Draw) map[string]any {
	r := map[string]any{
		"format": RecordFormat, "number": d.Number, "kind": d.Kind, "procedure": d.Procedure, "title": d.Title, "text": d.Text,
		"language": d.Language, "charter_version": d.CharterVersion, "item": i.Number,
		"opened_at": instant(*d.OpenedAt), "closed_at": instant(*d.ClosedAt), "announced_by": d.By, "outcome": a.Outcome,
		"roll": i.recordRoll(), "interests": i.recordInterests(), "presences": i.recordRoom(), "positions": i.recordPositions(a),
		"arithmetic": a.record(),
	}
	if i.InWriting() {
		r["in_writing"] = i.written()
	} else {
		r["meeting"], r["attendances"] = i.Session.Ref, i.attended(*d.OpenedAt, *d.ClosedAt)
	}
	if casting != "" {
		r["casting"] = casting
	}
	i.recordMatter(r)
	i.recordFollowed(r)
	i.recordTexts(r)
	i.recordNoAnswers(r)
	i.recordReferendum(r, d, a)
	i.recordMandates(r)
	if i.TakesMoney() {
		r["amount"] = i.Amount
		drawn := []any{}
		for _, w := range draws {
			drawn = append(drawn, map[string]any{"earmark": w.Earmark, "organisation": w.Organisation, "amount": w.Amount})
		}
		r["shares"], r["draws"] = recordShares(i.Shares), drawn
	}
	return r
}

func (i Item) recordRoll() []any {
	out := []any{}
	for _, s := range i.Roll {
		out = append(out, map[string]any{"seat": s.Name, "constituency": s.Constituency, "organisation": s.Code,
			"chair": s.Chair, "recused": s.Recused})
	}
	return out
}

func (i Item) recordInterests() []any {
	out := []any{}
	for _, x := range i.Interests {
		kept := map[string]any{"organisation": x.Code, "kind": x.Kind, "effect": x.Effect, "source": x.Source,
			"note": x.Note, "at": instant(x.At)}
		if x.binds() != uuid.Nil {
			kept["seats"] = i.recusing(x)
		}
		if d := x.Dismissed; d != nil {
			kept["dismissed"] = map[string]any{"reason": d.Reason, "by": d.Person, "at": instant(d.At)}
		}
		out = append(out, kept)
	}
	return out
}

func (i Item) recordRoom() []any {
	out := []any{}
	for _, p := range i.Room {
		out = append(out, map[string]any{"seat": p.SeatName, "organisation": p.Code, "person": p.Person, "capacity": p.Capacity,
			"joined_at": instant(p.JoinedAt)})
	}
	return out
}

func (i Item) recordPositions(a Arithmetic) []any {
	out := []any{}
	for _, s := range a.Seats {
		for _, p := range i.Positions {
			if p.Seat == s.Seat && !i.Late(p) {
				out = append(out, map[string]any{"seat": s.Name, "n": p.N, "position": p.Key, "reason": p.Reason, "person": p.Person,
					"recorded_by": p.RecordedBy, "at": instant(p.At), "text": p.Text, "counts": s.Last != nil && p.N == s.Last.N})
			}
		}
	}
	return out
}

func (a Arithmetic) record() map[string]any {
	constituencies := []any{}
	for _, k := range a.Constituencies {
		constituencies = append(constituencies, map[string]any{"key": k.Key, "sitting": k.Sitting, "recused": k.Recused,
			"present": k.Present, "needed": k.Needed})
	}
	r := map[string]any{
		"quorum": map[string]any{"applies": a.QuorumApplies, "of": a.QuorumOf, "base": a.QuorumBase, "needed": a.QuorumNeeded,
			"present": a.Present, "constituencies": constituencies},
		"positions": map[string]any{"joins": a.Joins, "aside": a.Aside, "blocks": a.Blocks, "waits": a.Waits, "silent": a.Silent},
	}
	if a.Unconfirmed > 0 {
		r["positions"].(map[string]any)["unconfirmed"] = a.Unconfirmed
	}
	if a.Unanswered > 0 {
		r["positions"].(map[string]any)["unanswered"] = a.Unanswered
	}
	if a.Unheard > 0 {
		r["positions"].(map[string]any)["unheard"] = a.Unheard
	}
	if a.MajorityOf != "" {
		r["majority"] = map[string]any{"of": a.MajorityOf, "base": a.MajorityBase, "needed": a.MajorityNeeded}
	}
	return r
}

// Abridged is a decision's record as somebody sees it who may not read members'
// positions: what was decided, by whom on the roll and with what numbers needed,
// without who said what, and without whose interests were of which kind. Its hash is
// another.
func Abridged(record []byte) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(record))
	dec.UseNumber()
	var r map[string]any
	if err := dec.Decode(&r); err != nil {
		return nil, fmt.Errorf("a decision's record: %w", err)
	}
	for _, part := range []string{"positions", "presences", "attendances", "interests", "announced_by", "casting", "texts", "mandates", "unanswered"} {
		delete(r, part)
	}
	roll, _ := r["roll"].([]any)
	for _, seat := range roll {
		if s, ok := seat.(map[string]any); ok {
			delete(s, "reason") // of records before format 3
		}
	}
	if w, ok := r["in_writing"].(map[string]any); ok {
		delete(w, "late")
	}
	if w, ok := r["referendum"].(map[string]any); ok {
		delete(w, "confirmations")
	}
	if a, ok := r["arithmetic"].(map[string]any); ok {
		delete(a, "positions")
		delete(a, "majority") // its base counts those who spoke
	}
	return canonical(r), nil
}

// ErrOpenReasons refuses the file of a decision to whoever may not read its whole record,
// where that says in what is signed in the open by which kind of interest a seat is
// recused: the records before format 3.
var ErrOpenReasons = problem.New(problem.Denied, "record-tells-interests")

// FileFor tells whether by gets the file of a decision whole, or with what only some may
// read withheld; or, of some old records, not at all.
func (i Item) FileFor(by Actor, record []byte) (whole bool, err error) {
	if i.ReadsRecord(by) {
		return true, nil
	}
	var r struct {
		Number string `json:"number"`
		Roll   []struct {
			Reason string `json:"reason"`
		} `json:"roll"`
	}
	if err := json.Unmarshal(record, &r); err != nil {
		return false, fmt.Errorf("a decision's record: %w", err)
	}
	for _, seat := range r.Roll {
		if seat.Reason != "" {
			return false, ErrOpenReasons.With("number", r.Number)
		}
	}
	return false, nil
}

// ReadsRecord tells whether by reads the whole record of the item's decision: as a reader
// of positions whom no interest takes the item out of sight of.
func (i Item) ReadsRecord(by Actor) bool {
	_, hidden := i.Hidden(by)
	return !hidden && i.Reads(by)
}

// canonical writes JSON that has one spelling: members sorted by name, no space,
// nothing escaped that need not be but the line separators U+2028 and U+2029
// (else RFC 8785, for what stands in a record: no number here has a fraction).
func canonical(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(sorted(v)); err != nil {
		panic("domain: a record that cannot be written: " + err.Error()) // it is made of maps and texts
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// sorted turns Money, whose members stand in its own order, into maps too.
func sorted(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = sorted(x)
		}
	case []any:
		for i, x := range v {
			v[i] = sorted(x)
		}
	case ledger.Money:
		return map[string]any{"amount": v.Text(), "currency": v.Currency}
	}
	return v
}

// instant writes a time in the one form that records have.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }
