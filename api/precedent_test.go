package api

import (
	"strings"
	"testing"
)

// Who joins the body is told where to begin; nobody is told for another role.
func TestWhoJoinsTheBodyIsToldWhereToBegin(t *testing.T) {
	s := newStory(t)
	s.person("root", "administrator", "FMU", "un")
	state := s.org("XD", "state").String()
	dana := s.person("dana", "applicant", "UNDP", "un").String()
	grant := func(role, capacity string) {
		s.ask("root", "POST", "/people/"+dana+"/memberships",
			`{"role": "`+role+`", "organisation": "`+state+`", "capacity": "`+capacity+`", "from": "2020-01-01", "note": "NV 1"}`, "201")
	}
	grant("auditor", "")
	s.wasTold("dana")
	grant("member", "representative")
	s.wasTold("dana", "body-joined")
	if n := string(s.ask("dana", "GET", "/notices", "", "200").raw); !strings.Contains(n, `"subject":{"kind":"body"`) {
		t.Errorf("it leads elsewhere: %s", n)
	}
}

// Beside an item stand the decisions that are most like it, and none to whom it is out of sight.
func TestPrecedentsStandBesideAnItem(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "5000000.00")
	call := s.openCall()
	first := s.adopted(meeting, grantOf(s.noted(call, "QM", "UNICEF 600000.00"), ""))
	like := s.adopted(meeting, grantOf(s.noted(call, "RECIPIENTS-1", "UNDP 600000.00"), ""))
	s.adopted(meeting, strings.Replace(policyVote, "vote", "consensus", 1))
	q := s.listed(meeting, grantOf(s.noted(call, "RECIPIENTS-1", "UNDP 400000.00"), ""))
	got := s.ask("donors-1", "GET", q+"/precedents", "", "200")
	raw := string(got.raw)
	if a, b := strings.Index(raw, like), strings.Index(raw, first); a < 0 || b < a || strings.Count(raw, `"number"`) != 2 || !strings.Contains(raw, `"like":["state","organisation","area"]`) {
		t.Errorf("beside it stand %s", raw)
	}
	s.ask("recipients-1", "GET", q+"/precedents", "", "404 not-found")
}
