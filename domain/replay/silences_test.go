package replay

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// The vectors of silences that are published come to the same when they are counted from
// the page alone.
func TestSilences(t *testing.T) {
	text, err := os.ReadFile("../../docs/vectors/silences.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines, counted := bufio.NewScanner(bytes.NewReader(text)), 0
	for lines.Scan() {
		var v struct {
			What       string
			Rules      map[string]string
			OpenedAt   string `json:"opened_at"`
			Extensions []int
			EndsAt     string `json:"ends_at"`
			Said       []struct {
				At   string
				Late bool
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		c := counter{rules: v.Rules}
		days := c.number("/body/no_objection/days")
		for _, more := range v.Extensions {
			days += more
		}
		end := c.silenceEnd(c.instant(v.OpenedAt), days)
		if got := end.Format(spelled); got != v.EndsAt || c.bad != nil {
			t.Errorf("%s: it ends at %s there and %s here (%v)", v.What, v.EndsAt, got, c.bad)
		}
		for _, s := range v.Said {
			if late := !c.instant(s.At).Before(end); late != s.Late {
				t.Errorf("%s: %s is late %t there and %t here", v.What, s.At, s.Late, late)
			}
		}
		counted++
	}
	if counted < 10 {
		t.Errorf("only %d vectors", counted)
	}
}
