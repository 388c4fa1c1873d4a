package api

import (
	"strings"
	"testing"
)

// Members score blind: each sees the others' scores when her own is in, nobody
// scores her own, and who lost sight of the item sees nothing of it.
func TestMembersScoreBlind(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.eligible(call, "QM", "UNICEF 600000.00")
	for _, m := range []struct{ name, hat, org, kind string }{
		{"max", "member", "XD", "state"}, {"mia", "member", "XE", "state"}, {"moe", "member/alternate", "XE", "state"},
		{"ada", "member/adviser", "XE", "state"}, {"old", "member", "XF", "state"}, {"none", "member", "XG", "state"},
		{"own", "member", "QM", "state"}, {"imp", "member", "UNICEF", "un"}, {"sub", "member", "PMU-QM", "un"},
		{"chair", "coordinator", "IOM", "un"}, {"aud", "auditor", "OIOS", "un"},
	} {
		s.person(m.name, m.hat, m.org, m.kind)
	}
	for _, org := range []string{"XD", "XE"} {
		s.seat(org, "donors")
	}
	s.seat("XF", "donors", "[2020-01-01,2026-03-02)") // until yesterday
	s.seat("QM", "recipients")
	s.seat("UNICEF", "network")
	s.seat("PMU-QM", "network")

	scores := p + "/scores"
	s.ask("max", "POST", scores, points(3), "428 idempotency-key-required", key(""))
	for who, want := range map[string]string{"old": "403 no-seat", "none": "403 no-seat", "own": "404 not-found", "imp": "403 own-proposal",
		"sub": "404 not-found", "ada": "403 adviser-does-not-decide", "sec": "403 not-permitted", "applicant-qm": "403 not-permitted"} {
		s.ask(who, "POST", scores, points(3), want)
	}
	for body, want := range map[string]string{
		`{"version":1,"points":{}}`: "422 required",
		points(3, 0):                "422 required", // which version was read
		points(3, -1):               "422 required",
		points(3, 2):                "409 another-version-by-now",
		points(0):                   "422 off-scale",
		points(6):                   "422 off-scale",
		strings.Replace(points(3), `"points":3`, `"points":null`, 1):                    "422 required", // a reason
		strings.Replace(points(3), `"points":{`, `"points":{"beauty":{"points":3},`, 1): "422 unknown-value",
		strings.Replace(points(3), `"points":3`, `"points":3.5`, 1):                     "422 wrong-type",
	} {
		s.ask("max", "POST", scores, body, want)
	}
	first := s.ask("max", "POST", scores, points(3), "201")
	if first.at("total") != "50.0000" || first.at("n") != "1" || first.at("seat") != "donors XD" {
		t.Errorf("scored: %s", first.raw)
	}

	// Mia's is not in: she learns nothing, not even how many there are.
	s.ask("max", "POST", scores, points(1), "201") // nobody else's is in: a correction
	s.ask("max", "POST", scores, points(3), "201", key("corrected"))
	blind := s.ask("mia", "GET", scores, "", "200")
	if string(blind.raw) != `{"version":1,"blind":true,"scores":[],"total":null,"assessed":null,"may":["score.submit"]}` {
		t.Errorf("before her own: %s", blind.raw)
	}
	before := func(who string) string { return string(s.ask(who, "GET", "/assessments", "", "200").raw) }
	for who, want := range map[string]string{"mia": `"scored":false,"interests":[],"may":["score.submit"]`, "max": `"scored":true,"interests":[],"may":["score.submit"]`,
		"own": `[]`, "imp": `"scored":false,"interests":["implementing-partner"],"may":[]`,
		"ada": `"scored":false,"interests":[],"may":[]`} {
		if got := before(who); !strings.Contains(got, want) {
			t.Errorf("to assess, for %s: %s", who, got)
		}
	}
	for who, want := range map[string]string{"own": "404 not-found", "imp": "404 not-found", "sub": "404 not-found", "old": "404 not-found",
		"none": "404 not-found", "applicant-qm": "403 not-permitted", "focal-qm": "403 not-permitted", "": "401 sign-in-first",
		"sec": "200", "aud": "200", "chair": "200"} {
		r := s.ask(who, "GET", scores, "", want)
		if want == "200" && (r.at("total") != "50.0000" || r.at("assessed") != "false") {
			t.Errorf("%s reads %s", who, r.raw)
		}
	}
	s.ask("mia", "POST", scores, points(5), "201", key("mia"))
	s.ask("moe", "POST", scores, points(4), "409 first-score-stands") // for the same seat, with others' in sight: that is for a second round
	s.ask("max", "POST", scores, points(4), "409 first-score-stands")
	all := s.ask("ada", "GET", scores, "", "200")
	if all.at("total") != "75.0000" || all.at("assessed") != "true" || len(all.JSON()["scores"].([]any)) != 2 {
		t.Errorf("both are in: %s", all.raw)
	}
	if r := s.ask("mia", "POST", scores, points(5), "201", key("mia")); r.at("n") != "1" {
		t.Errorf("asked twice: %s", r.raw)
	}
	s.ask("own", "GET", p, "", "404 not-found") // what the interest hides is not read either
	for who, want := range map[string]string{"max": "[score.submit]", "imp": "[]", "ada": "[]", "old": "[]"} {
		if r := s.ask(who, "GET", p, "", "200"); r.at("may") != want {
			t.Errorf("%s may %s, want %s", who, r.at("may"), want)
		}
	}

	// Not before it is screened, not after it is withdrawn.
	q := s.submitted(call, "QN")
	s.ask("max", "POST", q+"/scores", points(3), "409 wrong-stage")
	s.ask("applicant-qm", "POST", p+"/withdrawal", "", "200")
	s.ask("max", "POST", scores, points(4), "409 wrong-stage")
	s.ask("max", "POST", "/proposals/6b1b36cb-0000-4000-8000-000000000000/scores", points(4), "404 not-found")
}
