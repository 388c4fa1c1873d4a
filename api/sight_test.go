package api

import (
	"fmt"
	"strings"
	"testing"
)

// An owner state beside the first is an owner state, whoever has to endorse.
func TestEveryOwnerStateIsRecused(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "900000.00")
	p := s.noted(s.openCall(), "QN")
	other := s.orgs["RECIPIENTS-2"]
	must(t, s.DB.Exec(`UPDATE proposals SET scope = 'regional', other_states = ARRAY[?::uuid] WHERE id = ?::uuid`, other, p).Error)
	q := s.listed(meeting, grantOf(p, ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("recipients-2", "POST", q+"/positions", `{"position":"agree"}`, "403 recused")
	raw := string(s.ask("recipients-3", "GET", q+"/arithmetic", "", "200").raw)
	if !strings.Contains(raw, `"reason":"own-state"`) {
		t.Errorf("not on the roll: %s", raw)
	}
}

// What an interest hides of a proposal is told to nobody of the body by a notice or a task
// either: not when it is sent, and not when the interest came after it.
func TestNoNoticeOfAProposalThatIsHidden(t *testing.T) {
	s, _ := bodyOf13(t)
	told := func(who, ref string) bool {
		return strings.Contains(string(s.ask(who, "GET", "/notices", "", "200").raw)+string(s.ask(who, "GET", "/tasks", "", "200").raw), ref)
	}
	appealed := func() string {
		p := s.submitted(s.openCall(), "QM")
		s.ask("sec", "POST", p+"/screening", finding("ineligible", "It is outside the call.", checks("within-the-call not-met")), "200")
		s.ask("applicant-qm", "POST", p+"/appeal", `{"reason":"It is in area 2."}`, "200")
		return s.ask("sec", "GET", p, "", "200").at("ref")
	}
	before := appealed()
	if !told("chair", before) {
		t.Fatal("a Chair without interest is told nothing")
	}
	about := s.orgs["PMU-QM"]
	s.ask("chair", "POST", "/standing-interests", fmt.Sprintf(`{"kind":"personal","note":"A sister.","about":%q}`, about), "201")
	after := appealed()
	for _, ref := range []string{before, after} {
		if told("chair", ref) {
			t.Errorf("the Chair is told of %s", ref)
		}
		if !told("sec", ref) {
			t.Errorf("the secretariat is not told of %s", ref)
		}
	}
}

// What is hidden from one organisation is not read under the hat of another: on the body a
// person is of one at a time.
func TestOnTheBodyAPersonIsOfOneOrganisation(t *testing.T) {
	s, _ := bodyOf13(t)
	give := func(who, org, role, capacity, from, want string) {
		t.Helper()
		s.ask("admin", "POST", fmt.Sprintf("/people/%s/memberships", s.ids[who]), fmt.Sprintf(`{"organisation":%q,"role":%q,"capacity":%q,"from":%q}`, s.orgs[org], role, capacity, from), want)
	}
	give("donors-1", "RECIPIENTS-1", "member", "alternate", "2026-03-02", "409 two-organisations-on-the-body")
	give("donors-1", "RECIPIENTS-1", "coordinator", "", "2026-03-02", "409 two-organisations-on-the-body")
	give("donors-1", "RECIPIENTS-1", "auditor", "", "2026-03-02", "201") // no hat of the body
}
