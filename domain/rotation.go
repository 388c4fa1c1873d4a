package domain

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Rota is all that the rotation of seats looks at: what seats there are, who held
// and will hold them, who belongs to which constituency and which states are in
// which groups. It is facts of the database and the charter of each day; it asks
// nobody the time.
type Rota struct {
	Charter  charter.Charter   // by which the horizon is measured; every other question is put to that of its day
	Charters []charter.Charter // every version that stands, those to come too; Charter alone where there are none
	Seats    []Seat
	Terms    []SeatTerm
	Members  []Belonging
	Groups   map[uuid.UUID][]GroupTerm
	Codes    map[uuid.UUID]string
	Kin      Kin
}

// Vacancy is a seat that nobody holds from a day on, and the last day for which it
// is to be filled: a whole term, or the rest of one that was given up.
type Vacancy struct {
	Seat
	From, Until time.Time
	Since       time.Time // from when it is vacant, whenever it is asked about
	Drawn       time.Time // the day that names the lot: the first Since of those filled with it
	Rest        bool      // of another's term
	Before      uuid.UUID // who held it last; nobody where nil
}

// Round is the vacancies that fall on one day, filled together.
type Round struct {
	Day       time.Time
	Charter   charter.Charter // in force on it
	Seed      string          // of the lot
	Vacancies []VacantSeat
	Before    Makeup // of the body on that day, without those seats
	Proposal  *Proposed
}

// VacantSeat is a vacancy with everybody who might fill it: who may, longest without a
// seat first, then who may not.
type VacantSeat struct {
	Vacancy
	Candidates []Contender
}

// Contender is an organisation before a vacancy.
type Contender struct {
	Organisation uuid.UUID
	Code         string
	Kind         string          // of other stakeholder
	Groups       []charter.Group // of a state, on the day
	Reasons      []Reason        // why not; none where it may
	Terms        int             // served before
	Months       int             // served before, whole ones together
	Left         time.Time       // the last day of its last term; zero where it never served
	Since        time.Time       // from which day its wait is counted
	Wait         int             // days without a seat on the day of the vacancy
	Lot          string          // its ticket in the lot that parts equals: the lower goes first
	Broken       []string        // rules of balance that a body with it, and the other vacancies empty, has too many for
}

// Eligible tells whether it may fill the vacancy.
func (c Contender) Eligible() bool { return len(c.Reasons) == 0 }

// Reason is why an organisation may not fill a vacancy: a code with what it speaks
// of. `api` has the sentence.
type Reason struct {
	Code string
	Day  time.Time // where the code speaks of one
	Seat string    // where the code speaks of one
}

// The reasons. A code never changes.
const (
	NotOfConstituency = "not-of-constituency" // on the day of the vacancy
	LeavesTooSoon     = "leaves-constituency" // Day: its last there, before the term ends
	AlreadySeated     = "already-seated"      // Seat, until Day
	ConsecutiveTerms  = "consecutive-terms"   // as many in a row as the charter allows; Day: from when it may again
	CoolingOff        = "cooling-off"         // the same, and not yet long enough away
	WouldOverstay     = "later-term"          // a term it has been given, from Day, would be one too many in a row
)

// Makeup is how many seats are held, and by how many of each group and kind.
type Makeup struct {
	Seats  int
	Groups map[charter.Group]int
	Kinds  map[string]int
}

// Lot is an organisation's ticket: SHA-256 of the seed, a line feed and the
// organisation's code, in small hexadecimal letters. Whoever sorts the tickets of
// equals has drawn the lot again.
func Lot(seed, code string) string {
	sum := sha256.Sum256([]byte(seed + "\n" + code))
	return hex.EncodeToString(sum[:])
}

// Seed is that of a lot, named by the day from which a seat stands vacant. It follows
// from what everybody knows beforehand and is the same whenever somebody looks, so that
// nobody chooses it.
func (r Rota) Seed(day time.Time) string {
	return r.under(day).Charter.Fund.ShortCode.Value + " rotation " + day.Format(time.DateOnly)
}

// Vacancies lists the first vacancy of each seat from a day on, up to another day,
// in the order of their days, each under the charter in force on its first day. The
// chair's is none of them: the office brings it. A seat beyond those that the charter of
// the day has is not filled again.
func (r Rota) Vacancies(from, to time.Time) []Vacancy {
	var list []Vacancy
	for _, s := range r.Seats {
		if s.Constituency == ChairConstituency {
			continue
		}
		if v := r.vacant(s, from); !v.From.IsZero() && !v.From.After(to) {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b Vacancy) int {
		return cmp.Or(a.From.Compare(b.From), b.Until.Compare(a.Until), r.rank(a)-r.rank(b), cmp.Compare(len(a.Name), len(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	for rest := list; len(rest) > 0; {
		var of []Vacancy
		of, rest = together(rest)
		drawn := slices.MinFunc(of, func(a, b Vacancy) int { return a.Since.Compare(b.Since) }).Since
		for i := range of {
			of[i].Drawn = drawn
		}
	}
	return list
}

// rank is a constituency's place in the charter of the day on which its seat falls vacant.
func (r Rota) rank(v Vacancy) int {
	return slices.IndexFunc(r.under(v.From).Charter.Constituencies, func(k charter.Constituency) bool { return k.Key == v.Constituency })
}

// vacant finds the first day from `from` on which the rules have the seat and nobody
// holds it, and until when it is then to be filled: for a whole term, for the rest of one
// given up, or until a term already given or the rules to come take the seat.
func (r Rota) vacant(s Seat, from time.Time) Vacancy {
	v := r.free(s, from)
	for !v.From.IsZero() {
		day := r.begins(s, v.From)
		if day.IsZero() {
			return Vacancy{}
		}
		if day.Equal(v.From) {
			break
		}
		v = r.free(s, day)
	}
	if v.From.IsZero() {
		return v
	}
	if end := r.ends(s, v.From); !end.IsZero() && end.Before(v.Until) {
		v.Until = end
	}
	if first := r.had(s, v.From); v.Since.Before(first) {
		v.Since = first
	}
	return v
}

// free finds the first day from `from` on which nobody holds the seat, whatever the rules
// say of it.
func (r Rota) free(s Seat, from time.Time) Vacancy {
	v := Vacancy{Seat: s, From: from}
	terms := r.of(func(t SeatTerm) bool { return t.Seat == s.ID })
	var last SeatTerm
	for _, t := range terms {
		if t.From.After(v.From) {
			break
		}
		if last = t; t.Until.IsZero() {
			return Vacancy{}
		}
		if next := t.Until.AddDate(0, 0, 1); next.After(v.From) {
			v.From = next
		}
	}
	if v.Before = last.Organisation; !last.Until.IsZero() {
		v.Since = last.Until.AddDate(0, 0, 1)
	}
	v.Until = v.From.AddDate(0, r.under(v.From).Charter.Terms.Months.Value, -1)
	if last.Meant.After(last.Until) && !last.Meant.Before(v.From) {
		v.Until, v.Rest = last.Meant, true
	}
	for _, t := range terms {
		if t.From.After(v.From) && !t.From.After(v.Until) {
			v.Until, v.Rest = t.From.AddDate(0, 0, -1), true
		}
	}
	return v
}

// of picks terms, first to last.
func (r Rota) of(pick func(SeatTerm) bool) []SeatTerm {
	var list []SeatTerm
	for _, t := range r.Terms {
		if pick(t) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b SeatTerm) int { return a.From.Compare(b.From) })
	return list
}

// Before is an organisation, belonging or not, before a vacancy.
func (r Rota) Before(v Vacancy, organisation uuid.UUID) Contender {
	r = r.under(v.From)
	c := Contender{Organisation: organisation, Code: r.Codes[organisation], Groups: r.groupsOf(organisation, v.From)}
	c.Lot = Lot(r.Seed(v.Drawn), c.Code)
	served := r.served(organisation)
	var last SeatTerm
	for _, t := range served {
		if t.From.Before(v.From) {
			end := t.Until
			if end.IsZero() || !end.Before(v.From) {
				end = v.From.AddDate(0, 0, -1)
			}
			c.Terms++
			c.Months += wholeMonths(t.From, end.AddDate(0, 0, 1))
			if last.From.IsZero() || end.After(c.Left) {
				last, c.Left = t, end
			}
		}
	}
	member := r.belonging(organisation, v.Constituency, v.From)
	c.Kind, c.Since = member.Kind, member.From
	if !c.Left.IsZero() {
		c.Since = c.Left.AddDate(0, 0, 1)
	}
	if first := r.composed(); !c.Since.IsZero() && c.Since.Before(first) {
		c.Since = first // before there was a body nobody waited for a seat on it
	}
	if !c.Since.IsZero() && c.Since.Before(v.From) {
		c.Wait = int(v.From.Sub(c.Since).Hours() / 24)
	}
	c.Reasons = r.reasons(v, organisation, member, served)
	return c
}

func (r Rota) reasons(v Vacancy, organisation uuid.UUID, member Belonging, served []SeatTerm) (why []Reason) {
	if member.Constituency == "" {
		why = append(why, Reason{Code: NotOfConstituency})
	} else if !member.Until.IsZero() && member.Until.Before(v.Until) {
		why = append(why, Reason{Code: LeavesTooSoon, Day: member.Until})
	}
	for _, t := range r.Terms {
		if t.Organisation != organisation || !meet(t.From, t.Until, v.From, v.Until) {
			continue
		}
		if s := r.seat(t.Seat); s.Constituency != ChairConstituency || !r.Charter.Rotation.ChairServes.Value {
			return append(why, Reason{Code: AlreadySeated, Seat: s.Name, Day: t.Until})
		}
	}
	return append(why, r.overstays(v, served)...)
}

// overstays tells whether a term would be one too many in a row. Terms are in a row
// while less than the cooling-off lies between them; a part of a term shorter than
// the charter says counts for none, though it breaks no row.
func (r Rota) overstays(v Vacancy, served []SeatTerm) []Reason {
	all := append(slices.Clone(served), SeatTerm{From: v.From, Until: v.Until})
	slices.SortFunc(all, func(a, b SeatTerm) int { return a.From.Compare(b.From) })
	row := 0
	for i, t := range all {
		if i > 0 && r.apart(all[i-1], t) {
			row = 0
		}
		if row >= r.Charter.Terms.MaxConsecutive.Value && !t.From.Before(v.From) {
			if t.From.After(v.From) {
				return []Reason{{Code: WouldOverstay, Day: t.From}}
			}
			again := all[i-1].Until.AddDate(0, 0, 1)
			why := Reason{Code: CoolingOff, Day: again.AddDate(0, r.Charter.Terms.CoolingOff.Value, 0)}
			if again.Equal(v.From) {
				why.Code = ConsecutiveTerms
			}
			if !why.Day.After(v.From) { // no cooling-off: a day away is enough
				why.Day = v.From.AddDate(0, 0, 1)
			}
			return []Reason{why}
		}
		if !t.From.AddDate(0, r.Charter.Rotation.PartTerm.Value, 0).After(t.Until.AddDate(0, 0, 1)) {
			row++
		}
	}
	return nil
}

// apart tells whether so much lies between two terms that the second begins a new row.
func (r Rota) apart(a, b SeatTerm) bool {
	next := a.Until.AddDate(0, 0, 1)
	return b.From.After(next) && !b.From.Before(next.AddDate(0, r.Charter.Terms.CoolingOff.Value, 0))
}

// served are an organisation's terms on seats of the constituencies, first to last.
func (r Rota) served(organisation uuid.UUID) []SeatTerm {
	return r.of(func(t SeatTerm) bool {
		return t.Organisation == organisation && r.seat(t.Seat).Constituency != ChairConstituency
	})
}

func (r Rota) seat(id uuid.UUID) Seat {
	if i := slices.IndexFunc(r.Seats, func(s Seat) bool { return s.ID == id }); i >= 0 {
		return r.Seats[i]
	}
	return Seat{}
}

func (r Rota) belonging(organisation uuid.UUID, constituency string, day time.Time) Belonging {
	for _, b := range r.Members {
		if b.Organisation == organisation && b.Constituency == constituency && b.On(day) {
			return b
		}
	}
	return Belonging{}
}

// groupsOf are the groups in which a state is on a day.
func (r Rota) groupsOf(organisation uuid.UUID, day time.Time) (in []charter.Group) {
	for _, g := range r.Groups[organisation] {
		if g.On(day) {
			in = append(in, g.Group)
		}
	}
	return in
}

// candidates are everybody who belongs to the vacancy's constituency on its day, and
// whoever held the seat before; who may comes first, longest without a seat first.
func (r Rota) candidates(v Vacancy) []Contender {
	var list []Contender
	seen := map[uuid.UUID]bool{}
	add := func(o uuid.UUID) {
		if o != uuid.Nil && !seen[o] {
			seen[o] = true
			list = append(list, r.Before(v, o))
		}
	}
	for _, b := range r.Members {
		if b.Constituency == v.Constituency && b.On(v.From) {
			add(b.Organisation)
		}
	}
	add(v.Before)
	slices.SortFunc(list, func(a, b Contender) int {
		if a.Eligible() != b.Eligible() {
			return map[bool]int{true: -1, false: 1}[a.Eligible()]
		}
		return inOrder(a, b)
	})
	return list
}

// inOrder is the order that the fund holds to be fair: longest without a seat
// first, equals by lot.
func inOrder(a, b Contender) int { return cmp.Or(b.Wait-a.Wait, cmp.Compare(a.Lot, b.Lot)) }

// Makeup is the body on a day, without the seats that are left out.
func (r Rota) Makeup(day time.Time, without ...Vacancy) Makeup {
	s := Makeup{Groups: map[charter.Group]int{}, Kinds: map[string]int{}}
	for _, x := range r.holders(day, without) {
		s = s.With(x.Contender)
	}
	return s
}

// With is the standing with one more seat held.
func (s Makeup) With(c Contender) Makeup {
	with := Makeup{Seats: s.Seats + 1, Groups: map[charter.Group]int{}, Kinds: map[string]int{}}
	for g, n := range s.Groups {
		with.Groups[g] = n
	}
	for k, n := range s.Kinds {
		with.Kinds[k] = n
	}
	for _, g := range c.Groups {
		with.Groups[g]++
	}
	if c.Kind != "" {
		with.Kinds[c.Kind]++
	}
	return with
}

// holding is who holds a seat of a constituency on a day, as balance sees it.
type holding struct {
	constituency string
	Contender
}

// holders are those who sit on a day for constituencies, the chair apart.
func (r Rota) holders(day time.Time, without []Vacancy) []holding {
	var list []holding
	for _, t := range r.Terms {
		s := r.seat(t.Seat)
		if s.Constituency == ChairConstituency || !covers(t.From, t.Until, day) ||
			slices.ContainsFunc(without, func(v Vacancy) bool { return v.ID == s.ID }) {
			continue
		}
		list = append(list, holding{s.Constituency, Contender{Organisation: t.Organisation, Code: r.Codes[t.Organisation],
			Kind: r.belonging(t.Organisation, s.Constituency, day).Kind, Groups: r.groupsOf(t.Organisation, day)}})
	}
	return list
}

// wholeMonths are those from one day to before another.
func wholeMonths(from, to time.Time) int {
	n := (to.Year()-from.Year())*12 + int(to.Month()-from.Month())
	if from.AddDate(0, n, 0).After(to) {
		n--
	}
	return max(n, 0)
}
