package replay

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

type vectorLine struct {
	Rules     map[string]string `json:"rules"` // of the first line
	What      string            `json:"what"`
	Procedure string            `json:"procedure"`
	Changed   map[string]string `json:"changed"`
	Body      string            `json:"body"`
	Said      [][2]string       `json:"said"`
	Amended   []int             `json:"amended"`
	Called    []string          `json:"called"`
	Late      [][2]string       `json:"late"`
	Answered  [][2]string       `json:"answered"`
	Over      bool              `json:"over"`
	Casting   string            `json:"casting"`
	Counted   struct {
		Recused        []string        `json:"recused"`
		Quorum         json.RawMessage `json:"quorum"`
		Constituencies map[string]struct {
			Sitting, Recused, Present, Needed int
		} `json:"constituencies"`
		Positions json.RawMessage `json:"positions"`
		Majority  json.RawMessage `json:"majority"`
		Outcome   string          `json:"outcome"`
	} `json:"counted"`
}

// record makes of a vector what a decision's file has, by docs/vectors.md.
func (v vectorLine) record(t *testing.T, rules map[string]string) (r record) {
	var places, interests []string
	for g, group := range strings.Fields(v.Body) {
		constituency := []string{"chair", "network", "donors", "recipients", "stakeholders"}[g]
		for n, letter := range group {
			seat := fmt.Sprintf("%s-%d", constituency, n+1)
			if g == 0 {
				seat = "chair"
			}
			if letter == '_' {
				continue
			}
			org := "of " + seat
			places = append(places, fmt.Sprintf(`{"seat":%q,"constituency":%q,"organisation":%q,"chair":%t,"recused":%t}`, seat, constituency, org, g == 0, slices.Contains(v.Counted.Recused, seat)))
			if strings.ContainsRune("rRuUv", letter) {
				var told []string
				if letter != 'r' && letter != 'R' {
					told = append(told, fmt.Sprintf(`{"organisation":%q,"kind":"personal","dismissed":{"reason":"Not its own."}}`, org))
				}
				if !strings.ContainsRune("uU", letter) {
					told = append(told, fmt.Sprintf(`{"organisation":%q,"kind":"personal"}`, org))
				}
				interests = append(interests, told...)
			}
			here := struct {
				Seat         string `json:"seat"`
				Organisation string `json:"organisation"`
			}{seat, org}
			switch letter {
			case 'p', 'r', 'u', 'v':
				r.Presences = append(r.Presences, here)
			case 'd':
				r.Presences = append(r.Presences, here, here)
			case 'x':
				here.Organisation = "another"
				r.Presences = append(r.Presences, here)
			}
		}
	}
	of := func(text string, into any) {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatalf("%s: %v", v.What, err)
		}
	}
	of("["+strings.Join(places, ",")+"]", &r.Roll)
	of("["+strings.Join(interests, ",")+"]", &r.Interests)
	said, last, text := []string{}, map[string]int{}, func(n int) int {
		return 1 + len(v.Amended) - len(slices.DeleteFunc(slices.Clone(v.Amended), func(before int) bool { return before <= n }))
	}
	r.Version = 1 + len(v.Amended)
	for n, s := range v.Said {
		if text(n) == r.Version {
			last[s[0]] = n + 1
		}
	}
	before := map[string]int{}
	for n, s := range v.Said {
		before[s[0]]++
		said = append(said, fmt.Sprintf(`{"seat":%q,"n":%d,"position":%q,"text":%d,"counts":%t}`, s[0], before[s[0]], s[1], text(n), last[s[0]] == n+1))
	}
	of("["+strings.Join(said, ",")+"]", &r.Positions)
	if v.Procedure == "no-objection" {
		of(v.silence(&r, before), &r.InWriting)
	}
	if text := v.referendum(&r, rules); text != "" {
		of(text, &r.Referendum)
	}
	for _, seat := range v.Called {
		one := r.Unanswered[:0:0]
		of(fmt.Sprintf(`[{"seat":%q,"text":%d}]`, seat, r.Version), &one)
		r.Unanswered = append(r.Unanswered, one...)
	}
	r.Format, r.Procedure, r.Casting, r.Outcome = 4, v.Procedure, v.Casting, v.Counted.Outcome
	of(string(v.Counted.Quorum), &r.Arithmetic.Quorum)
	r.Arithmetic.Quorum.Applies = true
	for _, key := range slices.Sorted(maps.Keys(v.Counted.Constituencies)) {
		k := v.Counted.Constituencies[key]
		r.Arithmetic.Quorum.Constituencies = append(r.Arithmetic.Quorum.Constituencies, struct {
			Key     string `json:"key"`
			Sitting int    `json:"sitting"`
			Recused int    `json:"recused"`
			Present int    `json:"present"`
			Needed  int    `json:"needed"`
		}{key, k.Sitting, k.Recused, k.Present, k.Needed})
	}
	of(string(v.Counted.Positions), &r.Arithmetic.Positions)
	if len(v.Counted.Majority) > 0 {
		of(string(v.Counted.Majority), &r.Arithmetic.Majority)
	}
	return r
}

// silence gives what was said its times: one second before another until the silence
// ends, and what is late at its end and after it. It returns the record's in_writing.
func (v vectorLine) silence(r *record, before map[string]int) string {
	ends := time.Date(2026, 3, 16, 23, 0, 0, 0, time.UTC)
	r.Presences, r.OpenedAt, r.ClosedAt = nil, "2026-03-02T09:00:00.000000Z", ends.Add(time.Hour).Format(spelled)
	for n := range r.Positions {
		r.Positions[n].At = ends.Add(-time.Duration(len(r.Positions)-n) * time.Second).Format(spelled)
	}
	var late []string
	for n, s := range v.Late {
		before[s[0]]++
		late = append(late, fmt.Sprintf(`{"seat":%q,"n":%d,"position":%q,"at":%q}`, s[0], before[s[0]], s[1], ends.Add(time.Duration(n)*time.Second).Format(spelled)))
	}
	return fmt.Sprintf(`{"ends_at":%q,"extensions":[],"late":[%s]}`, ends.Format(spelled), strings.Join(late, ","))
}

// referendum is the record's of a vector in which somebody joined ad referendum, or "":
// announced and, where the outcome waits, counted a microsecond before the capitals' end or at it.
func (v vectorLine) referendum(r *record, rules map[string]string) string {
	so := slices.ContainsFunc(v.Said, func(s [2]string) bool { return s[1] == "ad-referendum" })
	for _, s := range v.Said {
		so = so && !slices.Contains(v.Said, [2]string{s[0], "agree"})
	}
	if !so {
		return ""
	}
	ends, answers := time.Date(2026, 3, 16, 23, 0, 0, 0, time.UTC), []string{}
	r.ClosedAt = "2026-03-02T09:00:00.000000Z"
	if rules["/body/consensus/referendum/waits"] != "true" {
		return fmt.Sprintf(`{"waits":false,"ends_at":%q}`, ends.Format(spelled))
	}
	for _, a := range v.Answered {
		answers = append(answers, fmt.Sprintf(`{"seat":%q,"confirmed":%t,"at":%q}`, a[0], a[1] == "confirms", r.ClosedAt))
	}
	concluded := ends
	if !v.Over {
		concluded = ends.Add(-time.Microsecond)
	}
	return fmt.Sprintf(`{"waits":true,"ends_at":%q,"concluded_at":%q,"confirmations":[%s]}`, ends.Format(spelled), concluded.Format(spelled), strings.Join(answers, ","))
}

// silent are the rules of the silence that a vector in writing is taken to have run:
// docs/vectors/silences.jsonl has others.
var silent = map[string]string{"/body/no_objection/days": "10", "/body/no_objection/days_are": "working", "/body/no_objection/extension_days": "10",
	"/fund/time_zone": "Europe/Zurich", "/fund/working_days": "monday, tuesday, wednesday, thursday, friday", "/fund/holidays": "",
	"/body/consensus/referendum/days": "10", "/body/consensus/referendum/days_are": "working"}

// The vectors that are published come to the same when they are counted from the page
// alone; a number of them told wrong is found.
func TestVectors(t *testing.T) {
	text, err := os.ReadFile("../../docs/vectors/arithmetic.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	var shipped map[string]string
	counted := map[string]int{}
	for lines.Scan() {
		var v vectorLine
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		if shipped == nil {
			shipped = v.Rules
			continue
		}
		rules := maps.Clone(shipped)
		maps.Copy(rules, silent)
		maps.Copy(rules, v.Changed)
		r := v.record(t, rules)
		r.Arithmetic.Quorum.Applies = rules["/body/"+strings.ReplaceAll(v.Procedure, "-", "_")+"/quorum_applies"] == "true"
		for _, step := range count(t, v, r, rules) {
			if !step.Holds() || step.Counted == "" {
				t.Errorf("%s (%s): %s is %s there and %q here", v.What, v.Body, step.Rule, step.Recorded, step.Counted)
			}
		}
		r.Arithmetic.Quorum.Present++
		if !slices.ContainsFunc(count(t, v, r, rules), func(s Step) bool { return !s.Holds() }) {
			t.Errorf("%s: one present too many is not found", v.What)
		}
		counted[v.Procedure]++
	}
	if counted["consensus"] < 120 || counted["vote"] < 100 || counted["no-objection"] < 150 {
		t.Errorf("only %v vectors", counted)
	}
}

func count(t *testing.T, v vectorLine, r record, rules map[string]string) []Step {
	c := counter{r: r, rules: rules, room: true, heard: true}
	c.recusals(true)
	c.writing(true, true)
	c.quorum()
	c.positions()
	c.referendum()
	c.majority()
	c.outcome()
	if c.bad != nil {
		t.Fatalf("%s: %v", v.What, c.bad)
	}
	return c.steps
}
