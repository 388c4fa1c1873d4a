package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// reviewers are whom a list of somebody's names under a field of the review, by code:
// by its counts, and by what it holds when it is narrowed to each organisation of the
// story. Both must agree, and an organisation that has nothing to do with it must be
// answered as one that is hidden.
func (s *story) reviewers(who, field, ref string) string {
	s.t.Helper()
	counted := map[string]bool{}
	for _, c := range s.ask(who, "GET", "/proposals/counts?q="+ref, "", "200").JSON()["counts"].(map[string]any)[field].([]any) {
		counted[c.(map[string]any)["value"].(string)] = true
	}
	nobody := s.ask(who, "GET", "/proposals?q="+ref+"&"+field+"="+uuid.NewString(), "", "200")
	var found []string
	for _, code := range []string{"XD", "XE", "WG-3", "UNICEF"} {
		id := s.orgs[code]
		query := "q=" + ref + "&" + field + "=" + id.String()
		list := s.ask(who, "GET", "/proposals?"+query, "", "200")
		held := len(list.List()) > 0
		total := s.ask(who, "GET", "/proposals/counts?"+query, "", "200")
		left := s.ask(who, "GET", "/proposals/export?format=json&"+query, "", "200").List()
		if held != (total.at("total") == "1") || held != (len(left) == 1) || held != counted[id.String()] {
			s.t.Errorf("%s, %s=%s: listed %t, counted %t, %s in all, %d in the file", who, field, code, held, counted[id.String()], total.at("total"), len(left))
		}
		if !held && (string(list.raw) != string(nobody.raw) || list.header.Get("Link") != nobody.header.Get("Link")) {
			s.t.Errorf("%s tells what is hidden of %s from what is not there: %s", who, code, list.raw)
		}
		if held {
			found = append(found, code)
		}
	}
	slices.Sort(found)
	return strings.Join(found, " ")
}

// onPage are whom the pages of a proposal name to somebody: its assessors, those recused since
// among them, and its advisers.
func (s *story) onPage(who, p string) (assessors, advisers string) {
	s.t.Helper()
	codes := func(r reply, code func(map[string]any) string, lists ...string) string {
		var all []string
		for _, list := range lists {
			if r.status != 200 {
				break
			}
			named, _ := r.JSON()[list].([]any)
			for _, x := range named {
				all = append(all, code(x.(map[string]any)))
			}
		}
		slices.Sort(all)
		return strings.Join(slices.Compact(all), " ")
	}
	return codes(s.send(who, "GET", p+"/scores", ""), func(x map[string]any) string {
			_, code, _ := strings.Cut(x["seat"].(string), " ")
			return code
		}, "scores", "recused"), codes(s.send(who, "GET", p+"/advice", ""), func(x map[string]any) string {
			return x["organisation"].(map[string]any)["code"].(string)
		}, "requests")
}

// Who has assessed a proposal, and whose advice on it is asked, is found, counted and
// exported by exactly those who read it on the proposal's own page.
func TestNobodyLearnsOfTheReviewByNarrowing(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.eligible(call, "QM", "UNICEF 600000.00")
	ref := s.ask("sec", "GET", p, "", "200").at("ref")
	for _, m := range []struct{ name, hat, org, kind string }{
		{"max", "member", "XD", "state"}, {"mia", "member", "XE", "state"}, {"ada", "member/adviser", "XE", "state"}, {"dora", "member", "XH", "state"},
		{"old", "member", "XF", "state"}, {"none", "member", "XG", "state"}, {"own", "member", "QM", "state"}, {"imp", "member", "UNICEF", "un"}, {"sub", "member", "PMU-QM", "un"},
		{"chair", "coordinator", "IOM", "un"}, {"aud", "auditor", "OIOS", "un"}, {"wim", "expert", "WG-3", "other"}, {"adm", "administrator", "MPTF", "un"},
		{"sam", "secretariat", "IOM-FMU", "un"}, {"cora", "coordinator", "IOM", "un"},
	} {
		s.person(m.name, m.hat, m.org, m.kind)
	}
	for _, org := range []string{"XD", "XE", "XH"} {
		s.seat(org, "donors")
	}
	s.seat("XF", "donors", "[2020-01-01,2026-03-02)")
	s.seat("QM", "recipients")
	s.seat("UNICEF", "network")
	everybody := []string{"sec", "chair", "aud", "max", "mia", "ada", "dora", "old", "none", "own", "imp", "sub", "sam", "cora", "applicant-qm", "focal-qm"}
	agrees := func(when string) {
		t.Helper()
		for _, who := range everybody {
			assessors, advisers := s.onPage(who, p)
			if got := s.reviewers(who, "assessor", ref); got != assessors {
				t.Errorf("%s, %s finds by assessor %q and reads %q", when, who, got, assessors)
			}
			if got := s.reviewers(who, "adviser", ref); got != advisers {
				t.Errorf("%s, %s finds by adviser %q and reads %q", when, who, got, advisers)
			}
		}
	}
	s.ask("sec", "POST", p+"/advice", fmt.Sprintf(`{"organisation":%q,"language":"en","text":"Is the model sound?"}`, s.orgs["WG-3"]), "200")
	s.ask("max", "POST", p+"/scores", points(3), "201")
	agrees("one score is in")
	for who, want := range map[string]string{"sec": "XD", "chair": "XD", "aud": "XD", "max": "XD", "mia": "", "dora": "", "imp": "", "none": "", "applicant-qm": ""} {
		if got := s.reviewers(who, "assessor", ref); got != want {
			t.Errorf("%s finds %q, not %q", who, got, want)
		}
	}
	s.ask("mia", "POST", p+"/scores", points(5), "201")
	agrees("two are in")
	if got := s.reviewers("ada", "assessor", ref); got != "XD XE" {
		t.Errorf("who advises her delegation finds %q", got)
	}

	// Nor who works on the proposal, or did, under whatever hat.
	for who, role := range map[string]string{"dora": "editor", "sam": "", "cora": ""} {
		s.workedOn(p, who, role)
	}
	s.ask("dora", "POST", p+"/scores", points(3), "403 worked-on-it")
	agrees("some work on it")
	for _, who := range []string{"dora", "sam", "cora"} {
		if got := s.reviewers(who, "assessor", ref) + s.reviewers(who, "adviser", ref); got != "" {
			t.Errorf("%s, who works on it, finds %q", who, got)
		}
	}

	// A declared interest takes the review out of the sight of one who had scored.
	meeting := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title":"First","starts_at":"2026-06-02T09:00:00Z"}`, "201").at("id")
	q := s.ask("sec", "POST", meeting+"/questions", fmt.Sprintf(`{"kind":"grant","procedure":"consensus","title":"QM","text":"To fund it.","language":"en","proposal":%q}`, strings.TrimPrefix(p, "/proposals/")), "201").at("id")
	s.ask("max", "POST", "/questions/"+q+"/interests", `{"kind":"personal","note":"A cousin."}`, "201")
	agrees("max has declared an interest")
	if got := s.reviewers("max", "assessor", ref); got != "" {
		t.Errorf("who declared an interest finds %q", got)
	}
	for _, who := range []string{"sec", "mia", "none", "applicant-qm"} {
		s.ask(who, "GET", "/proposals?sort=assessor", "", "422 unknown-value")
		s.ask(who, "GET", "/proposals/export?format=csv&columns=assessor", "", "422 unknown-value")
		s.ask(who, "GET", "/proposals?assessor=XD", "", "422 unknown-value")
	}
	// Nothing of it is in a line of the list.
	if raw := string(s.ask("applicant-qm", "GET", "/proposals", "", "200").raw); strings.Contains(raw, s.orgs["XD"].String()) || strings.Contains(raw, s.orgs["WG-3"].String()) {
		t.Errorf("an applicant's list: %s", raw)
	}
}

// What a proposal says is what it is found by: who leads, a marker and its step, a goal,
// a target; and a programme of many states is counted as any other.
func TestWhatAProposalSaysIsWhatItIsFoundBy(t *testing.T) {
	s := newStory(t)
	call := s.authors()
	s.submitted(call, "QN", "IOM 500000.00", "ILO 400000.00")
	s.submitted(call, "QO", "ILO 700000.00", "IOM 300000.00")
	for query, want := range map[string]string{
		"lead=" + s.orgs["IOM"].String():                 "Safe recruitment in QN",
		"lead=" + s.orgs["ILO"].String():                 "Safe recruitment in QO",
		"partner=" + s.orgs["ILO"].String():              "Safe recruitment in QN | Safe recruitment in QO",
		"marker=gender.2":                                "Safe recruitment in QN | Safe recruitment in QO",
		"marker=gender.1,human-rights.1":                 "",
		"marker=gender.2&lead=" + s.orgs["IOM"].String(): "Safe recruitment in QN",
	} {
		if got := s.found("sec", query); got != want {
			t.Errorf("%s finds %q, not %q", query, got, want)
		}
	}
	for _, bad := range []string{"marker=gender%202", "lead=IOM", "target=10'7", "goal=1'"} {
		s.ask("sec", "GET", "/proposals?"+bad, "", "422 unknown-value")
	}
	// Goals and targets stand in what the form asks: written past it, as a document has them.
	must(t, s.DB.Exec(`UPDATE proposals SET answers = '{"sdg_goals":["10","8"],"sdg_targets":["10.7","8.8"]}' WHERE ref = 'P-2026-001'`).Error)
	for query, want := range map[string]string{"goal=10": "Safe recruitment in QN", "goal=1": "", "target=8.8,1.1": "Safe recruitment in QN", "target=10": ""} {
		if got := s.found("audit", query); got != want {
			t.Errorf("%s finds %q, not %q", query, got, want)
		}
	}
	counts := s.ask("audit", "GET", "/proposals/counts?goal=8", "", "200").JSON()["counts"].(map[string]any)
	if got := fmt.Sprint(counts["goal"], counts["target"]); got != "[map[n:1 value:10] map[n:1 value:8]] [map[n:1 value:10.7] map[n:1 value:8.8]]" {
		t.Errorf("counted by goals and targets: %s", got)
	}
	must(t, s.DB.Exec(`UPDATE proposals SET other_states = ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 190)) WHERE ref = 'P-2026-002'`).Error)
	many := s.ask("audit", "GET", "/proposals/counts", "", "200")
	if n := len(many.JSON()["counts"].(map[string]any)["state"].([]any)); many.at("total") != "2" || n != 192 {
		t.Errorf("a programme of 191 states: %s in all, %d states", many.at("total"), n)
	}
	must(t, s.DB.Exec(`UPDATE proposals SET other_states = '{}', answers = '{}'`).Error)
}
