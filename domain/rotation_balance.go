package domain

import (
	"slices"

	"startupfund/domain/charter"
)

// limit is one count that a rule of balance asks to be kept: a rule for each of
// several groups is a limit for each.
type limit struct {
	rule        string
	among       string
	group       charter.Group // of states
	kind        string        // of other stakeholders, where it counts those
	least, most int
}

// counts tells whether a holding is one of those counted.
func (l limit) counts(h holding) bool {
	if l.among != charter.WholeBody && l.among != h.constituency {
		return false
	}
	if l.kind != "" {
		return l.kind == h.Kind
	}
	return slices.Contains(h.Groups, l.group)
}

// of is how many of those who sit are counted.
func (l limit) of(sit []holding) (n int) {
	for _, h := range sit {
		if l.counts(h) {
			n++
		}
	}
	return n
}

// limits are those of the rules that bear on any of these constituencies: a rule
// that no vacancy can mend binds no choice.
func (r Rota) limits(rules []charter.Balance, constituencies []string) (all []limit) {
	for _, b := range rules {
		if b.Among.Value != charter.WholeBody && !slices.Contains(constituencies, b.Among.Value) {
			continue
		}
		l := limit{rule: b.Key, among: b.Among.Value, group: b.Group.Value, least: b.Least.Value, most: b.Most.Value}
		switch b.Group.Value {
		case charter.EachRegion:
			for _, l.group = range charter.RegionalGroups {
				all = append(all, l)
			}
		case charter.EachKind:
			for _, k := range r.Charter.Rotation.Kinds {
				l.kind = k.Key
				all = append(all, l)
			}
		default:
			all = append(all, l)
		}
	}
	return all
}

// broken are the rules that those who sit do not keep, where so many seats of a
// constituency are still to be filled.
func (r Rota) broken(sit []holding, open map[string]int) (rules []string) {
	var constituencies []string
	for _, k := range r.Charter.Constituencies {
		constituencies = append(constituencies, k.Key)
	}
	for _, l := range r.limits(r.Charter.Rotation.Balance, constituencies) {
		n, left := l.of(sit), open[l.among]
		if l.among == charter.WholeBody {
			for _, more := range open {
				left += more
			}
		}
		if (n > l.most || n+left < l.least) && !slices.Contains(rules, l.rule) {
			rules = append(rules, l.rule)
		}
	}
	return rules
}

// pool is a constituency's vacancies of one round that can be filled, longest
// first, and who may fill them, in the order that is fair.
type pool struct {
	constituency string
	openings     []Vacancy
	able         []able
}

// able is a candidate and the first of its pool's openings that it may fill. It may
// fill those after too: they are no longer, and what stands against a short term
// stands against a long one.
type able struct {
	Contender
	from int
}

// search asks whether vacancies can be filled so that limits are kept.
type search struct {
	pools  []pool
	limits []limit
	fixed  []holding // who sits all the same
}

// constituencies are those of the pools.
func (s search) constituencies() (keys []string) {
	for _, p := range s.pools {
		keys = append(keys, p.constituency)
	}
	return keys
}

// class are candidates of a pool that no limit tells apart.
type class struct {
	from  int
	adds  string // a byte a limit: 1 where it counts them
	there int
}

// possible tells whether the round can be filled with these among the chosen. It
// goes through the pools and keeps every sum of counts that can be reached, no two
// alike, so that it answers exactly, and quickly: who counts alike is one class.
func (s search) possible(chosen map[int][]able) bool {
	start := make([]byte, len(s.limits))
	for _, h := range s.fixed {
		s.add(start, h)
	}
	for p, list := range chosen {
		for _, a := range list {
			s.add(start, holding{s.pools[p].constituency, a.Contender})
		}
	}
	if !s.bearable(start) {
		return false
	}
	reached := map[string]bool{string(start): true}
	for p := range s.pools {
		if reached = s.through(p, chosen[p], reached); len(reached) == 0 {
			return false
		}
	}
	for sums := range reached {
		if s.kept(sums) {
			return true
		}
	}
	return false
}

// through is what can be reached once a pool's vacancies are filled.
func (s search) through(p int, chosen []able, reached map[string]bool) map[string]bool {
	of := s.pools[p]
	classes := s.classes(of, chosen)
	taken := make([]map[string]bool, len(of.openings)-len(chosen)+1)
	taken[0] = reached
	at := 0
	for level := range of.openings {
		for ; at < len(classes) && classes[at].from <= level; at++ {
			taken = s.take(classes[at], taken)
		}
		// So many of the longest vacancies need so many who may fill them.
		have := 0
		for _, a := range chosen {
			if a.from <= level {
				have++
			}
		}
		for n := range taken {
			if have+n < level+1 {
				taken[n] = nil
			}
		}
	}
	return taken[len(taken)-1]
}

// take adds none, one or more of a class to what was taken before, by how many.
func (s search) take(c class, before []map[string]bool) []map[string]bool {
	after := make([]map[string]bool, len(before))
	for n := range before {
		after[n] = map[string]bool{}
		for k := 0; k <= min(c.there, n); k++ {
			for sums := range before[n-k] {
				next := []byte(sums)
				for i := range next {
					next[i] += byte(k) * c.adds[i]
				}
				if s.bearable(next) {
					after[n][string(next)] = true
				}
			}
		}
	}
	return after
}

func (s search) classes(of pool, chosen []able) (list []class) {
	for _, a := range of.able {
		if slices.ContainsFunc(chosen, func(c able) bool { return c.Organisation == a.Organisation }) {
			continue
		}
		adds := string(s.adds(holding{of.constituency, a.Contender}))
		if i := slices.IndexFunc(list, func(c class) bool { return c.from == a.from && c.adds == adds }); i >= 0 {
			list[i].there++
			continue
		}
		list = append(list, class{a.from, adds, 1})
	}
	slices.SortStableFunc(list, func(a, b class) int { return a.from - b.from })
	return list
}

func (s search) adds(h holding) []byte {
	sums := make([]byte, len(s.limits))
	s.add(sums, h)
	return sums
}

func (s search) add(sums []byte, h holding) {
	for i, l := range s.limits {
		if l.counts(h) {
			sums[i]++
		}
	}
}

// bearable tells whether no limit's most is passed.
func (s search) bearable(sums []byte) bool {
	for i, l := range s.limits {
		if int(sums[i]) > l.most {
			return false
		}
	}
	return true
}

// kept tells whether every limit's least is reached too.
func (s search) kept(sums string) bool {
	for i, l := range s.limits {
		if int(sums[i]) < l.least {
			return false
		}
	}
	return true
}
