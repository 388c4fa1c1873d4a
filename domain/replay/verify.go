package replay

import (
	"crypto/ed25519"
	"slices"
)

// Report is what was found in a file.
type Report struct {
	Number   string   `json:"number"`
	Outcome  string   `json:"outcome"` // as recorded
	Key      string   `json:"key"`     // that signed it
	Withheld []string `json:"withheld"`
	Steps    []Step   `json:"steps"`
}

// Holds tells whether every step came to what is on record.
func (r Report) Holds() bool {
	return !slices.ContainsFunc(r.Steps, func(s Step) bool { return !s.Holds() })
}

// Verify reads a decision's file, holds it against its signature, and counts the
// decision again. Known is the fund's key as the reader has it from elsewhere; without
// it the file is held against its own. An error says that the file cannot be trusted or
// read; what was counted otherwise than recorded stands in the report.
func Verify(text []byte, known ed25519.PublicKey) (Report, error) {
	f, err := read(text)
	if err != nil {
		return Report{}, err
	}
	if err := f.authentic(known); err != nil {
		return Report{}, err
	}
	r, err := f.said()
	if err != nil {
		return Report{}, err
	}
	report := Report{Number: r.Number, Outcome: r.Outcome, Key: f.Key, Withheld: []string{}}
	for _, at := range private {
		if v, ok := f.member(at); ok && hidden(v) != "" {
			report.Withheld = append(report.Withheld, at)
		}
	}
	shown := func(at string) bool { return !slices.Contains(report.Withheld, at) }
	c := counter{r: r, rules: f.Rules}
	c.room = shown("/presences") || c.written()
	c.heard = shown("/positions") && shown("/unanswered") && shown("/referendum/confirmations") && c.room
	c.text(shown("/texts"))
	c.recusals(shown("/interests"))
	c.writing(shown("/positions"), shown("/in_writing/late"))
	c.quorum()
	c.positions()
	c.referendum()
	c.majority()
	c.outcome()
	report.Steps = c.steps
	return report, c.bad
}

// effects are what an interest may do, each going farther than the one before; from
// abstaining on, a seat is recused.
var effects = []string{"none", "declare", "abstain", "leave", "lose-sight"}

// recusals counts each seat's again from the interests on record.
func (c *counter) recusals(known bool) {
	for _, s := range c.r.Roll {
		most := 0
		for _, i := range c.r.Interests {
			if i.Organisation != s.Organisation || i.Dismissed != nil || i.At > c.r.OpenedAt { // the roll was frozen then
				continue
			}
			if i.Seats != nil && !slices.Contains(*i.Seats, s.Seat) {
				continue
			}
			effect, ok := c.rules["/interests/kinds/"+i.Kind+"/effect"]
			if !ok {
				effect = "lose-sight" // a hand of the proposal is of no kind that a charter has
			}
			if s.Chair && (i.Kind == "own-organisation" || i.Kind == "implementing-partner") {
				effect = c.rule("/interests/chair/own_organisation")
			}
			most = max(most, slices.Index(effects, effect))
		}
		c.step("/roll/"+s.Seat+"/recused", s.Recused, known, most >= slices.Index(effects, "abstain"))
	}
}

func (c *counter) present(seat, organisation string) bool {
	if c.written() {
		return true
	}
	for _, p := range c.r.Presences {
		if p.Seat == seat && p.Organisation == organisation {
			return true
		}
	}
	return false
}

// quorum counts who sits, who of them may decide, who is there, and what is asked for.
func (c *counter) quorum() {
	q := c.r.Arithmetic.Quorum
	chairCounts := c.yes("/body/chair/quorum_count")
	c.step(c.procedure()+"/quorum_applies", q.Applies, true, c.yes(c.procedure()+"/quorum_applies"))
	sitting, free, present := 0, 0, 0
	for _, s := range c.r.Roll {
		if s.Chair && !chairCounts {
			continue
		}
		sitting++
		if s.Recused {
			continue
		}
		free++
		if c.present(s.Seat, s.Organisation) {
			present++
		}
	}
	of := c.rule("/body/quorum/of")
	base := map[string]int{"sitting": sitting, "sitting-unrecused": free}[of]
	if of == "seats" {
		for _, k := range c.constituencies() {
			base += c.number("/constituencies/" + k + "/seats")
		}
		if chairCounts {
			base++
		}
	}
	c.step("/body/quorum/of", q.Base, true, base)
	c.step("/body/quorum/share", q.Needed, true, c.heads("/body/quorum/share", "/body/quorum/threshold", base))
	c.step("/presences", q.Present, c.room, present)
	c.step("/constituencies", c.recorded(), true, c.constituencies())
	for _, k := range q.Constituencies {
		sits, out, here := 0, 0, 0
		for _, s := range c.r.Roll {
			switch {
			case s.Constituency != k.Key:
				continue
			case s.Recused:
				out++
			case c.present(s.Seat, s.Organisation):
				here++
			}
			sits++
		}
		needed := c.number("/body/quorum/per_constituency")
		if sits > 0 && sits == out && c.rule("/interests/emptied") == "lowers-quorum" {
			needed = 0
		}
		if sits == 0 && c.r.Format >= 4 && c.rule("/body/quorum/vacant") == "not-counted" {
			needed = 0
		}
		at := "/constituencies/" + k.Key
		c.step(at+"/sitting", k.Sitting, true, sits)
		c.step(at+"/recused", k.Recused, true, out)
		c.step(at+"/present", k.Present, c.room, here)
		c.step(at+"/needed", k.Needed, true, needed)
	}
}

// last is what a seat said last to the text that was decided; "" where it said nothing.
func (c *counter) last(seat string) string {
	key, n := "", 0
	for _, p := range c.r.Positions {
		if p.Seat == seat && p.Text == c.r.Version && p.N > n {
			key, n = p.Position, p.N
		}
	}
	return key
}

// unheard tells of a seat that said nothing of the text whether what it said last, of one
// before, was against that one: from records of format 3 on, its silence is no consent.
func (c *counter) unheard(seat string) bool {
	key, n := "", 0
	for _, p := range c.r.Positions {
		if p.Seat == seat && p.N > n {
			key, n = p.Position, p.N
		}
	}
	if c.r.Format < 3 || c.r.Procedure == "vote" || n == 0 {
		return false
	}
	effect := c.rule(c.procedure() + "/positions/" + key + "/effect")
	return effect == "blocks" || effect == "waits"
}

// positions counts what was said last by each seat that decides.
func (c *counter) positions() {
	if !c.heard {
		return
	}
	counted, consents := map[string]int{}, 0
	for _, s := range c.deciding() {
		unheard := c.last(s.seat) == "" && c.unheard(s.seat)
		if unheard {
			counted["unheard"]++
		}
		switch key := c.last(s.seat); {
		case key != "":
			effect, open := c.does(s.seat, c.rule(c.procedure()+"/positions/"+key+"/effect"))
			counted[effect]++
			if open {
				counted["unconfirmed"]++
			}
		case s.present:
			counted["silent"]++
			if c.called(s.seat) {
				counted["unanswered"]++
			}
			if !unheard {
				consents++
			}
		}
	}
	p := c.r.Arithmetic.Positions
	if c.silenceJoins() {
		counted["joins"] += consents
	}
	c.step("/positions/joins", p.Joins, true, counted["joins"])
	c.step("/positions/aside", p.Aside, true, counted["aside"])
	c.step("/positions/blocks", p.Blocks, true, counted["blocks"])
	c.step("/positions/waits", p.Waits, true, counted["waits"])
	c.step("/positions/silent", p.Silent, true, counted["silent"])
	c.step("/positions/unanswered", p.Unanswered, true, counted["unanswered"])
	c.step("/positions/unheard", p.Unheard, true, counted["unheard"])
	c.step("/positions/unconfirmed", p.Unconfirmed, true, counted["unconfirmed"])
	for _, x := range c.r.Positions {
		last := 0
		for _, y := range c.r.Positions {
			if y.Seat == x.Seat && y.Text == c.r.Version {
				last = max(last, y.N)
			}
		}
		c.step("/positions/"+x.Seat+"/counts", x.Counts, true, x.Text == c.r.Version && x.N == last)
	}
}

// called tells whether a seat was called on the text that was decided and did not answer.
func (c *counter) called(seat string) bool {
	for _, x := range c.r.Unanswered {
		if x.Seat == seat && x.Text == c.r.Version {
			return c.r.Procedure == "vote"
		}
	}
	return false
}

// silenceJoins tells whether whoever is asked and does not speak is for it.
func (c *counter) silenceJoins() bool {
	switch c.r.Procedure {
	case "consensus":
		return c.yes("/body/consensus/silent_join")
	case "no-objection":
		return c.yes("/body/no_objection/silence_counts")
	}
	return false
}

type decider struct {
	seat    string
	present bool
}

// deciding are the seats of the roll that take positions.
func (c *counter) deciding() (list []decider) {
	chair := c.yes("/body/chair/decides")
	for _, s := range c.r.Roll {
		if !s.Recused && (chair || !s.Chair) {
			list = append(list, decider{s.Seat, c.present(s.Seat, s.Organisation)})
		}
	}
	return list
}

// majority counts of a vote how many are asked for, and of whom.
func (c *counter) majority() {
	m := c.r.Arithmetic.Majority
	if m == nil {
		return
	}
	base := c.voters()
	c.step("/body/vote/of", m.Base, c.heard, base)
	c.step("/body/vote/majority", m.Needed, true, c.heads("/body/vote/majority", "/body/vote/threshold", m.Base))
}

func (c *counter) voters() int {
	p := c.r.Arithmetic.Positions
	switch c.rule("/body/vote/of") {
	case "present-and-voting":
		return p.Joins + p.Blocks
	case "present":
		n := 0
		for _, s := range c.deciding() {
			if s.present || c.last(s.seat) != "" {
				n++
			}
		}
		return n
	}
	return len(c.deciding())
}

// outcome follows from what was counted: a decision stands where it is "adopted".
func (c *counter) outcome() {
	q, p := c.r.Arithmetic.Quorum, c.r.Arithmetic.Positions
	vote := c.r.Procedure == "vote"
	met := !q.Applies || q.Present >= q.Needed
	for _, k := range q.Constituencies {
		met = met && (!q.Applies || k.Present >= k.Needed)
	}
	needed := c.heads("/body/vote/majority", "/body/vote/threshold", c.voters())
	came := "adopted"
	switch {
	case !met:
		came = "no-quorum"
	case p.Blocks > 0 && !vote:
		came = "blocked"
	case p.Waits > 0:
		came = "waiting"
	case vote && p.Joins+p.Aside+p.Blocks == 0:
		came = "nobody-yet"
	case vote && c.r.Format >= 4 && p.Silent > p.Unanswered && c.yes("/body/vote/all_answer"):
		came = "silent"
	case vote && p.Joins >= needed:
	case vote && p.Joins > 0 && p.Joins == p.Blocks && c.rule("/body/vote/tie") == "chair-casts":
		came = c.cast()
	case vote:
		came = "not-adopted"
	case !vote && (p.Unheard > 0 || p.Silent > 0 && !c.silenceJoins()):
		came = "silent"
	case p.Joins == 0:
		came = "nobody-yet"
	case p.Unconfirmed > 0 && c.rule("/body/consensus/referendum/waits") == "true":
		came = "unconfirmed"
	}
	c.step(c.procedure(), c.r.Outcome, c.heard, came)
}

// cast is what a tie comes to by the Chair's casting position.
func (c *counter) cast() string {
	if c.r.Casting == "" {
		return "tied"
	}
	needed := c.heads("/body/vote/majority", "/body/vote/threshold", c.voters()+1)
	if c.rule("/body/vote/positions/"+c.r.Casting+"/effect") == "joins" && c.r.Arithmetic.Positions.Joins+1 >= needed {
		return "adopted"
	}
	return "not-adopted"
}
