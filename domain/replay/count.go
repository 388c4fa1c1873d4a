package replay

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A count written from docs/decision-file.md alone, beside the one in package domain:
// where the two differ, one of them is wrong.

// terms are the money and the conditions that a text is decided with, as they are spelt.
type terms struct {
	Amount     json.RawMessage `json:"amount"`
	Shares     json.RawMessage `json:"shares"`
	Conditions json.RawMessage `json:"conditions"`
}

type record struct {
	Format    int    `json:"format"`
	Number    string `json:"number"`
	Kind      string `json:"kind"`
	Procedure string `json:"procedure"`
	Outcome   string `json:"outcome"`
	Casting   string `json:"casting"`
	OpenedAt  string `json:"opened_at"`
	ClosedAt  string `json:"closed_at"`
	Text      string `json:"text"`
	Version   int    `json:"text_version"` // of its text; 0 in a record of format 1, and of its positions too
	terms            // of format 5: what is decided with the text
	Texts     *struct {
		Listed     string          `json:"listed_sha256"`
		Amount     json.RawMessage `json:"listed_amount"`
		Shares     json.RawMessage `json:"listed_shares"`
		Conditions json.RawMessage `json:"listed_conditions"`
		Proposed   []struct {
			Text     string `json:"text"`
			Accepted bool   `json:"accepted"`
			Version  int    `json:"text_version"`
			terms
		} `json:"proposed"`
	} `json:"texts"`
	Roll []struct {
		Seat         string `json:"seat"`
		Constituency string `json:"constituency"`
		Organisation string `json:"organisation"`
		Chair        bool   `json:"chair"`
		Recused      bool   `json:"recused"`
		Reason       string `json:"reason"`
	} `json:"roll"`
	Interests []struct {
		Organisation string    `json:"organisation"`
		Kind         string    `json:"kind"`
		At           string    `json:"at"`
		Seats        *[]string `json:"seats"`     // of what binds one person: the seats that it takes out, and no other
		Dismissed    *struct{} `json:"dismissed"` // of format 2: it has no effect
	} `json:"interests"`
	Presences []struct {
		Seat         string `json:"seat"`
		Organisation string `json:"organisation"`
	} `json:"presences"`
	Positions []struct {
		Seat     string `json:"seat"`
		N        int    `json:"n"`
		Position string `json:"position"`
		At       string `json:"at"`
		Text     int    `json:"text"`
		Counts   bool   `json:"counts"`
	} `json:"positions"`
	Unanswered []struct { // of format 4: seats that were called in a vote and did not answer
		Seat string `json:"seat"`
		Text int    `json:"text"`
	} `json:"unanswered"`
	InWriting *struct { // of a question that was decided without a meeting
		EndsAt     string `json:"ends_at"`
		Extensions []struct {
			Days   int    `json:"days"`
			EndsAt string `json:"ends_at"`
			At     string `json:"at"`
		} `json:"extensions"`
		Late []struct {
			Seat string `json:"seat"`
			N    int    `json:"n"`
			At   string `json:"at"`
		} `json:"late"`
	} `json:"in_writing"`
	Referendum *struct { // of a question that somebody joined subject to their capital
		Waits         bool   `json:"waits"`
		EndsAt        string `json:"ends_at"`
		ConcludedAt   string `json:"concluded_at"` // where the outcome waited
		Confirmations []struct {
			Seat      string `json:"seat"`
			Confirmed bool   `json:"confirmed"`
			At        string `json:"at"`
		} `json:"confirmations"`
	} `json:"referendum"`
	Arithmetic struct {
		Quorum struct {
			Applies        bool   `json:"applies"`
			Of             string `json:"of"`
			Base           int    `json:"base"`
			Needed         int    `json:"needed"`
			Present        int    `json:"present"`
			Constituencies []struct {
				Key     string `json:"key"`
				Sitting int    `json:"sitting"`
				Recused int    `json:"recused"`
				Present int    `json:"present"`
				Needed  int    `json:"needed"`
			} `json:"constituencies"`
		} `json:"quorum"`
		Positions struct {
			Joins  int `json:"joins"`
			Aside  int `json:"aside"`
			Blocks int `json:"blocks"`
			Waits  int `json:"waits"`
			Silent int `json:"silent"`

			Unconfirmed int `json:"unconfirmed"` // of those who join; absent where there are none
			Unheard     int `json:"unheard"`     // of format 3; absent where there are none
			Unanswered  int `json:"unanswered"`  // of format 4; absent where there are none
		} `json:"positions"`
		Majority *struct {
			Of     string `json:"of"`
			Base   int    `json:"base"`
			Needed int    `json:"needed"`
		} `json:"majority"`
	} `json:"arithmetic"`
}

func (f File) said() (r record, err error) {
	shown, err := object(canonical(f.Record))
	if err != nil {
		return r, err
	}
	g := File{Record: shown}
	for _, at := range private {
		if v, ok := g.member(at); ok && hidden(v) != "" {
			in, name := g.holder(at)
			delete(in, name)
		}
	}
	if err := json.Unmarshal(canonical(shown), &r); err != nil {
		return r, fmt.Errorf("its record: %w", err)
	}
	return r, nil
}

// Step is one thing that was counted again.
type Step struct {
	Rule     string `json:"rule"` // path of the charter's rule that it follows, or the part of the record it is
	Recorded string `json:"recorded"`
	Counted  string `json:"counted"` // "" where it rests on what is withheld
}

// Holds tells whether the count came to what is on record, or could not be made.
func (s Step) Holds() bool { return s.Counted == "" || s.Counted == s.Recorded }

// counter counts one record by its rules.
type counter struct {
	r     record
	rules map[string]string
	bad   error // a rule that is not there, or is no such value
	steps []Step
	room  bool // whether who was there is known
	heard bool // whether who said what is known
}

func (c *counter) rule(path string) string {
	v, ok := c.rules[path]
	if !ok && c.bad == nil {
		c.bad = fmt.Errorf("the rule %s is missing", path)
	}
	return v
}

func (c *counter) yes(path string) bool { return c.rule(path) == "true" }

func (c *counter) step(rule string, recorded any, known bool, counted any) {
	s := Step{Rule: rule, Recorded: fmt.Sprint(recorded)}
	if known {
		s.Counted = fmt.Sprint(counted)
	}
	c.steps = append(c.steps, s)
}

// heads is how many of n a share asks for, one at least.
func (c *counter) heads(share, threshold string, n int) int {
	above, below, ok := strings.Cut(c.rule(share), "/")
	a, err1 := strconv.Atoi(above)
	b, err2 := strconv.Atoi(below)
	if !ok || err1 != nil || err2 != nil || b < 1 {
		if c.bad == nil {
			c.bad = fmt.Errorf("the rule %s is no share", share)
		}
		return 1
	}
	need := n * a / b
	if c.rule(threshold) == "more-than" || n*a%b != 0 {
		need++
	}
	return max(need, 1)
}

func (c *counter) number(path string) int {
	n, err := strconv.Atoi(c.rule(path))
	if err != nil && c.bad == nil {
		c.bad = fmt.Errorf("the rule %s is no number", path)
	}
	return n
}

// procedure is the folder of the rules of the record's procedure.
func (c *counter) procedure() string { return "/body/" + strings.ReplaceAll(c.r.Procedure, "-", "_") }

// constituencies are the charter's, by name: those whose seats the rules give.
func (c *counter) constituencies() (keys []string) {
	for path := range c.rules {
		key, in := strings.CutPrefix(path, "/constituencies/")
		if key, seats := strings.CutSuffix(key, "/seats"); in && seats && !strings.Contains(key, "/") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// recorded are the constituencies that the record has a count of, by name.
func (c *counter) recorded() (keys []string) {
	for _, k := range c.r.Arithmetic.Quorum.Constituencies {
		keys = append(keys, k.Key)
	}
	slices.Sort(keys)
	return keys
}
