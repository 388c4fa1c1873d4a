package api

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
)

func (s *story) interestsOf(who, question string) (list []string) {
	s.t.Helper()
	all, _ := s.ask(who, "GET", question, "", "200").JSON()["interests"].([]any)
	for _, x := range all {
		i := x.(map[string]any)
		said := fmt.Sprintf("%v %v %v", i["organisation"], i["kind"], i["source"])
		if d, ok := i["dismissed"].(map[string]any); ok {
			said += fmt.Sprintf(" dismissed: %v", d["reason"])
		}
		list = append(list, said)
	}
	return list
}

func dismissal(organisation, kind, reason string) string {
	return fmt.Sprintf(`{"organisation":%q,"kind":%q,"reason":%q}`, organisation, kind, reason)
}

// What the facts show of a member's organisation is set aside by whoever the charter says,
// with a reason that stays; from then on the member reads, scores and decides as others do,
// and the record of the decision says why.
func TestAnInterestIsDismissed(t *testing.T) {
	s, meeting := bodyOf13(t)
	call := s.openCall()
	p := s.noted(call, "RECIPIENTS-1", "NETWORK-1 600000.00", "UNICEF 400000.00")
	s.pot("unearmarked", "2000000.00")
	q := s.listed(meeting, grantOf(p, ""))
	hidden := []string{"/proposals/" + p, "/proposals/" + p + "/scores", q + "/arithmetic"}
	for _, path := range hidden {
		s.ask("recipients-1", "GET", path, "", "404 not-found")
	}
	counted := func(who string) string { return s.ask(who, "GET", "/proposals/counts", "", "200").at("total") }
	if counted("donors-1") != "1" || counted("recipients-1") != "0" {
		t.Fatalf("in sight of one without interest %s, and with one %s", counted("donors-1"), counted("recipients-1"))
	}

	of := dismissal("RECIPIENTS-1", "own-state", "The programme runs in a region of another state; the name was a slip.")
	s.ask("aud", "POST", q+"/dismissals", of, "403 not-permitted")
	s.ask("donors-1", "POST", q+"/dismissals", of, "403 not-yours-to-dismiss")
	s.ask("sec", "POST", q+"/dismissals", of, "403 not-yours-to-dismiss") // the charter gives it to who presides
	s.ask("recipients-1", "POST", q+"/dismissals", of, "403 recused")
	s.ask("chair", "POST", q+"/dismissals", dismissal("RECIPIENTS-1", "own-state", " "), "422 required")
	s.ask("chair", "POST", q+"/dismissals", dismissal("RECIPIENTS-1", "personal", "None."), "422 unknown-value")
	if !s.offered("chair", q, "interest.dismiss") || s.offered("donors-1", q, "interest.dismiss") || s.offered("sec", q, "interest.dismiss") {
		t.Error("it is offered to another than who may")
	}
	s.ask("chair", "POST", q+"/dismissals", of, "201")
	s.ask("chair", "POST", q+"/dismissals", of, "409 interest-dismissed-already")
	if got := strings.Join(s.interestsOf("donors-1", q), "; "); !strings.Contains(got, "RECIPIENTS-1 own-state found dismissed: The programme") {
		t.Errorf("on record: %s", got)
	}
	for _, path := range hidden {
		s.ask("recipients-1", "GET", path, "", "200")
	}
	if counted("recipients-1") != "1" {
		t.Error("what is in sight again is not counted")
	}
	s.ask("recipients-1", "POST", "/proposals/"+p+"/scores", points(3), "403 own-proposal") // nobody judges one's own, whatever was set aside

	// One's own word is one's own: it may be declared again, and counts again.
	s.ask("recipients-1", "POST", q+"/interests", `{"kind": "own-state", "note": "It is ours."}`, "201")
	s.ask("recipients-1", "GET", "/proposals/"+p, "", "404 not-found")
	if counted("recipients-1") != "0" {
		t.Error("what was declared again is in sight")
	}
	s.ask("chair", "POST", q+"/dismissals", of, "201")

	// Another item about the same proposal asks anew, and what is on its record hides.
	other := s.listed(meeting, grantOf(p, ""))
	s.ask("recipients-1", "GET", "/proposals/"+p, "", "404 not-found")
	s.ask("recipients-1", "GET", other+"/arithmetic", "", "404 not-found")
	s.ask("recipients-1", "GET", q+"/arithmetic", "", "200")
	s.ask("chair", "POST", other+"/dismissals", of, "201")
	s.ask("recipients-1", "GET", "/proposals/"+p, "", "200")

	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("chair", "POST", q+"/dismissals", dismissal("NETWORK-1", "implementing-partner", "Too late."), "409 question-stage")
	s.ask("recipients-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	record := string(s.ask("sec", "GET", "/decisions/"+number, "", "200").raw)
	if !strings.Contains(record, "the name was a slip") {
		t.Errorf("the record does not say why: %s", record)
	}
}

// The Chair's own conflict is found and declared; then another presides, whom the charter
// names, and may set it aside, as the Chair may not.
func TestTheChairsInterestIsDismissedByAnother(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/interests", `{"kind": "personal", "note": "A brother."}`, "201")
	s.ask("chair", "POST", q+"/dismissals", dismissal("IOM", "personal", "It is nothing."), "403 recused")
	s.ask("chair", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-1", "POST", q+"/dismissals", dismissal("IOM", "personal", "The brother left the firm."), "201")
	s.ask("chair", "GET", q+"/arithmetic", "", "200")
	s.ask("chair", "POST", q+"/opening", "", "200")

	// What only abstains from hides nothing, and is one's own all the same.
	next := s.listed(meeting, strings.Replace(policyVote, "A paper", "Another paper", 1))
	s.ask("donors-1", "POST", next+"/interests", `{"kind": "other", "note": "We wrote a part."}`, "201")
	s.ask("chair", "POST", next+"/interests", `{"kind": "programme-donor"}`, "201")
	s.ask("chair", "POST", next+"/dismissals", dismissal("IOM", "programme-donor", "It is nothing."), "403 own-interest-stays")
	s.ask("chair", "POST", next+"/dismissals", dismissal("DONORS-1", "other", "Only a comment."), "201")
	if a := s.ask("chair", "GET", next+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any); a["base"] != 12.0 {
		t.Errorf("the quorum counts %v", a["base"])
	}
}

// The secretariat knows of a stake that nobody declared: it stands until it is dismissed,
// and is not suggested twice.
func TestAnInterestIsSuggested(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("sec", "POST", q+"/suggestions", `{"organisation":"DONORS-1","kind":"programme-donor","note":""}`, "422 required")
	s.ask("sec", "POST", q+"/suggestions", `{"organisation":"NOBODY","kind":"other","note":"x"}`, "422 unknown-value")
	s.ask("chair", "POST", q+"/suggestions", `{"organisation":"DONORS-1","kind":"other","note":"x"}`, "403 not-permitted")
	s.ask("sec", "POST", q+"/suggestions", `{"organisation":"DONORS-1","kind":"other","note":"It wrote the paper."}`, "201")
	s.ask("sec", "POST", q+"/suggestions", `{"organisation":"DONORS-1","kind":"other","note":"It wrote the paper."}`, "409 interest-on-record")
	base := func() any {
		return s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any)["base"]
	}
	if base() != 11.0 {
		t.Errorf("the quorum counts %v", base())
	}
	s.ask("chair", "POST", q+"/dismissals", dismissal("DONORS-1", "other", "Another donor of nearly that name did."), "201")
	if base() != 12.0 {
		t.Errorf("the quorum counts %v once it was dismissed", base())
	}
}

// What a seat has declared once holds for every item that names whom it is about: before
// the item is listed for the proposal, then for the item, until its last day has passed.
func TestAStandingInterestHoldsForWhatItTouches(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("deputy", "member/adviser", "DONORS-2", "state")
	call := s.openCall()
	p, other := s.noted(call, "QZ", "ILO 400000.00"), s.noted(call, "QY", "UNHCR 400000.00")
	s.ask("donors-2", "GET", "/proposals/"+p, "", "200")
	about := func(who, kind, rest, want string) reply {
		return s.ask(who, "POST", "/standing-interests", fmt.Sprintf(`{"kind":%q%s}`, kind, rest), want)
	}
	ilo := fmt.Sprintf(`,"about":%q,"note":"We second its staff."`, s.orgs["ILO"])
	about("sec", "personal", ilo, "403 not-permitted")
	about("deputy", "personal", ilo, "403 adviser-does-not-decide")
	about("donors-2", "cousin", ilo, "422 unknown-value")
	about("donors-2", "personal", fmt.Sprintf(`,"about":%q`, uuid.New()), "422 unknown-value")
	about("donors-2", "personal", `,"area":"area-99"`, "422 unknown-value")
	about("donors-2", "personal", `,"until":"2020-01-01","about":"`+s.orgs["ILO"].String()+`"`, "422 standing-interest-day")
	about("donors-2", "other", ``, "422 required")
	about("donors-2", "other", `,"about":"`+s.orgs["DONORS-2"].String()+`"`, "409 standing-interest-on-record")
	r := about("donors-2", "personal", ilo, "201")
	about("donors-2", "personal", ilo, "409 standing-interest-on-record")
	about("donors-3", "other", `,"note":"A chair at a university that advises on it."`, "201")

	// Of the proposal, before any item is about it; of the other one nothing.
	s.ask("donors-2", "GET", "/proposals/"+p, "", "404 not-found")
	s.ask("donors-2", "GET", "/proposals/"+p+"/scores", "", "404 not-found")
	s.ask("donors-2", "GET", "/proposals/"+other, "", "200")
	s.ask("donors-1", "GET", "/proposals/"+p, "", "200")
	if n := s.ask("donors-2", "GET", "/proposals/counts", "", "200").at("total"); n != "1" {
		t.Errorf("%s are counted", n)
	}
	q := s.listed(meeting, grantOf(p, ""))
	if got := strings.Join(s.interestsOf("donors-1", q), "; "); got != "DONORS-2 personal standing" {
		t.Errorf("on the item: %s", got)
	}
	s.ask("donors-2", "GET", q+"/arithmetic", "", "404 not-found")
	free := s.listed(meeting, grantOf(other, ""))
	s.ask("donors-2", "GET", free+"/arithmetic", "", "200")

	// Who reads the register: a seat its own, the Chair and those by office all.
	for who, want := range map[string]int{"donors-2": 1, "deputy": 1, "donors-1": 0, "sec": 2, "aud": 2, "chair": 2} {
		if got := s.ask(who, "GET", "/standing-interests", "", "200"); len(got.JSON()["list"].([]any)) != want {
			t.Errorf("%s reads %s", who, got.raw)
		}
	}

	// It is ended with a day; what is on an item's record stays there.
	end := "/standing-interests/" + r.at("id") + "/ending"
	s.ask("donors-1", "POST", end, `{"last":"2026-03-03"}`, "404 not-found")
	s.ask("donors-2", "POST", end, `{"last":"2026-03-01"}`, "422 standing-interest-day")
	today := s.Clock.Now().Format("2006-01-02")
	s.ask("donors-2", "POST", end, fmt.Sprintf(`{"last":%q,"note":"The secondment is over."}`, today), "200")
	s.ask("donors-2", "POST", end, fmt.Sprintf(`{"last":%q}`, today), "409 standing-interest-ended")
	third := s.noted(call, "QX", "ILO 100000.00")
	s.ask("donors-2", "GET", "/proposals/"+third, "", "404 not-found") // its last day is a day of it
	s.days(1)
	s.ask("donors-2", "GET", "/proposals/"+third, "", "200")
	s.ask("donors-2", "GET", "/proposals/"+p, "", "404 not-found")
	s.ask("chair", "POST", q+"/dismissals", dismissal("DONORS-2", "personal", "The secondment ended."), "201")
	s.ask("donors-2", "GET", "/proposals/"+p, "", "200")
}

// A person's own stake goes with the person: a successor in the seat has not got it.
func TestAPersonalStandingInterestGoesWithThePerson(t *testing.T) {
	s, _ := bodyOf13(t)
	s.person("successor", "member", "DONORS-2", "state")
	call := s.openCall()
	p := s.noted(call, "QZ", "ILO 400000.00")
	s.ask("donors-2", "POST", "/standing-interests", fmt.Sprintf(`{"kind":"personal","note":"A brother there.","about":%q}`, s.orgs["ILO"]), "201")
	s.ask("donors-2", "GET", "/proposals/"+p, "", "404 not-found")
	s.ask("successor", "GET", "/proposals/"+p, "", "200") // it is of one person, not of the seat
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2026-03-02)' WHERE person = ?`, s.ids["donors-2"]).Error)
	s.ask("successor", "GET", "/proposals/"+p, "", "200")
}
