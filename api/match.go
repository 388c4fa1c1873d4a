package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type matchView struct {
	ID         uuid.UUID         `json:"id"`
	Rule       domain.MatchRule  `json:"rule"`
	Confidence domain.Confidence `json:"confidence"`
	Reason     string            `json:"reason"`
	Lines      []uuid.UUID       `json:"lines"`
	Postings   []int64           `json:"postings"`
	At         time.Time         `json:"at"`
}

func (s *Server) matchView(a *asked, m domain.Match) matchView {
	v := matchView{ID: m.ID, Rule: m.Rule, Confidence: m.Confidence, Reason: s.reasonOf(a, m.Rule, m.Reason), Lines: m.Lines, Postings: m.Postings, At: m.At}
	if v.Lines == nil {
		v.Lines = []uuid.UUID{}
	}
	if v.Postings == nil {
		v.Postings = []int64{}
	}
	return v
}

// reasonOf says why, in the reader's language: a rule's sentence with the
// reference that was found, or the person's own words.
func (s *Server) reasonOf(a *asked, rule domain.MatchRule, found string) string {
	if rule == domain.ByHand || rule == domain.ByBooking {
		return found
	}
	return s.Words.in(languageOf(a.Context)).say("match."+string(rule), map[string]any{"reference": found})
}

type movementView struct {
	Posting    int64        `json:"posting"`
	Voucher    uuid.UUID    `json:"voucher"`
	Number     int64        `json:"number"`
	Kind       ledger.Kind  `json:"kind"`
	Amount     ledger.Money `json:"amount"`
	BookedOn   string       `json:"booked_on"`
	ValueOn    string       `json:"value_on"`
	Memo       string       `json:"memo"`
	References []string     `json:"references"`
}

func movementViews(list []domain.Movement) []movementView {
	views := make([]movementView, len(list))
	for i, m := range list {
		references := append(append([]string{}, m.References...), m.Shared...)
		views[i] = movementView{m.Posting, m.Voucher, m.Number, m.Kind, m.Amount, date(m.BookedOn), date(m.ValueOn), m.Memo, references}
	}
	return views
}

type noteView struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

type candidateView struct {
	Rule      domain.MatchRule `json:"rule"`
	Reason    string           `json:"reason"`
	Movements []movementView   `json:"movements"`
}

type bankLineView struct {
	ID           uuid.UUID        `json:"id"`
	Statement    string           `json:"statement"`
	N            int              `json:"n"`
	Amount       ledger.Money     `json:"amount"`
	BookedOn     string           `json:"booked_on"`
	ValueOn      string           `json:"value_on"`
	EndToEnd     string           `json:"end_to_end"`
	BankRef      string           `json:"bank_ref"`
	Counterparty string           `json:"counterparty"`
	Text         string           `json:"text"`
	State        domain.LineState `json:"state"`
	Note         *noteView        `json:"note,omitempty"`
	Match        *matchView       `json:"match,omitempty"`
	Movements    []movementView   `json:"movements"`
	Candidates   []candidateView  `json:"candidates"`
	May          []string         `json:"may"`
}

func (s *Server) lineView(a *asked, r store.Reconciled) bankLineView {
	v := bankLineView{ID: r.ID, Statement: r.Statement, N: r.N, Amount: r.Amount, BookedOn: date(r.BookedOn), ValueOn: date(r.ValueOn),
		EndToEnd: r.EndToEnd, BankRef: r.BankRef, Counterparty: r.Counterparty, Text: r.Text, State: r.State,
		Movements: movementViews(r.Matched), Candidates: []candidateView{}, May: s.may(a.by, r.May(r.State))}
	if r.Note != "" {
		v.Note = &noteView{r.Note, r.NoteBy, r.NoteAt}
	}
	if r.Match != nil {
		m := s.matchView(a, *r.Match)
		v.Match = &m
	}
	for _, c := range r.Candidates {
		v.Candidates = append(v.Candidates, candidateView{c.Rule, s.reasonOf(a, c.Rule, c.Reference), movementViews(c.Movements)})
	}
	return v
}

// reconciliation lists the bank's lines with where each stands.
func (s *Server) reconciliation(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	statement, err := a.statement()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Reconciliation(a, a.by, store.Lines{State: domain.LineState(a.Query("state")), Statement: statement}, w)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(r store.Reconciled) bankLineView { return s.lineView(a, r) })
}

// statement is the one that is asked for, uuid.Nil for none.
func (a *asked) statement() (id uuid.UUID, err error) {
	if given := a.Query("statement"); given != "" {
		if id, err = uuid.Parse(given); err != nil {
			return id, domain.ErrMissing
		}
	}
	return id, nil
}

type standingView struct {
	State domain.LineState `json:"state"`
	Count int              `json:"count"`
}

// standing counts the bank's lines by where they stand, every state named.
func (s *Server) standing(a *asked) (answer, error) {
	statement, err := a.statement()
	if err != nil {
		return answer{}, err
	}
	count, err := s.Store.Standing(a, a.by, statement)
	if err != nil {
		return answer{}, err
	}
	views := []standingView{}
	for _, state := range domain.LineStates() {
		views = append(views, standingView{state, count[state]})
	}
	return shown(views)
}

func (s *Server) bankLine(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	r, err := s.Store.ReconciledLine(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return shown(s.lineView(a, r))
}

// openMovements lists what the books say must still appear at the bank.
func (s *Server) openMovements(a *asked) (answer, error) {
	list, err := s.Store.OpenMovements(a, a.by)
	if err != nil {
		return answer{}, err
	}
	return shown(movementViews(list))
}

// runMatching looks once more for what is surely the same.
func (s *Server) runMatching(a *asked) (answer, error) {
	in, err := s.Store.MatchByRule(a, a.ask)
	if err != nil {
		return answer{}, err
	}
	return shown(s.importedView(a, in))
}

type matchRequest struct {
	Lines    []uuid.UUID `json:"lines"`
	Postings []int64     `json:"postings"`
	Reason   string      `json:"reason"`
}

func (s *Server) matchLines(a *asked) (answer, error) {
	in, err := body[matchRequest](a)
	if err != nil {
		return answer{}, err
	}
	m, err := s.Store.MatchLines(a, a.ask, in.Lines, in.Postings, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 201, body: s.matchView(a, m)}, nil
}

func (s *Server) undoMatch(a *asked) (answer, error) {
	id, in, err := onto[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	if _, err := s.Store.UndoMatch(a, a.ask, id, in.Reason); err != nil {
		return answer{}, err
	}
	return done()
}

func (s *Server) suspendLine(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	m, err := s.Store.SuspendLine(a, a.ask, id)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 201, body: s.matchView(a, m)}, nil
}

type noteRequest struct {
	State  domain.LineState `json:"state"`
	Reason string           `json:"reason"`
}

func (s *Server) noteLine(a *asked) (answer, error) {
	id, in, err := onto[noteRequest](a)
	if err != nil {
		return answer{}, err
	}
	if _, err := s.Store.NoteLine(a, a.ask, id, in.State, in.Reason); err != nil {
		return answer{}, err
	}
	return done()
}
