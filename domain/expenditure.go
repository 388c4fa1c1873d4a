package domain

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	// ErrExpenditureState refuses an act on a statement of expenditure that is not where it would have to be.
	ErrExpenditureState = problem.New(problem.Conflict, "wrong-expenditure-state")
	// ErrExpenditureYear refuses a year of which nothing can be stated: before the first transfer, or not begun.
	ErrExpenditureYear = problem.New(problem.Invalid, "expenditure-year")
	// ErrUncertain refuses to certify a year that is not over, of a programme that goes on.
	ErrUncertain = problem.New(problem.Conflict, "year-to-certify-not-over")
	// ErrBooksClosed refuses to charge a programme that is financially closed.
	ErrBooksClosed = problem.New(problem.Conflict, "books-closed")
	// ErrUnexplained asks a word on what a statement of expenditure has out of the ordinary: Figures are named one by one.
	ErrUnexplained = problem.New(problem.Invalid, "expenditure-unexplained")
	// ErrCertifiedCommitment refuses to certify what is not spent yet.
	ErrCertifiedCommitment = problem.New(problem.Invalid, "certified-commitment")
	// ErrCommittedBeyond refuses to commit more than was granted to the organisation.
	ErrCommittedBeyond = problem.New(problem.Invalid, "committed-beyond-the-grant")
	// ErrExpenditureSame refuses to certify again what stands.
	ErrExpenditureSame = problem.New(problem.Invalid, "expenditure-unchanged")
)

// ExpenditureState is how far a statement of expenditure has come.
type ExpenditureState string

const (
	ExpenditureProvisional ExpenditureState = "provisional" // never in the books: interim figures are not final (domain.md 3.5)
	ExpenditureWaiting     ExpenditureState = "waiting"     // certified, and not yet taken by the agent
	ExpenditureTaken       ExpenditureState = "taken"       // in the books
	ExpenditureReturned    ExpenditureState = "returned"    // by the agent, with reasons
	ExpenditureReplaced    ExpenditureState = "replaced"    // by a later one of the same year
)

// ExpenditureStatement is what a participating organisation states that it spent of a programme's
// money in one calendar year, by the budget's lines. It is never changed: a later one of the
// same year stands in its place.
type ExpenditureStatement struct {
	ID             uuid.UUID
	Programme      uuid.UUID
	Organisation   uuid.UUID
	Code           string // the organisation's
	Year           int
	N              int                     // of the year's, from 1
	Certified      bool                    // by the organisation's own officer; else provisional
	Officer        string                  // who certified it there
	Lines          map[string]ledger.Money // by the line's key, every line of the budget; below zero where a year before is put right
	Committed      ledger.Money            // ordered and not yet spent, beside all lines: of a provisional one, for the tranche test alone
	Explanation    string
	Language       string
	CharterVersion int
	Person         uuid.UUID
	At             time.Time
	Finding        *ExpenditureFinding // nil while the agent has not looked at it
}

// ExpenditureFinding is the agent's word on a certified statement.
type ExpenditureFinding struct {
	Accepted bool
	Reason   string     // why not; may be empty where it is taken
	Voucher  *uuid.UUID // nil where nothing was spent
	Number   int64      // of that voucher
	Person   uuid.UUID
	At       time.Time
}

// Total is what all lines come to.
func (e ExpenditureStatement) Total(c ledger.Currency) ledger.Money {
	sum := ledger.Zero(c)
	for _, m := range e.Lines {
		sum = sum.Add(m)
	}
	return sum
}

// Flag is something out of the ordinary in a statement: it is accepted with an explanation
// (domain.md 3.7).
type Flag struct {
	Code string       // "over-funded", "below-zero", "indirect-above-rate", "line-above-budget"
	Line string       // "" where it is of all
	Has  ledger.Money // of the year, or of all years where it is held against what was transferred or budgeted
	Most ledger.Money // what it is held against
}

// ExpenditureCase is what a statement of expenditure is judged by: one organisation's part of
// one programme.
type ExpenditureCase struct {
	Programme    Programme
	Charter      charter.Charter // the programme's
	Organisation uuid.UUID
	Code         string
	Shares       bool                    // it has a part of the programme's money
	Budget       map[string]ledger.Money // its approved budget by line; empty where the programme has none
	Funded       ledger.Money            // transferred to it less refunds
	FirstYear    int                     // of the first transfer; 0 before
	Statements   []ExpenditureStatement  // of all years, oldest first
}

// Granted is the organisation's part by the body's decisions.
func (g ExpenditureCase) Granted() ledger.Money {
	for _, s := range g.Programme.Shares {
		if s.Organisation == g.Organisation {
			return s.Amount
		}
	}
	return ledger.Zero(g.Funded.Currency)
}

// Standing is the statement of a year that is in the books; nil where none is.
func (g ExpenditureCase) Standing(year int) *ExpenditureStatement {
	for i := len(g.Statements) - 1; i >= 0; i-- {
		if e := &g.Statements[i]; e.Year == year && e.Finding != nil && e.Finding.Accepted {
			return e
		}
	}
	return nil
}

// State is where a statement stands among the others of its year.
func (g ExpenditureCase) State(e ExpenditureStatement) ExpenditureState {
	later := slices.ContainsFunc(g.Statements, func(x ExpenditureStatement) bool {
		if x.Year != e.Year || x.N <= e.N {
			return false
		}
		switch {
		case e.Finding != nil && e.Finding.Accepted: // only another in the books takes its place
			return x.Finding != nil && x.Finding.Accepted
		case !e.Certified:
			return true
		}
		return x.Certified
	})
	switch {
	case e.Finding != nil && !e.Finding.Accepted:
		return ExpenditureReturned
	case later:
		return ExpenditureReplaced
	case e.Finding != nil:
		return ExpenditureTaken
	case e.Certified:
		return ExpenditureWaiting
	}
	return ExpenditureProvisional
}

// Spent is what stands in the books of all years, by line; with e in the place of its year's
// where e is not nil.
func (g ExpenditureCase) Spent(e *ExpenditureStatement) map[string]ledger.Money {
	sum := map[string]ledger.Money{}
	add := func(x *ExpenditureStatement) {
		for line, m := range x.Lines {
			if was, ok := sum[line]; ok {
				m = was.Add(m)
			}
			sum[line] = m
		}
	}
	years := map[int]bool{}
	for _, x := range g.Statements {
		years[x.Year] = true
	}
	for year := range years {
		if x := g.Standing(year); x != nil && (e == nil || e.Year != year) {
			add(x)
		}
	}
	if e != nil {
		add(e)
	}
	return sum
}

// Flags lists what is out of the ordinary once e stands in the books, in the budget's order.
func (g ExpenditureCase) Flags(e ExpenditureStatement) (flags []Flag) {
	c := g.Funded.Currency
	zero := ledger.Zero(c)
	spent, all := g.Spent(&e), zero
	for _, m := range spent {
		all = all.Add(m)
	}
	if all.Cmp(g.Funded) > 0 {
		flags = append(flags, Flag{"over-funded", "", all, g.Funded})
	}
	base := zero
	indirect := g.Charter.Budget.Indirect.Line.Value
	for _, l := range g.Charter.Budget.Lines {
		m, ok := e.Lines[l.Key]
		if ok && m.IsNegative() {
			flags = append(flags, Flag{"below-zero", l.Key, m, zero})
		}
		if ok && l.Key != indirect {
			base = base.Add(m)
		}
		planned, ok := g.Budget[l.Key]
		if !ok || l.Key == indirect {
			continue
		}
		m, ok = spent[l.Key]
		if ok && m.Sub(planned).Amount.Cmp(planned.Amount.Mul(g.Charter.Budget.RevisionShare.Value.Decimal)) > 0 {
			flags = append(flags, Flag{"line-above-budget", l.Key, m, planned})
		}
	}
	if m, ok := e.Lines[indirect]; ok {
		if most := g.Charter.IndirectCost(base); m.Cmp(most) > 0 {
			flags = append(flags, Flag{"indirect-above-rate", indirect, m, most})
		}
	}
	return flags
}

// Report states an expenditure: by the organisation itself, of a year that money was there in.
// A certified statement with something out of the ordinary is refused without a word on it.
func (g ExpenditureCase) Report(by Actor, e ExpenditureStatement, now, today time.Time) (ExpenditureStatement, error) {
	if err := g.reports(by); err != nil {
		return e, err
	}
	found := append(g.year(e, today), g.lines(e)...)
	if e.Committed.Currency == "" {
		e.Committed = ledger.Zero(g.Funded.Currency)
	}
	switch {
	case e.Committed.Currency != g.Funded.Currency:
		found = append(found, ledger.ErrOtherMoney.With("currency", string(e.Committed.Currency), "books", string(g.Funded.Currency)).At("/committed"))
	case e.Committed.IsNegative():
		found = append(found, ledger.ErrNotPositive.With("amount", e.Committed).At("/committed"))
	case e.Certified && !e.Committed.IsZero():
		found = append(found, ErrCertifiedCommitment.At("/committed"))
	case e.Committed.Cmp(g.Granted()) > 0:
		found = append(found, ErrCommittedBeyond.With("committed", e.Committed, "granted", g.Granted()).At("/committed"))
	}
	if e.Certified {
		found = append(found, written(e.Officer, "/officer", longestTitle)...)
	} else if e.Officer != "" {
		found = append(found, bounded(e.Officer, "/officer", longestTitle)...)
	}
	found = append(found, bounded(e.Explanation, "/explanation", longestReason)...)
	if e.Explanation != "" {
		found = append(found, spoken(e.Language, "/language")...)
	}
	if err := problem.Join(found); err != nil {
		return e, err
	}
	if flags := g.Flags(e); len(flags) > 0 && e.Certified && e.Explanation == "" {
		for _, f := range flags {
			found = append(found, ErrUnexplained.With("flag", f.Code, "line", g.lineName(f.Line), "has", f.Has, "most", f.Most).At("/explanation"))
		}
		return e, problem.Join(found)
	}
	if was := g.Standing(e.Year); was != nil && e.Certified && sameLines(was.Lines, e.Lines) {
		return e, ErrExpenditureSame.With("year", e.Year)
	}
	e.ID, e.Programme, e.Organisation, e.Code = uuid.New(), g.Programme.ID, g.Organisation, g.Code
	e.CharterVersion, e.Person, e.At, e.N = g.Charter.Version, by.Person, now, 1
	for _, x := range g.Statements {
		if x.Year == e.Year {
			e.N = x.N + 1
		}
	}
	return e, nil
}

// reports refuses whoever does not state for the organisation, and a programme that nothing
// can be charged to any more.
func (g ExpenditureCase) reports(by Actor) error {
	switch {
	case by.Hat.Role != PUNO || by.Hat.Organisation != g.Organisation:
		return ErrMissing
	case !g.Shares:
		return ErrNoShare.With("organisation", g.Code, "programme", g.Programme.Code)
	case g.Programme.State == ProgrammeClosed || g.Programme.State == ProgrammePast:
		return ErrBooksClosed.With("programme", g.Programme.Code)
	}
	return nil
}

// year judges the year that is stated: from the first transfer on, and over where it is
// certified, unless the programme's activities are.
func (g ExpenditureCase) year(e ExpenditureStatement, today time.Time) (found []problem.Problem) {
	over := g.Programme.State == ProgrammeDone || g.Programme.State == ProgrammeCancelled
	switch {
	case g.FirstYear == 0 || e.Year < g.FirstYear || e.Year > today.Year():
		from := "–"
		if g.FirstYear > 0 {
			from = strconv.Itoa(g.FirstYear)
		}
		return []problem.Problem{ErrExpenditureYear.With("year", e.Year, "from", from, "to", today.Year()).At("/year")}
	case e.Certified && e.Year == today.Year() && !over:
		return []problem.Problem{ErrUncertain.With("year", e.Year).At("/year")}
	}
	return nil
}

// lines asks every line of the budget, and no other, each in the fund's currency.
func (g ExpenditureCase) lines(e ExpenditureStatement) (found []problem.Problem) {
	known := map[string]bool{}
	for _, l := range g.Charter.Budget.Lines {
		known[l.Key] = true
		m, ok := e.Lines[l.Key]
		switch {
		case !ok:
			found = append(found, ErrRequired.At("/lines/"+l.Key))
		case m.Currency != g.Funded.Currency:
			found = append(found, ledger.ErrOtherMoney.With("currency", string(m.Currency), "books", string(g.Funded.Currency)).At("/lines/"+l.Key))
		}
	}
	for key := range e.Lines {
		if !known[key] {
			found = append(found, ErrUnknownWord.With("given", clip(key)).At("/lines"))
		}
	}
	return found
}

func (g ExpenditureCase) lineName(key string) charter.Names {
	for _, l := range g.Charter.Budget.Lines {
		if l.Key == key {
			return l.Name.Value
		}
	}
	return charter.Names{}
}

func sameLines(a, b map[string]ledger.Money) bool {
	if len(a) != len(b) {
		return false
	}
	for line, m := range a {
		if other, ok := b[line]; !ok || !m.Equal(other) {
			return false
		}
	}
	return true
}

// Find takes a certified statement into the books, or sends it back with a reason. What stood
// for the year is reversed by name, and the new one posted: on the year's last day where it is
// the first, today where it puts an earlier one right, so that what was published stays as it was.
func (g ExpenditureCase) Find(by Actor, e ExpenditureStatement, accept bool, reason string, standing *ledger.Voucher, now, today time.Time) (ExpenditureFinding, []ledger.Voucher, error) {
	f := ExpenditureFinding{Accepted: accept, Reason: reason, Person: by.Person, At: now}
	if by.Hat.Role != AgentPreparer && by.Hat.Role != AgentReleaser {
		return f, nil, ErrMissing
	}
	if s := g.State(e); s != ExpenditureWaiting {
		return f, nil, ErrExpenditureState.With("year", e.Year, "state", string(s))
	}
	if accept && g.Programme.State == ProgrammeClosed {
		return f, nil, ErrBooksClosed.With("programme", g.Programme.Code)
	}
	check := written
	if accept {
		check = bounded
	}
	if err := problem.Join(check(reason, "/reason", longestReason)); err != nil || !accept {
		return f, nil, err
	}
	on := time.Date(e.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	if on.After(today) || g.Standing(e.Year) != nil {
		on = today
	}
	var posted []ledger.Voucher
	memo := g.Programme.Code + ", expenditure " + strconv.Itoa(e.Year) + " of " + e.Code
	if standing != nil {
		posted = append(posted, standing.Reverse(uuid.New(), today, memo+", replaced"))
	}
	if v := ExpenditureVoucher(Entry{ID: uuid.New(), BookedOn: on, ValueOn: on, Memo: memo, Subject: "expenditure:" + e.ID.String()}, g.Programme.Code, e); len(v.Postings) > 0 {
		posted = append(posted, v)
		f.Voucher = &v.ID
	}
	return f, posted, nil
}

// May lists what by could do with a statement as it stands.
func (g ExpenditureCase) May(by Actor, e ExpenditureStatement) []string {
	if (by.Hat.Role == AgentPreparer || by.Hat.Role == AgentReleaser) && g.State(e) == ExpenditureWaiting {
		return []string{"expenditure.find"}
	}
	return nil
}

// MayReport tells whether by states what the organisation spent.
func (g ExpenditureCase) MayReport(by Actor, today time.Time) bool {
	return g.reports(by) == nil && g.FirstYear > 0 && g.FirstYear <= today.Year()
}

// ExpenditureVoucher books what an organisation certified: out of what it holds, to each line;
// a line below zero goes the other way.
func ExpenditureVoucher(e Entry, programme string, x ExpenditureStatement) ledger.Voucher {
	var postings []ledger.Posting
	keys := make([]string, 0, len(x.Lines))
	for key := range x.Lines {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		from, to, m := Held(x.Code, programme), Expenditure(x.Code, programme, key), x.Lines[key]
		if m.IsNegative() {
			from, to, m = to, from, m.Neg()
		}
		postings = append(postings, ledger.Posting{From: from, To: to, Money: m})
	}
	return e.voucher(ledger.Expended, postings...)
}

// DeliveryRate is what was spent as a percentage of what was funded, with two decimals, half
// up, made to be shown; it is not capped (domain.md 3.6), and "" where nothing was funded.
func DeliveryRate(spent, funded ledger.Money) string {
	if !funded.IsPositive() {
		return ""
	}
	return spent.Amount.Shift(2).DivRound(funded.Amount, 2).StringFixed(2)
}
