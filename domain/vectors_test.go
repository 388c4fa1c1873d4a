package domain

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

var update = flag.Bool("update", false, "write the vectors in docs/ anew")

// The vectors of the arithmetic are in docs/vectors/arithmetic.jsonl, for whoever writes
// another program that counts; docs/vectors.md says what stands in them. Here they are
// written from what the domain counts; package replay counts them again from the page alone.
const vectorsFile = "../docs/vectors/arithmetic.jsonl"

type vector struct {
	What      string            `json:"what"`
	Procedure charter.Procedure `json:"procedure"`
	Changed   map[string]string `json:"changed,omitempty"` // rules that are not as shipped
	Body      string            `json:"body"`
	Said      [][2]string       `json:"said,omitempty"`     // seat and position, in the order in which they were taken
	Amended   []int             `json:"amended,omitempty"`  // how much was said before each text that was taken in the place of the one before
	Called    []string          `json:"called,omitempty"`   // in a vote: seats that were called on the last text and did not answer
	Late      [][2]string       `json:"late,omitempty"`     // in writing: what came when the silence was over
	Answered  [][2]string       `json:"answered,omitempty"` // seats that joined ad referendum, and whether their capital confirms or refuses
	Over      bool              `json:"over,omitempty"`     // the time of the capitals is
	Casting   string            `json:"casting,omitempty"`
	Counted   vectorCount       `json:"counted"`
}

type vectorCount struct {
	Recused        []string                `json:"recused,omitempty"`
	Quorum         vectorQuorum            `json:"quorum"`
	Constituencies map[string]vectorPlaces `json:"constituencies"`
	Positions      map[string]int          `json:"positions"`
	Majority       *vectorMajority         `json:"majority,omitempty"`
	Presides       string                  `json:"presides"` // the seat of whoever presides; "" where nobody may
	Outcome        Outcome                 `json:"outcome"`
}

type vectorQuorum struct {
	Base    int  `json:"base"`
	Needed  int  `json:"needed"`
	Present int  `json:"present"`
	Spare   int  `json:"spare"`
	Met     bool `json:"met"`
}

type vectorPlaces struct {
	Sitting   int  `json:"sitting"`
	Recused   int  `json:"recused"`
	Present   int  `json:"present"`
	Needed    int  `json:"needed"`
	IfOneLeft bool `json:"if_one_left"`
}

type vectorMajority struct {
	Base   int `json:"base"`
	Needed int `json:"needed"`
}

// seated are the constituencies of a body's word, in its order.
var seated = []string{ChairConstituency, "network", "donors", "recipients", "stakeholders"}

// item makes the question of a vector: its body, its interests, its room and what was said.
func (v vector) item(c charter.Charter) Item {
	i := Item{Charter: c, Question: Question{State: QuestionOpen, Procedure: v.Procedure, Number: 1}}
	var sitting []Sitting
	seats := map[string]uuid.UUID{}
	for g, group := range strings.Fields(v.Body) {
		for n, letter := range group {
			if letter == '_' {
				continue
			}
			name := fmt.Sprintf("%s-%d", seated[g], n+1)
			if g == 0 {
				name = ChairConstituency
			}
			s := Sitting{Seat: Seat{ID: uuid.NewSHA1(uuid.Nil, []byte(name)), Name: name, Constituency: seated[g]}, Organisation: uuid.NewSHA1(uuid.Nil, []byte("of "+name))}
			sitting, seats[name] = append(sitting, s), s.ID
			if strings.ContainsRune("rR", letter) {
				i.Interests = append(i.Interests, Interest{Organisation: s.Organisation, Kind: charter.Personal})
			}
			if strings.ContainsRune("uUv", letter) {
				i.Interests = append(i.Interests, Interest{Organisation: s.Organisation, Kind: charter.Personal, Dismissed: &Dismissal{Reason: "Not its own."}})
			}
			if letter == 'v' {
				i.Interests = append(i.Interests, Interest{Organisation: s.Organisation, Kind: charter.Personal})
			}
			comes := func(organisation uuid.UUID) {
				i.Room = append(i.Room, Presence{Seat: s.ID, SeatName: name, Organisation: organisation, Person: uuid.New()})
			}
			switch letter {
			case 'p', 'r', 'u', 'v':
				comes(s.Organisation)
			case 'd':
				comes(s.Organisation)
				comes(s.Organisation)
			case 'x':
				comes(uuid.New())
			}
			if g == 0 && len(i.Room) > 0 {
				i.Session.Presiding = i.Room[0].Person
			}
		}
	}
	i.Roll = DrawRoll(c, sitting, i.Interests)
	before := map[string]int{}
	i.TextVersion = 1 + len(v.Amended)
	for n, s := range v.Said {
		before[s[0]]++
		text := 1
		for _, said := range v.Amended {
			if said <= n {
				text++
			}
		}
		i.Positions = append(i.Positions, Position{Seat: seats[s[0]], N: before[s[0]], Text: text, Key: s[1]})
	}
	for _, name := range v.Called {
		i.NoAnswers = append(i.NoAnswers, NoAnswer{Seat: seats[name], Name: name, Text: i.TextVersion})
	}
	if i.InWriting() {
		v.silence(&i, seats, before)
	}
	v.referendum(&i, seats)
	return i
}

// count is what the domain makes of a vector.
func (v vector) count(c charter.Charter) vectorCount {
	i := v.item(c)
	a := i.Arithmetic()
	if v.Casting != "" {
		if err := a.cast(c, v.Casting); err != nil {
			panic(v.What + ": " + err.Error())
		}
	}
	out := vectorCount{Quorum: vectorQuorum{a.QuorumBase, a.QuorumNeeded, a.Present, a.Spare(), a.QuorumMet}, Outcome: a.Outcome, Constituencies: map[string]vectorPlaces{},
		Positions: map[string]int{"joins": a.Joins, "aside": a.Aside, "blocks": a.Blocks, "waits": a.Waits, "silent": a.Silent}}
	if a.Unconfirmed > 0 {
		out.Positions["unconfirmed"] = a.Unconfirmed
	}
	if a.Unanswered > 0 {
		out.Positions["unanswered"] = a.Unanswered
	}
	if a.Unheard > 0 {
		out.Positions["unheard"] = a.Unheard
	}
	for _, s := range a.Seats {
		if s.Recused {
			out.Recused = append(out.Recused, s.Name)
		}
	}
	for _, k := range a.Constituencies {
		out.Constituencies[k.Key] = vectorPlaces{k.Sitting, k.Recused, k.Present, k.Needed, k.IfOneLeft}
	}
	if a.MajorityOf != "" {
		out.Majority = &vectorMajority{a.MajorityBase, a.MajorityNeeded}
	}
	if seat, ok := i.chairInWriting(); ok && i.InWriting() {
		out.Presides = seat.Name
	}
	for _, p := range i.Room {
		if p.Person == i.Presiding() {
			out.Presides = p.SeatName
		}
	}
	return out
}

// named are the rows of TestCount as vectors: capital letters spoke and have left.
func named(c charter.Procedure, word string) (body string, said [][2]string, called []string) {
	keys := map[rune]string{'y': "agree", 'n': "object", 'a': "abstain", 'w': "awaiting-instructions"}
	if c == charter.ByVote {
		keys = map[rune]string{'y': "yes", 'n': "no", 'a': "abstain"}
	}
	for g, group := range strings.Fields(word) {
		for n, letter := range group {
			name := fmt.Sprintf("%s-%d", seated[g], n+1)
			if g == 0 {
				name = ChairConstituency
			}
			if key, spoke := keys[letter|0x20]; spoke {
				said = append(said, [2]string{name, key})
				letter = map[bool]rune{true: 'p', false: '.'}[letter >= 'a']
			}
			if letter == 'c' {
				called, letter = append(called, name), 'p'
			}
			body += string(letter)
		}
		body += " "
	}
	return strings.TrimSpace(body), said, called
}

// combined is one row of every combination of a procedure, who is recused, who is absent
// and what is said.
func combined(by charter.Procedure, recused, absent, spoken string) vector {
	groups := [][]rune{[]rune("p"), []rune("ppp"), []rune("ppp"), []rune("ppp"), []rune("ppp")}
	switch recused {
	case "one donor recused":
		groups[2][0] = 'r'
	case "all recipients recused":
		groups[3] = []rune("rrr")
	case "one stakeholder recused and gone":
		groups[4][2] = 'R'
	case "the Chair recused":
		groups[0][0] = 'r'
	}
	word := func() string {
		var all []string
		for _, g := range groups {
			all = append(all, string(g))
		}
		return strings.Join(all, " ")
	}
	v := vector{What: strings.Join([]string{recused, absent, spoken}, "; "), Procedure: by}
	v.Body = word()
	spare := v.count(ruled()).Quorum.Spare
	if absent == "none absent" {
		spare = 0
	} else if absent == "one too few" {
		spare++
	}
	for place := 2; place >= 0 && spare > 0; place-- { // the last of each constituency first, so that each keeps somebody
		for g := 1; g < len(groups) && spare > 0; g++ {
			if groups[g][place] == 'p' {
				groups[g][place], spare = '.', spare-1
			}
		}
	}
	v.Body = word()
	var here []string
	for g, group := range groups[1:] {
		for n, letter := range group {
			if letter == 'p' {
				here = append(here, fmt.Sprintf("%s-%d", seated[g+1], n+1))
			}
		}
	}
	yes, no := "agree", "object"
	if by == charter.ByVote {
		yes, no = "yes", "no"
	}
	say := func(key string, seats ...string) {
		for _, s := range seats {
			v.Said = append(v.Said, [2]string{s, key})
		}
	}
	half := len(here) / 2
	switch spoken {
	case "one stands aside":
		say("abstain", here[0])
		say(yes, here[1:]...)
	case "one is against":
		say(no, here[0])
		say(yes, here[1:]...)
	case "one was against and is no more":
		say(no, here[0])
		say(yes, here...)
	case "half and half":
		say(yes, here[:half]...)
		say(no, here[half:2*half]...)
	case "all stand aside":
		say("abstain", here...)
	case "one waits":
		say("awaiting-instructions", here[0])
		say(yes, here[1:]...)
	}
	return v
}

// rests are the rules on which a count, or who presides, rests.
var rests = regexp.MustCompile(`^/(body/(chair|quorum|consensus|no_objection|vote)|interests|constituencies)/(.*/)?(applies|decides|quorum_count|share|threshold|of|per_constituency|quorum_applies|silent_join|silence_counts|majority|tie|effect|waits|silence|own_organisation|emptied|hands_over_from|presides|seats|all_answer|vacant)$`)

func rulesOf(c charter.Charter) map[string]string {
	rules := map[string]string{}
	for _, l := range c.Rules() {
		if rests.MatchString(l.Path) {
			rules[l.Path] = l.Value
		}
	}
	return rules
}

func vectors(t *testing.T) (list []vector) {
	was := rulesOf(shipped())
	add := func(c charter.Charter, v vector) {
		for path, value := range rulesOf(c) {
			if was[path] != value {
				if v.Changed == nil {
					v.Changed = map[string]string{}
				}
				v.Changed[path] = value
			}
		}
		v.Counted = v.count(c)
		if slices.ContainsFunc(list, func(o vector) bool { return o.What == v.What && o.Procedure == v.Procedure }) {
			t.Fatalf("two vectors are called %s", v.What)
		}
		list = append(list, v)
	}
	for _, x := range counts {
		body, said, called := named(x.by, x.table)
		add(x.charter, vector{What: x.what, Procedure: x.by, Body: body, Said: said, Called: called})
	}
	tie, said, _ := named(charter.ByVote, "p yyy nnn aaa aaa")
	for _, cast := range []string{"yes", "no"} {
		add(ruled(chairCasts), vector{What: "the Chair casts " + cast, Procedure: charter.ByVote, Body: tie, Said: said, Casting: cast})
	}
	add(ruled(), vector{What: "the alternate and the representative of a seat count as one", Procedure: charter.ByConsensus, Body: "p dp. pp. pp. p.."})
	add(ruled(), vector{What: "who holds the seat since the question was put is not present for it", Procedure: charter.ByConsensus, Body: "p xp. pp. pp. pp."})
	add(ruled(), vector{What: "what the seat said before it went to another stands", Procedure: charter.ByConsensus, Body: "p xpp ppp ppp ppp", Said: [][2]string{{"network-1", "object"}}})
	add(ruled(func(c *charter.Charter) { c.Interests.Chair.Presides.Value = charter.Designated }),
		vector{What: "the Chair recused where a designee is wanted: nobody presides", Procedure: charter.ByConsensus, Body: "r ppp ppp ppp ppp"})
	add(ruled(), vector{What: "the Chair recused and nobody else there", Procedure: charter.ByConsensus, Body: "r ... ... ... ..."})
	add(ruled(), vector{What: "the Chair and the first member recused", Procedure: charter.ByConsensus, Body: "r ppp rpp ppp ppp"})
	add(ruled(), vector{What: "an interest that was dismissed recuses nobody", Procedure: charter.ByConsensus, Body: "p upp ppp ppp p.U"})
	add(ruled(), vector{What: "an interest that was dismissed, and is declared again", Procedure: charter.ByConsensus, Body: "p vpp ppp ppp ppp"})
	add(ruled(), vector{What: "one interest is dismissed, and a whole constituency's are not", Procedure: charter.ByVote, Body: "p ppp uRr rRr ppp", Said: [][2]string{{"donors-1", "no"}, {"network-1", "yes"}}})
	add(ruled(), vector{What: "the Chair's interest is dismissed: the Chair presides", Procedure: charter.ByConsensus, Body: "u ppp ppp ppp ppp"})
	for _, x := range amended {
		body, said, _ := named(x.by, x.body)
		add(x.charter, vector{What: x.what, Procedure: x.by, Body: body, Said: append(said, x.then...), Amended: x.amended(len(said))})
	}
	for _, by := range []charter.Procedure{charter.ByConsensus, charter.ByVote} {
		for _, recused := range []string{"nobody recused", "one donor recused", "all recipients recused", "one stakeholder recused and gone", "the Chair recused"} {
			for _, absent := range []string{"none absent", "just enough", "one too few"} {
				for _, spoken := range []string{"nobody speaks", "one stands aside", "one is against", "one was against and is no more", "half and half", "all stand aside", "one waits"} {
					if by == charter.ByVote && spoken == "one waits" {
						continue // the shipped rules know no such position in a vote
					}
					add(ruled(), combined(by, recused, absent, spoken))
				}
			}
		}
	}
	for _, x := range referred {
		add(x.charter, x.vector)
	}
	for _, x := range inWriting() {
		add(x.charter, x.vector)
	}
	return list
}

// What is published is what the domain counts, and each outcome is among it.
func TestVectors(t *testing.T) {
	list := vectors(t)
	var text bytes.Buffer
	first := map[string]any{"rules": rulesOf(shipped())}
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	came := map[Outcome]bool{}
	lines := []any{first}
	for _, v := range list {
		lines, came[v.Counted.Outcome] = append(lines, v), true
	}
	for _, line := range lines {
		if err := enc.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range []Outcome{NoQuorum, Blocked, Waiting, Silent, NobodyYet, Tied, Adopted, NotAdopted, Unconfirmed} {
		if !came[o] {
			t.Errorf("no vector comes to %s", o)
		}
	}
	if *update {
		if err := os.WriteFile(vectorsFile, text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	was, is := bytes.Split(kept, []byte("\n")), bytes.Split(text.Bytes(), []byte("\n"))
	for n := range max(len(was), len(is)) {
		if n >= len(was) || n >= len(is) || !bytes.Equal(was[n], is[n]) {
			t.Fatalf("line %d of %s is not what is counted now (write it anew with -update, and read what changed)\n%s", n+1, vectorsFile, is[min(n, len(is)-1)])
		}
	}
}
