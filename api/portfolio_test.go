package api

import (
	"fmt"
	"strings"
	"testing"
)

// Whoever is of the body weighs a set of approvals against the money and the balance;
// what an interest takes out of sight is no candidate, and counts for nothing.
func TestASetOfApprovalsIsWeighed(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("area-2", "1000000.00")
	s.pot("unearmarked", "600000.00")
	call := s.openCall()
	first, second, third := s.eligible(call, "QZ"), s.eligible(call, "QY"), s.eligible(call, "RECIPIENTS-1")
	note := s.eligible(call, "QX")
	id := func(p string) string { return strings.TrimPrefix(p, "/proposals/") }
	for _, p := range []string{first, second, third} {
		must(s.t, s.DB.Exec(`UPDATE proposals SET phase = 'document' WHERE id = ?`, id(p)).Error)
	}
	must(s.t, s.DB.Exec(`INSERT INTO group_terms (id, organisation, grouping, term, note) VALUES (gen_random_uuid(), ?, 'african', '[2020-01-01,)', 'x'), (gen_random_uuid(), ?, 'ldc', '[2020-01-01,)', 'x')`,
		s.orgs["QZ"], s.orgs["QZ"]).Error)
	chosen := func(p ...string) string {
		ids := make([]string, len(p))
		for i, x := range p {
			ids[i] = id(x)
		}
		return "/portfolio?chosen=" + strings.Join(ids, ",")
	}
	for who, want := range map[string]string{"": "401 sign-in-first", "applicant-qz": "403 not-permitted", "donors-1": "200", "chair": "200", "sec": "200"} {
		s.ask(who, "GET", "/portfolio", "", want)
	}
	s.ask("sec", "GET", "/portfolio?chosen=x", "", "422 unknown-value")
	s.ask("sec", "GET", chosen(first, first), "", "422 unknown-value")

	r := s.ask("donors-1", "GET", chosen(first, second), "", "200")
	v := r.JSON()
	fits := []string{}
	for _, c := range v["chosen"].([]any) {
		fits = append(fits, fmt.Sprint(c.(map[string]any)["fits"]))
	}
	if len(v["candidates"].([]any)) != 3 || fmt.Sprint(fits) != "[true false]" || r.at("asked", "amount") != "2000000.00" || r.at("fitting", "amount") != "1000000.00" || r.at("left_out") != "0" {
		t.Errorf("weighed: %s", r.raw)
	}
	for _, want := range []string{`"earmark":"area-2","available":{"amount":"1000000.00","currency":"USD"},"drawn":{"amount":"1000000.00","currency":"USD"},"left":{"amount":"0.00","currency":"USD"}`,
		`"earmark":"unearmarked","available":{"amount":"600000.00","currency":"USD"},"drawn":{"amount":"0.00"`, `"fits":false,"short":{"amount":"400000.00"`,
		`"by":"region","key":"african","before":{"n":0,"amount":{"amount":"0.00","currency":"USD"},"share":"0.00"},"after":{"n":1,"amount":{"amount":"1000000.00","currency":"USD"},"share":"100.00"}`,
		`"by":"income","key":"ldc","before":{"n":0`} {
		if !strings.Contains(string(r.raw), want) {
			t.Errorf("it lacks %s: %s", want, r.raw)
		}
	}
	// A concept note is no candidate; what is not there is told by its number alone.
	if r := s.ask("sec", "GET", chosen(note, "/proposals/6b1b36cb-0000-4000-8000-000000000000"), "", "200"); r.at("left_out") != "2" || len(r.JSON()["chosen"].([]any)) != 0 {
		t.Errorf("a note and nothing: %s", r.raw)
	}
	// recipients-1's own state's is out of its sight: not among the candidates, and no count of it.
	own := s.ask("recipients-1", "GET", chosen(third), "", "200")
	if nothing := s.ask("recipients-1", "GET", chosen("/proposals/6b1b36cb-0000-4000-8000-000000000000"), "", "200"); string(own.raw) != string(nothing.raw) || strings.Contains(string(own.raw), id(third)) {
		t.Errorf("out of sight: %s", own.raw)
	}
	// Declared: gone for who declared it, and for nobody else.
	q := s.listed(meeting, grantOf(id(second), ""))
	s.ask("donors-2", "POST", q+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
	if r := s.ask("donors-2", "GET", chosen(second, first), "", "200"); strings.Contains(string(r.raw), id(second)) || r.at("left_out") != "1" || r.at("fitting", "amount") != "1000000.00" {
		t.Errorf("declared: %s", r.raw)
	}

	// As a file; and a grant that is adopted is counted as granted, and is no candidate.
	if r := s.ask("sec", "GET", strings.Replace(chosen(first, second), "/portfolio?", "/portfolio/export?format=csv&", 1), "", "200"); !strings.Contains(string(r.raw), "Fits the money") || strings.Count(string(r.raw), "USD") != 2 || !strings.Contains(string(r.raw), "400000.00") {
		t.Errorf("as a file: %s", r.raw)
	}
	s.adopt(meeting, grantOf(id(first), ""))
	r = s.ask("donors-1", "GET", chosen(second, first), "", "200")
	if r.at("left_out") != "1" || !strings.Contains(string(r.raw), `"by":"region","key":"african","before":{"n":1,"amount":{"amount":"1000000.00"`) {
		t.Errorf("once it is granted: %s", r.raw)
	}
	must(s.t, s.DB.Exec(`UPDATE proposals SET phase = 'concept'`).Error) // as their call has them
}

// What the fund's history brought in has neither a state nor a sum that the body granted:
// it is no programme of the balance.
func TestThePastIsNoPartOfTheBalance(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	s.granted2(meeting, s.openCall())
	granted := func() (n float64) {
		for _, p := range s.ask("sec", "GET", "/portfolio", "", "200").JSON()["proportions"].([]any) {
			if p := p.(map[string]any); p["by"] == "area" {
				n += p["before"].(map[string]any)["n"].(float64)
			}
		}
		return n
	}
	if n := granted(); n != 1 {
		t.Errorf("%v programmes", n)
	}
	must(t, s.DB.Exec(`INSERT INTO programmes (id, code, title, state, charter_version, created_at) VALUES (gen_random_uuid(), 'JP-OLD', 'An old one', 'past', 1, now())`).Error)
	if n := granted(); n != 1 {
		t.Errorf("%v programmes with the past", n)
	}
}
