package domain

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// Fifty years of rotation: organisations join and leave, holders resign, groups
// change and rules of balance are drawn at random; of the rest the program's own
// proposals are taken. A checker that shares no line with the planner counts again.
func TestFiftyYearsOfRotation(t *testing.T) {
	filled, named := 0, 0
	for seed := range uint64(2) {
		m := newModel(seed)
		for m.day = date("2026-01-01"); m.day.Before(date("2076-01-01")); m.day = m.day.AddDate(0, 1, 0) {
			m.happen()
			m.fill(t)
		}
		m.everyRowIsShort(t)
		m.nobodyTwice(t)
		filled, named = filled+len(m.r.Terms), named+m.conflicts
		for _, s := range m.r.Spread(m.day) {
			t.Logf("seed %d, %s: %d members, longest wait %.1f years, served between %d and %d months; %d conflicts named",
				seed, s.Constituency, s.Members, float64(s.LongestWait)/365.25, s.Least, s.Most, m.conflicts)
		}
	}
	if filled < 1000 || named < 20 {
		t.Errorf("%d terms and %d conflicts: the model tries too little", filled, named)
	}
}

type model struct {
	r         Rota
	dice      *rand.Rand
	day       time.Time
	n         int
	conflicts int
	able      map[string]bool // what may said since terms last changed
}

func newModel(seed uint64) *model {
	m := &model{dice: rand.New(rand.NewPCG(seed, 5))}
	c := charter.MustDefault()
	c.Terms.Months.Value = []int{12, 24, 12}[m.dice.IntN(3)]
	c.Terms.MaxConsecutive.Value = 1 + m.dice.IntN(3)
	c.Terms.CoolingOff.Value = m.dice.IntN(4) * 8
	c.Rotation.PartTerm.Value = m.dice.IntN(9)
	c.Rotation.Balance = append(c.Rotation.Balance, m.rules()...)
	m.r = Rota{Charter: c, Groups: map[uuid.UUID][]GroupTerm{}, Codes: map[uuid.UUID]string{}}
	m.day = date("2026-01-01")
	for _, k := range c.Constituencies {
		for n := range k.Seats.Value {
			m.r.Seats = append(m.r.Seats, Seat{m.id(), k.Key, fmt.Sprintf("%s-%d", k.Key, n+1)})
		}
		for range 4 + m.dice.IntN(5) {
			m.joins(k.Key)
		}
	}
	return m
}

// rules are two more at random, some of which cannot be kept for long.
func (m *model) rules() (list []charter.Balance) {
	for n := range 2 {
		b := charter.Balance{Key: fmt.Sprintf("drawn-%d", n)}
		b.Among.Value = []string{"body", "donors", "recipients"}[m.dice.IntN(3)]
		b.Group.Value = charter.Groups[m.dice.IntN(len(charter.Groups))]
		b.Least.Value = m.dice.IntN(3)
		b.Most.Value = b.Least.Value + m.dice.IntN(4)
		list = append(list, b)
	}
	return list
}

func (m *model) id() uuid.UUID {
	m.n++
	return uuid.NewSHA1(uuid.Nil, fmt.Append(nil, m.n))
}

func (m *model) joins(constituency string) {
	id := m.id()
	m.r.Codes[id] = fmt.Sprintf("O%04d", m.n)
	b := Belonging{Organisation: id, Constituency: constituency, From: m.day.AddDate(0, -m.dice.IntN(30), 0)}
	switch constituency {
	case "stakeholders":
		b.Kind = m.r.Charter.Rotation.Kinds[m.dice.IntN(13)].Key
	case "donors", "recipients":
		in := []charter.Group{charter.RegionalGroups[m.dice.IntN(5)]}
		for _, g := range charter.IncomeGroups {
			if m.dice.IntN(4) == 0 {
				in = append(in, g)
			}
		}
		for _, g := range in {
			term := GroupTerm{Group: g}
			if m.dice.IntN(6) == 0 && slices.Contains(charter.IncomeGroups, g) {
				term.Until = m.day.AddDate(1+m.dice.IntN(20), 0, 0)
			}
			m.r.Groups[id] = append(m.r.Groups[id], term)
		}
	}
	m.r.Members = append(m.r.Members, b)
}

// happen is what a month brings.
func (m *model) happen() {
	if m.dice.IntN(12) == 0 {
		m.joins(m.r.Charter.Constituencies[m.dice.IntN(4)].Key)
	}
	if i := m.dice.IntN(len(m.r.Members)); m.dice.IntN(8) == 0 && m.r.Members[i].Until.IsZero() {
		if b, err := m.r.Members[i].Leave(m.day.AddDate(0, m.dice.IntN(20), 0), "a note", m.r.Terms, m.r.Seats); err == nil {
			m.r.Members[i] = b
		}
	}
	if len(m.r.Terms) > 0 && m.dice.IntN(5) == 0 {
		i := len(m.r.Terms) - 1 - m.dice.IntN(min(12, len(m.r.Terms)))
		if t, err := m.r.Terms[i].GiveUp(Resigned, m.day.AddDate(0, 0, m.dice.IntN(60)), m.day, "a note"); err == nil {
			m.r.Terms[i] = t
		}
	}
}

// fill takes what is proposed for this month's vacancies, and checks it.
func (m *model) fill(t *testing.T) {
	for _, v := range m.rounds() {
		var aside []string
		p := m.r.Propose(v)
		for len(p.Conflict) > 0 {
			m.conflicts++
			m.conflictIsSmallest(t, v, p.Conflict, aside)
			aside = append(aside, p.Conflict[0])
			p = m.r.Propose(v, aside...)
		}
		m.isRight(t, v, p, aside)
		m.r.Terms = append(m.r.Terms, p.terms()...)
	}
}

func (m *model) rounds() (rounds [][]Vacancy) {
	list := m.r.Vacancies(m.day, m.day.AddDate(0, 1, -1))
	for len(list) > 0 {
		n := slices.IndexFunc(list, func(v Vacancy) bool { return !v.From.Equal(list[0].From) })
		if n < 0 {
			n = len(list)
		}
		rounds, list = append(rounds, list[:n]), list[n:]
	}
	return rounds
}

// --- The checker: plain counting, by brute force, without the planner's code.

// person is what the checker knows of an organisation on a day.
type person struct {
	id           uuid.UUID
	code         string
	constituency string
	marks        map[string]bool // groups and kind
	wait         int
	until        time.Time // as long as its membership lasts
}

// may tells whether one may serve from a day to another, by the words of the charter.
func (m *model) may(o uuid.UUID, constituency string, from, until time.Time) bool {
	key := fmt.Sprint(o, constituency, from.Unix(), until.Unix(), len(m.r.Terms), m.day.Unix())
	if m.able == nil || len(m.able) > 5000 {
		m.able = map[string]bool{}
	}
	known, seen := m.able[key]
	if !seen {
		known = m.mayServe(o, constituency, from, until)
		m.able[key] = known
	}
	return known
}

func (m *model) mayServe(o uuid.UUID, constituency string, from, until time.Time) bool {
	member := false
	for _, b := range m.r.Members {
		if b.Organisation == o && b.Constituency == constituency && !b.From.After(from) && (b.Until.IsZero() || !b.Until.Before(until)) {
			member = true
		}
	}
	var all []SeatTerm
	for _, x := range m.r.Terms {
		if x.Organisation == o {
			if !x.Until.Before(from) && !x.From.After(until) {
				return false
			}
			all = append(all, x)
		}
	}
	all = append(all, SeatTerm{From: from, Until: until})
	return member && m.rowsAreShort(all)
}

// rowsAreShort tells whether no term begins once enough that count lie behind it in a row.
func (m *model) rowsAreShort(all []SeatTerm) bool {
	slices.SortFunc(all, func(a, b SeatTerm) int { return int(a.From.Sub(b.From).Hours()) })
	for i := range all {
		counted := 0
		for j := i - 1; j >= 0; j-- {
			after := all[j].Until.Add(24 * time.Hour)
			if back := after.AddDate(0, m.r.Charter.Terms.CoolingOff.Value, 0); !all[j+1].From.Equal(after) && !all[j+1].From.Before(back) {
				break
			}
			if !after.Before(all[j].From.AddDate(0, m.r.Charter.Rotation.PartTerm.Value, 0)) {
				counted++
			}
		}
		if counted >= m.r.Charter.Terms.MaxConsecutive.Value {
			return false
		}
	}
	return true
}

func (m *model) marks(o uuid.UUID, constituency string, day time.Time) map[string]bool {
	marks := map[string]bool{}
	for _, g := range m.r.Groups[o] {
		if g.Until.IsZero() || !g.Until.Before(day) {
			marks[string(g.Group)] = true
		}
	}
	for _, b := range m.r.Members {
		if b.Organisation == o && b.Constituency == constituency && b.Kind != "" && !b.From.After(day) && (b.Until.IsZero() || !b.Until.Before(day)) {
			marks["kind "+b.Kind] = true
		}
	}
	return marks
}

// wait is how long an organisation has been without a seat.
func (m *model) wait(o uuid.UUID, constituency string, day time.Time) int {
	since := time.Time{}
	for _, b := range m.r.Members {
		if b.Organisation == o && b.Constituency == constituency {
			since = b.From
		}
	}
	for _, x := range m.r.Terms {
		if x.Organisation == o && x.Until.Before(day) {
			if end := x.Until.Add(24 * time.Hour); m.served(o, x) {
				since = end
			}
		}
	}
	for i, x := range m.r.Terms { // the first composition is the first
		if i == 0 && since.Before(x.From) {
			since = x.From
		}
	}
	return max(0, int(day.Sub(since)/(24*time.Hour)))
}

// served tells whether a term is the last that an organisation has served.
func (m *model) served(o uuid.UUID, x SeatTerm) bool {
	for _, y := range m.r.Terms {
		if y.Organisation == o && y.Until.After(x.Until) && y.From.Before(m.day.AddDate(0, 1, 0)) && y.From.Before(x.Until.AddDate(100, 0, 0)) && y.Until.Before(m.day) {
			return false
		}
	}
	return true
}

// markers are the marks that a rule counts.
func (m *model) markers(b charter.Balance) (marks []string) {
	switch b.Group.Value {
	case charter.EachRegion:
		for _, g := range charter.RegionalGroups {
			marks = append(marks, string(g))
		}
	case charter.EachKind:
		for _, k := range m.r.Charter.Rotation.Kinds {
			marks = append(marks, "kind "+k.Key)
		}
	default:
		marks = []string{string(b.Group.Value)}
	}
	return marks
}

// kept tells whether so many of each mark keep a rule.
func (m *model) kept(b charter.Balance, sit []person) bool {
	for _, mark := range m.markers(b) {
		n := 0
		for _, p := range sit {
			if p.marks[mark] && (b.Among.Value == "body" || b.Among.Value == p.constituency) {
				n++
			}
		}
		if n < b.Least.Value || n > b.Most.Value {
			return false
		}
	}
	return true
}

// bearing are the rules, by key, that vacancies bear on.
func (m *model) bearing(v []Vacancy, keys func(string) bool) (rules []charter.Balance) {
	for _, b := range m.r.Charter.Rotation.Balance {
		among := slices.ContainsFunc(v, func(x Vacancy) bool {
			return (b.Among.Value == "body" || x.Constituency == b.Among.Value) && m.fillable(v, x.Constituency) > 0
		})
		if among && keys(b.Key) {
			rules = append(rules, b)
		}
	}
	return rules
}

// fillable is how many of a constituency's vacancies can be filled: the most pairs.
func (m *model) fillable(v []Vacancy, constituency string) int {
	best := 0
	var try func(i int, used map[uuid.UUID]bool, n int)
	list := []Vacancy{}
	for _, x := range v {
		if x.Constituency == constituency {
			list = append(list, x)
		}
	}
	try = func(i int, used map[uuid.UUID]bool, n int) {
		best = max(best, n)
		if i == len(list) || best == len(list) {
			return
		}
		for _, o := range m.members(constituency) {
			if !used[o] && m.may(o, constituency, list[i].From, list[i].Until) {
				used[o] = true
				try(i+1, used, n+1)
				delete(used, o)
				break // who fills the longer term may fill any shorter: the first will do
			}
		}
		try(i+1, used, n)
	}
	try(0, map[uuid.UUID]bool{}, 0)
	return best
}

func (m *model) members(constituency string) (list []uuid.UUID) {
	for _, b := range m.r.Members {
		if b.Constituency == constituency && !slices.Contains(list, b.Organisation) {
			list = append(list, b.Organisation)
		}
	}
	return list
}

// completions lists every way to fill the vacancies of each constituency, by what
// marks it adds: ways that add the same are one.
func (m *model) completions(v []Vacancy, must []uuid.UUID, marks []string) [][][]person {
	var out [][][]person
	for _, k := range m.r.Charter.Constituencies {
		var list []Vacancy
		for _, x := range v {
			if x.Constituency == k.Key {
				list = append(list, x)
			}
		}
		if len(list) == 0 {
			continue
		}
		need := m.fillable(v, k.Key)
		var of []person
		needed := 0
		for _, o := range m.members(k.Key) {
			shortest := list[len(list)-1]
			if m.may(o, k.Key, shortest.From, shortest.Until) {
				of = append(of, person{id: o, code: m.r.Codes[o], constituency: k.Key, marks: m.marks(o, k.Key, v[0].From)})
				if slices.Contains(must, o) {
					needed++
				}
			}
		}
		seen := map[string]bool{}
		var ways [][]person
		var pick func(i int, with []person, has int)
		pick = func(i int, with []person, has int) {
			if len(with) == need {
				if has == needed && m.seatable(list, with) {
					if sum := adds(with, marks); !seen[sum] {
						seen[sum] = true
						ways = append(ways, slices.Clone(with))
					}
				}
				return
			}
			if i == len(of) {
				return
			}
			more := 0
			if slices.Contains(must, of[i].id) {
				more = 1
			}
			pick(i+1, append(with, of[i]), has+more)
			pick(i+1, with, has)
		}
		pick(0, nil, 0)
		out = append(out, ways)
	}
	return out
}

// seatable tells whether so many people can take so many of the seats, each one it may.
func (m *model) seatable(list []Vacancy, who []person) bool {
	if len(who) == 0 {
		return true
	}
	if len(list) == 0 {
		return false
	}
	for i, p := range who {
		if m.may(p.id, p.constituency, list[0].From, list[0].Until) && m.seatable(list[1:], append(slices.Clone(who[:i]), who[i+1:]...)) {
			return true
		}
	}
	return len(list) > len(who) && m.seatable(list[1:], who)
}

func adds(who []person, marks []string) string {
	var b strings.Builder
	for _, mark := range marks {
		n := 0
		for _, p := range who {
			if p.marks[mark] {
				n++
			}
		}
		fmt.Fprintf(&b, "%d ", n)
	}
	return b.String()
}

// can tells whether the vacancies can be filled with these and the rules kept.
func (m *model) can(v []Vacancy, must []uuid.UUID, rules []charter.Balance) bool {
	marks := []string{}
	for _, b := range rules {
		marks = append(marks, m.markers(b)...)
	}
	ways := [][]person{m.sitting(v)}
	for _, choices := range m.completions(v, must, marks) {
		seen := map[string]bool{}
		var next [][]person
		for _, so := range ways {
			for _, more := range choices {
				with := append(slices.Clone(so), more...)
				sum := ""
				for _, k := range m.r.Charter.Constituencies {
					sum += adds(slices.DeleteFunc(slices.Clone(with), func(p person) bool { return p.constituency != k.Key }), marks) + "/"
				}
				if !seen[sum] {
					seen[sum] = true
					next = append(next, with)
				}
			}
		}
		ways = next
	}
	return slices.ContainsFunc(ways, func(sit []person) bool {
		return !slices.ContainsFunc(rules, func(b charter.Balance) bool { return !m.kept(b, sit) })
	})
}

func (m *model) sitting(v []Vacancy) (sit []person) {
	for _, x := range m.r.Terms {
		if x.From.After(v[0].From) || x.Until.Before(v[0].From) {
			continue
		}
		for _, s := range m.r.Seats {
			if s.ID == x.Seat {
				sit = append(sit, person{id: x.Organisation, constituency: s.Constituency, marks: m.marks(x.Organisation, s.Constituency, v[0].From)})
			}
		}
	}
	return sit
}

func (m *model) conflictIsSmallest(t *testing.T, v []Vacancy, conflict, aside []string) {
	t.Helper()
	for _, key := range conflict {
		if slices.Contains(aside, key) {
			t.Errorf("%s: %s is set aside and in conflict", m.day.Format(time.DateOnly), key)
		}
	}
	if m.can(v, nil, m.bearing(v, func(key string) bool { return slices.Contains(conflict, key) })) {
		t.Errorf("%s: %v can be kept", m.day.Format(time.DateOnly), conflict)
	}
	for _, spare := range conflict {
		if !m.can(v, nil, m.bearing(v, func(key string) bool { return key != spare && slices.Contains(conflict, key) })) {
			t.Errorf("%s: of %v %s is not needed", m.day.Format(time.DateOnly), conflict, spare)
		}
	}
}

// isRight holds a proposal against the charter: everybody may serve, every rule is
// kept, no seat stays empty that could be filled, and whoever waited longer than one
// chosen could not have been.
func (m *model) isRight(t *testing.T, v []Vacancy, p Proposed, aside []string) {
	t.Helper()
	day := v[0].From.Format(time.DateOnly)
	sit := m.sitting(v)
	chosen := map[uuid.UUID]bool{}
	count := map[string]int{}
	for _, c := range p.Choices {
		if chosen[c.Organisation] || !m.may(c.Organisation, c.Constituency, c.From, c.Until) {
			t.Errorf("%s: %s may not serve in %s", day, c.Code, c.Name)
		}
		chosen[c.Organisation] = true
		count[c.Constituency]++
		sit = append(sit, person{id: c.Organisation, constituency: c.Constituency, marks: m.marks(c.Organisation, c.Constituency, c.From)})
	}
	rules := m.bearing(v, func(key string) bool { return !slices.Contains(aside, key) })
	for _, b := range rules {
		if !m.kept(b, sit) {
			t.Errorf("%s: %s is not kept and not named", day, b.Key)
		}
	}
	for _, k := range m.r.Charter.Constituencies {
		if n := m.fillable(v, k.Key); n != count[k.Key] {
			t.Errorf("%s: %d of %d seats of %s are filled", day, count[k.Key], n, k.Key)
		}
	}
	m.isFair(t, v, chosen, rules)
}

// isFair goes through all who may serve, longest wait first: with those taken before
// them, each was either taken or impossible.
func (m *model) isFair(t *testing.T, v []Vacancy, chosen map[uuid.UUID]bool, rules []charter.Balance) {
	t.Helper()
	var all []person
	for _, k := range m.r.Charter.Constituencies {
		last := -1
		for i, x := range v {
			if x.Constituency == k.Key {
				last = i
			}
		}
		for _, o := range m.members(k.Key) {
			if last >= 0 && m.may(o, k.Key, v[last].From, v[last].Until) {
				all = append(all, person{id: o, code: m.r.Codes[o], wait: m.wait(o, k.Key, v[0].From)})
			}
		}
	}
	seed := "MIG00 rotation " + m.since(v).Format(time.DateOnly)
	slices.SortFunc(all, func(a, b person) int {
		if a.wait != b.wait {
			return b.wait - a.wait
		}
		return strings.Compare(Lot(seed, a.code), Lot(seed, b.code))
	})
	var taken []uuid.UUID
	for _, p := range all {
		if chosen[p.id] {
			taken = append(taken, p.id)
		} else if len(taken) < len(chosen) && m.can(v, append(slices.Clone(taken), p.id), rules) {
			t.Errorf("%s: %s waited %d days, could be seated and is not", v[0].From.Format(time.DateOnly), p.code, p.wait)
		}
	}
}

// everyRowIsShort goes through what came of fifty years.
func (m *model) everyRowIsShort(t *testing.T) {
	t.Helper()
	by := map[uuid.UUID][]SeatTerm{}
	for _, x := range m.r.Terms {
		by[x.Organisation] = append(by[x.Organisation], x)
	}
	for o, list := range by {
		if !m.rowsAreShort(list) {
			t.Errorf("%s served too long in a row", m.r.Codes[o])
		}
	}
}

func (m *model) nobodyTwice(t *testing.T) {
	t.Helper()
	for i, a := range m.r.Terms {
		for _, b := range m.r.Terms[:i] {
			if (a.Seat == b.Seat || a.Organisation == b.Organisation) && !a.Until.Before(b.From) && !b.Until.Before(a.From) {
				t.Errorf("%s and %s overlap", m.r.Codes[a.Organisation], m.r.Codes[b.Organisation])
			}
		}
	}
}

// since is the first day on which a seat of these stood vacant: after its last term, or
// since the fund was founded.
func (m *model) since(v []Vacancy) time.Time {
	first := v[0].From
	for _, x := range v {
		empty := m.r.Charter.EffectiveFrom
		for _, y := range m.r.Terms {
			if y.Seat == x.ID && y.Until.Before(x.From) && !y.Until.Before(empty) {
				empty = y.Until.AddDate(0, 0, 1)
			}
		}
		if empty.Before(first) {
			first = empty
		}
	}
	return first
}
