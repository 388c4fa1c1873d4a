package replay_test

import (
	"strconv"
	"strings"
	"time"
)

// plain is a body and one question as a reader of the charter would keep them on paper:
// it knows the rules by path, and shares no line with the domain or with the replay.
type plain struct {
	rules    map[string]string
	by       string // the procedure
	seats    []*plainSeat
	text     int // version of the question's text
	pending  int // proposed texts without an answer
	open     bool
	opened   time.Time
	ends     time.Time
	extended int // days, together

	announced bool // it waits for capitals, until
	capitals  time.Time
	now       time.Time
}

type plainSeat struct {
	name, group string
	since       int
	stakes      []string // kinds of interest that stand
	there       bool
	said        []plainWord
	missed      int    // version of the text on which it was called and did not answer; 0 never
	answer      string // its capital's: confirms, refuses or ""
}

type plainWord struct {
	key  string
	text int
	late bool
}

func (p *plain) writing() bool        { return p.by == "no-objection" }
func (p *plain) rule(s string) string { return p.rules["/body/"+strings.ReplaceAll(p.by, "-", "_")+s] }
func (p *plain) is(path string) bool  { return p.rules[path] == "true" }
func (p *plain) num(path string) int  { n, _ := strconv.Atoi(p.rules[path]); return n }

// weight is how far the farthest interest of a seat goes.
func (p *plain) weight(s *plainSeat) (most int) {
	far := map[string]int{"none": 0, "declare": 1, "abstain": 2, "leave": 3, "lose-sight": 4}
	for _, kind := range s.stakes {
		w := 4
		if e, known := p.rules["/interests/kinds/"+kind+"/effect"]; known {
			w = far[e]
		}
		if s.group == "chair" && (kind == "own-organisation" || kind == "implementing-partner") {
			w = far[p.rules["/interests/chair/own_organisation"]]
		}
		if w > most {
			most = w
		}
	}
	return most
}

func (p *plain) recused(s *plainSeat) bool { return p.weight(s) >= 2 }
func (p *plain) here(s *plainSeat) bool    { return p.writing() || s.there }
func (p *plain) decides(s *plainSeat) bool {
	return !p.recused(s) && (s.group != "chair" || p.is("/body/chair/decides"))
}

// steers is the seat that concludes what was announced: the Chair's, there or gone, unless
// an interest has taken the question from it.
func (p *plain) steers() *plainSeat {
	hands := map[string]int{"declare": 1, "abstain": 2, "leave": 3, "lose-sight": 4}[p.rules["/interests/chair/hands_over_from"]]
	if p.announced && p.weight(p.seats[0]) < hands {
		return p.seats[0]
	}
	return p.presides()
}

// presides is the seat that chairs the question, or nil.
func (p *plain) presides() (first *plainSeat) {
	hands := map[string]int{"declare": 1, "abstain": 2, "leave": 3, "lose-sight": 4}[p.rules["/interests/chair/hands_over_from"]]
	if p.weight(p.seats[0]) < hands && p.here(p.seats[0]) {
		return p.seats[0]
	}
	if p.rules["/interests/chair/presides"] != "longest-serving-member" && !p.writing() {
		return nil
	}
	for _, s := range p.seats[1:] {
		if !p.recused(s) && p.here(s) && (first == nil || s.since < first.since || s.since == first.since && s.name < first.name) {
			first = s
		}
	}
	return first
}

// enough looks for the least number of heads, one at least, that is the share of n.
func enough(share, threshold string, n int) int {
	over, under, _ := strings.Cut(share, "/")
	a, _ := strconv.Atoi(over)
	b, _ := strconv.Atoi(under)
	for k := 1; ; k++ {
		if k*b > n*a || k*b == n*a && threshold == "at-least" {
			return k
		}
	}
}

func (p *plain) quorum() bool {
	if p.rule("/quorum_applies") != "true" {
		return true
	}
	sit, free, here := 0, 0, 0
	type group struct{ sit, out, here int }
	groups := map[string]*group{}
	all := 0
	for _, key := range []string{"network", "donors", "recipients", "stakeholders"} {
		groups[key], all = &group{}, all+p.num("/constituencies/"+key+"/seats")
	}
	if p.is("/body/chair/quorum_count") {
		all++
	}
	for _, s := range p.seats {
		if g := groups[s.group]; g != nil {
			g.sit++
			if p.recused(s) {
				g.out++
			} else if p.here(s) {
				g.here++
			}
		} else if !p.is("/body/chair/quorum_count") {
			continue
		}
		sit++
		if !p.recused(s) {
			free++
			if p.here(s) {
				here++
			}
		}
	}
	base := map[string]int{"sitting": sit, "sitting-unrecused": free, "seats": all}[p.rules["/body/quorum/of"]]
	for _, g := range groups {
		excused := g.sit > 0 && g.out == g.sit && p.rules["/interests/emptied"] == "lowers-quorum"
		empty := g.sit == 0 && p.rules["/body/quorum/vacant"] == "not-counted"
		if g.here < p.num("/body/quorum/per_constituency") && !excused && !empty {
			return false
		}
	}
	return here >= enough(p.rules["/body/quorum/share"], p.rules["/body/quorum/threshold"], base)
}

// comes is what the question comes to, with the Chair's casting position or "".
func (p *plain) comes(casting string) string {
	n, roll, room := map[string]int{}, 0, 0
	for _, s := range p.seats {
		if !p.decides(s) {
			continue
		}
		word, against := "", false
		for _, w := range s.said {
			if w.text == p.text && !w.late {
				word = w.key
			}
			if !w.late { // the last word of all, of whatever text
				e := p.rule("/positions/" + w.key + "/effect")
				against = e == "blocks" || e == "waits"
			}
		}
		if word == "" && against && p.by != "vote" {
			n["held"]++
		}
		roll++
		if p.here(s) || word != "" {
			room++
		}
		if effect := p.rule("/positions/" + word + "/effect"); word != "" {
			if effect == "ad-referendum" {
				effect = p.capital(s)
			}
			n[effect]++
		} else if p.here(s) {
			n["silent"]++
			if s.missed != p.text {
				n["owing"]++
			}
		}
	}
	if !p.quorum() {
		return "no-quorum"
	}
	if p.by == "vote" {
		if n["waits"] == 0 && n["joins"]+n["aside"]+n["blocks"] > 0 && n["owing"] > 0 && p.is("/body/vote/all_answer") {
			return "silent"
		}
		return p.vote(n["joins"], n["aside"], n["blocks"], n["waits"], roll, room, casting)
	}
	join := p.is("/body/consensus/silent_join")
	if p.writing() {
		join = p.is("/body/no_objection/silence_counts")
	}
	switch {
	case n["blocks"] > 0:
		return "blocked"
	case n["waits"] > 0:
		return "waiting"
	case n["held"] > 0 || n["silent"] > 0 && !join:
		return "silent"
	case n["joins"]+n["open"]+n["silent"] == 0:
		return "nobody-yet"
	case n["open"] > 0:
		return "unconfirmed"
	}
	return "adopted"
}

// capital is what a seat's part comes to that joined ad referendum.
func (p *plain) capital(s *plainSeat) string {
	answer := s.answer
	if answer == "" && p.announced && !p.now.Before(p.capitals) {
		answer = p.rules["/body/consensus/referendum/silence"]
	}
	switch {
	case !p.is("/body/consensus/referendum/waits") || answer == "confirms":
		return "joins"
	case answer == "refuses":
		return "blocks"
	}
	return "open"
}

func (p *plain) vote(yes, aside, no, waits, roll, room int, casting string) string {
	base := map[string]int{"present-and-voting": yes + no, "present": room, "roll": roll}[p.rules["/body/vote/of"]]
	carries := func(yes, base int) bool {
		return yes >= enough(p.rules["/body/vote/majority"], p.rules["/body/vote/threshold"], base)
	}
	switch {
	case waits > 0:
		return "waiting"
	case yes+aside+no == 0:
		return "nobody-yet"
	case carries(yes, base):
		return "adopted"
	case yes == 0 || yes != no || p.rules["/body/vote/tie"] != "chair-casts":
		return "not-adopted"
	case casting == "yes" && carries(yes+1, base+1):
		return "adopted"
	case casting == "yes" || casting == "no":
		return "not-adopted"
	}
	return "tied"
}

// end is that of the silence.
func (p *plain) end() time.Time {
	return p.walk(p.opened, p.num("/body/no_objection/days")+p.extended, p.rules["/body/no_objection/days_are"])
}

// walk goes from an instant by quarters of an hour, and counts the days that begin.
func (p *plain) walk(from time.Time, left int, are string) time.Time {
	zone, _ := time.LoadLocation(p.rules["/fund/time_zone"])
	t := from.Truncate(15 * time.Minute)
	for {
		day := t.In(zone).Day()
		for t.In(zone).Day() == day {
			t = t.Add(15 * time.Minute)
		}
		if left == 0 {
			return t.UTC()
		}
		in := t.In(zone)
		works := strings.Contains(p.rules["/fund/working_days"], strings.ToLower(in.Weekday().String())) && !strings.Contains(p.rules["/fund/holidays"], in.Format(time.DateOnly))
		if works || are == "calendar" {
			left--
		}
	}
}
