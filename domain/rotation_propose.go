package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Proposed is what the program proposes for a round.
type Proposed struct {
	Choices  []Choice
	After    Makeup
	Short    []Short  // seats that nobody may fill
	Conflict []string // rules that cannot all be kept, none of which could be left out of this list; then nobody is proposed
	Aside    []string // rules that were set aside by who asked
}

// Choice is whom the program proposes for a seat, and why.
type Choice struct {
	Vacancy
	Contender
	Why    string
	Tied   int      // others who waited as long and may be seated as well, but drew higher tickets
	Passed []Passed // who waited longer, or drew a lower ticket, and could not be seated
}

// Passed is an organisation before which another was chosen, and the rules that no
// body with it could keep; no rule, where the term is longer than it may serve.
type Passed struct {
	Organisation uuid.UUID
	Code         string
	Rules        []string
}

// Short is how many seats of a constituency are vacant, and how many organisations
// may fill them.
type Short struct {
	Constituency string
	Seats, Able  int
}

// The grounds of a choice. A code never changes.
const (
	NobodyElse  = "nobody-else"
	LongestWait = "longest-wait"
	ByLot       = "by-lot"
	ForBalance  = "for-balance"
)

// Plan is the rounds of rotation up to the charter's horizon, each with who may come
// next. Where the charter asks for it each has a proposal, which takes the rounds
// before it as filled as proposed; so does each round's make-up.
func (r Rota) Plan(on time.Time) []Round {
	vacancies := r.Vacancies(on, on.AddDate(0, r.Charter.Rotation.Horizon.Value, 0))
	ahead := r
	ahead.Terms = slices.Clone(r.Terms)
	var rounds []Round
	for len(vacancies) > 0 {
		var of []Vacancy
		of, vacancies = together(vacancies)
		ahead = ahead.under(of[0].From)
		round := Round{Day: of[0].From, Charter: ahead.Charter, Seed: r.Seed(of[0].Drawn), Before: ahead.Makeup(of[0].From, of...)}
		sit := ahead.holders(round.Day, of)
		for _, v := range of {
			o := VacantSeat{Vacancy: v, Candidates: r.candidates(v)}
			for i, c := range o.Candidates {
				o.Candidates[i].Broken = ahead.passedBy(sit, holding{v.Constituency, c})
			}
			round.Vacancies = append(round.Vacancies, o)
		}
		if ahead.Charter.Rotation.Proposes.Value {
			p := ahead.Propose(of)
			ahead.Terms = append(ahead.Terms, p.terms()...)
			round.Proposal = &p
		}
		rounds = append(rounds, round)
	}
	return rounds
}

// LotDrawn is what was proposed for a vacancy when it was filled, and by which lot.
type LotDrawn struct {
	Seat     uuid.UUID
	Day      time.Time // from which it was vacant
	Seed     string
	Proposed uuid.UUID // nobody where nil
	Code     string    // of that organisation, where the lot is read
	Why      string    // ground of the choice
	Lot      string    // ticket of who was proposed
}

// Draws are what the plan of a day has for the vacancies that are to be filled. Where the
// charter asks for no proposal there is the seed alone.
func (r Rota) Draws(on time.Time, choices []Choosing) (list []LotDrawn) {
	for _, round := range r.Plan(on) {
		for _, v := range round.Vacancies {
			if !slices.ContainsFunc(choices, func(c Choosing) bool { return c.Seat == v.ID }) {
				continue
			}
			d := LotDrawn{Seat: v.ID, Day: v.Since, Seed: round.Seed}
			if round.Proposal != nil {
				for _, c := range round.Proposal.Choices {
					if c.Vacancy.ID == v.ID {
						d.Proposed, d.Why, d.Lot = c.Organisation, c.Why, c.Lot
					}
				}
			}
			list = append(list, d)
		}
	}
	return list
}

// together parts vacancies in the order of their days: those of the first day, and the
// later ones.
func together(list []Vacancy) (first, later []Vacancy) {
	n := slices.IndexFunc(list, func(v Vacancy) bool { return v.From.After(list[0].From) })
	if n < 0 {
		n = len(list)
	}
	return list[:n], list[n:]
}

// passedBy are the rules of which one more would be too many.
func (r Rota) passedBy(sit []holding, one holding) (rules []string) {
	for _, l := range r.limits(r.Charter.Rotation.Balance, []string{one.constituency}) {
		if l.counts(one) && l.of(sit)+1 > l.most && !slices.Contains(rules, l.rule) {
			rules = append(rules, l.rule)
		}
	}
	return rules
}

func (p Proposed) terms() (list []SeatTerm) {
	for _, c := range p.Choices {
		list = append(list, SeatTerm{Seat: c.Vacancy.ID, Organisation: c.Organisation, From: c.From, Until: c.Until})
	}
	return list
}

// Propose fills vacancies of one day. Going through all who may be seated, longest
// without a seat first and equals by lot, it takes each with whom all vacancies that
// somebody may fill can still be filled and every rule of balance kept. Where that
// cannot be done at all it names a smallest conflict and proposes nobody. Rules set
// aside by who asks are left out.
func (r Rota) Propose(vacancies []Vacancy, aside ...string) Proposed {
	r = r.under(vacancies[0].From)
	p := Proposed{Aside: aside}
	s := search{fixed: r.holders(vacancies[0].From, vacancies)}
	s.pools, p.Short = r.pools(vacancies)
	var rules []charter.Balance
	for _, b := range r.Charter.Rotation.Balance {
		if !slices.Contains(aside, b.Key) {
			rules = append(rules, b)
		}
	}
	if p.Conflict = r.conflict(s, rules, nil); len(p.Conflict) > 0 {
		return p
	}
	p.Choices = r.choose(s, rules)
	p.After = r.Makeup(vacancies[0].From, vacancies...)
	for _, c := range p.Choices {
		p.After = p.After.With(c.Contender)
	}
	return p
}

// pools parts the vacancies of a round by constituency and leaves out those that
// nobody may fill.
func (r Rota) pools(vacancies []Vacancy) (pools []pool, short []Short) {
	for _, k := range r.Charter.Constituencies {
		of := pool{constituency: k.Key}
		seats := 0
		for _, v := range vacancies { // longest first
			if v.Constituency != k.Key {
				continue
			}
			seats++
			for _, c := range r.candidates(v) {
				if c.Eligible() && !slices.ContainsFunc(of.able, func(a able) bool { return a.Organisation == c.Organisation }) {
					of.able = append(of.able, able{c, len(of.openings)})
				}
			}
			if len(of.able) > len(of.openings) {
				of.openings = append(of.openings, v)
			}
		}
		if seats > len(of.openings) {
			short = append(short, Short{k.Key, seats, len(of.able)})
		}
		if len(of.openings) > 0 {
			slices.SortFunc(of.able, func(a, b able) int { return inOrder(a.Contender, b.Contender) })
			pools = append(pools, of)
		}
	}
	return pools, short
}

// conflict names rules that cannot all be kept with these chosen, each of which is
// needed for the conflict; none where they can.
func (r Rota) conflict(s search, rules []charter.Balance, chosen map[int][]able) (keys []string) {
	fails := func(rules []charter.Balance) bool {
		s.limits = r.limits(rules, s.constituencies())
		return !s.possible(chosen)
	}
	if len(s.pools) == 0 || !fails(rules) {
		return nil
	}
	left := slices.Clone(rules)
	for i := 0; i < len(left); {
		if without := slices.Delete(slices.Clone(left), i, i+1); fails(without) {
			left = without
		} else {
			i++
		}
	}
	for _, b := range left {
		keys = append(keys, b.Key)
	}
	return keys
}

// inTurn is one candidate of one pool, in the order in which all are gone through.
type inTurn struct {
	pool int
	able
}

func (r Rota) choose(s search, rules []charter.Balance) (choices []Choice) {
	var turns []inTurn
	for i, p := range s.pools {
		for _, a := range p.able {
			turns = append(turns, inTurn{i, a})
		}
	}
	slices.SortStableFunc(turns, func(a, b inTurn) int { return inOrder(a.Contender, b.Contender) })
	chosen := map[int][]able{}
	refused := map[uuid.UUID][]string{}
	s.limits = r.limits(rules, s.constituencies())
	alike := map[string][]string{} // who counts as one refused before is refused again
	for _, t := range turns {
		if len(chosen[t.pool]) == len(s.pools[t.pool].openings) {
			continue
		}
		sort := string([]byte{byte(t.pool), byte(t.from)}) + string(s.adds(holding{s.pools[t.pool].constituency, t.Contender}))
		if why, known := alike[sort]; known {
			refused[t.Organisation] = why
			continue
		}
		with := map[int][]able{}
		for p, list := range chosen {
			with[p] = slices.Clone(list)
		}
		with[t.pool] = append(with[t.pool], t.able)
		if s.possible(with) {
			chosen = with
			continue
		}
		refused[t.Organisation] = r.conflict(s, rules, with)
		alike[sort] = refused[t.Organisation]
	}
	for i, p := range s.pools {
		choices = append(choices, p.seated(chosen[i], refused)...)
	}
	return choices
}

// seated gives each of the chosen a seat: the longest vacancies to those who may fill
// them, and one's own again to who holds it, where all are alike.
func (p pool) seated(chosen []able, refused map[uuid.UUID][]string) (choices []Choice) {
	left := slices.Clone(chosen)
	alike := p.openings[0].Until.Equal(p.openings[len(p.openings)-1].Until)
	for i, v := range p.openings {
		n := slices.IndexFunc(left, func(a able) bool { return alike && a.Organisation == v.Before })
		if n < 0 {
			n = slices.IndexFunc(left, func(a able) bool {
				return a.from <= i && !(alike && slices.ContainsFunc(p.openings[i:], func(o Vacancy) bool { return o.Before == a.Organisation }))
			})
		}
		if n < 0 {
			n = slices.IndexFunc(left, func(a able) bool { return a.from <= i })
		}
		choices = append(choices, p.explained(v, left[n], chosen, refused))
		left = slices.Delete(left, n, n+1)
	}
	return choices
}

// explained says why one was chosen.
func (p pool) explained(v Vacancy, one able, chosen []able, refused map[uuid.UUID][]string) Choice {
	c := Choice{Vacancy: v, Contender: one.Contender, Why: LongestWait}
	for _, a := range p.able {
		rules, no := refused[a.Organisation]
		in := slices.ContainsFunc(chosen, func(x able) bool { return x.Organisation == a.Organisation })
		switch {
		case no && inOrder(a.Contender, one.Contender) < 0:
			c.Passed = append(c.Passed, Passed{a.Organisation, a.Code, rules})
		case !no && !in && a.Wait == one.Wait:
			c.Tied++
		}
	}
	switch {
	case len(p.able) == len(p.openings):
		c.Why = NobodyElse
	case len(c.Passed) > 0:
		c.Why = ForBalance
	case c.Tied > 0:
		c.Why = ByLot
	}
	return c
}
