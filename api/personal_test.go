package api

import (
	"fmt"
	"strings"
	"testing"
)

// What a member declares as a person takes no chair from the Chair, though both are of one
// organisation; nor does what the Chair declares take a seat from the member.
func TestAPersonalInterestBindsThePersonNotTheOrganisation(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("deputy", "member", "IOM", "un") // of the Coordinator's organisation, which has a seat too
	must(t, s.DB.Exec(`UPDATE seat_terms SET organisation = ? WHERE seat = ?`, s.orgs["IOM"], s.ids["seat stakeholders-3"]).Error)
	s.ask("deputy", "POST", meeting+"/presences", `{}`, "201")
	q := s.listed(meeting, policyVote)
	s.ask("deputy", "POST", q+"/interests", `{"kind":"personal","note":"My brother."}`, "201")
	if got := strings.Join(s.recusedOn(q), " "); got != "stakeholders-3" {
		t.Errorf("recused: %q", got)
	}
	s.ask("deputy", "GET", q+"/arithmetic", "", "404 not-found")
	s.ask("chair", "GET", q+"/arithmetic", "", "200")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("deputy", "POST", q+"/positions", `{"position":"yes"}`, "403 recused")
	for _, who := range s.members() {
		if who != "stakeholders-3" {
			s.ask(who, "POST", q+"/positions", `{"position":"yes"}`, "201")
		}
	}
	s.verified(s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number"))

	next := s.listed(meeting, strings.Replace(policyVote, "A paper", "Another", 1))
	s.ask("chair", "POST", next+"/interests", `{"kind":"personal","note":"My sister."}`, "201")
	if got := strings.Join(s.recusedOn(next), " "); got != "chair" {
		t.Errorf("recused: %q", got)
	}
	s.ask("deputy", "GET", next+"/arithmetic", "", "200")
	s.ask("deputy", "POST", next+"/interests", `{"kind":"personal","note":"My uncle."}`, "201") // another person's is another
	if got := strings.Join(s.recusedOn(next), " "); got != "chair stakeholders-3" {
		t.Errorf("recused: %q", got)
	}
	s.ask("chair", "POST", next+"/opening", "", "403 not-presiding")
	s.ask("donors-1", "POST", next+"/opening", "", "200")
	for _, who := range s.members() {
		if who != "stakeholders-3" {
			s.ask(who, "POST", next+"/positions", `{"position":"yes"}`, "201")
		}
	}
	s.verified(s.ask("donors-1", "POST", next+"/decision", `{}`, "201").at("number"))
}

// The seat's alternate is heard where the representative has an interest of their own, who
// counts nowhere for the item; in the room and in writing. Where nobody is left, the seat
// is recused.
func TestAnAlternateIsHeardForWhoeverHasAPersonalInterest(t *testing.T) {
	s, meeting := bodyOf13(t)
	members := s.members()
	s.person("deputy", "member/alternate", "DONORS-2", "state")
	call := s.openCall()
	p := s.noted(call, "QZ", "ILO 400000.00")
	s.ask("donors-2", "POST", "/standing-interests", fmt.Sprintf(`{"kind":"personal","note":"A brother.","about":%q}`, s.orgs["ILO"]), "201")
	s.ask("donors-2", "GET", "/proposals/"+p, "", "404 not-found")
	s.ask("deputy", "GET", "/proposals/"+p, "", "200")
	if a, b := s.ask("donors-2", "GET", "/proposals/counts", "", "200").at("total"), s.ask("deputy", "GET", "/proposals/counts", "", "200").at("total"); a+b != "01" {
		t.Errorf("they count %s and %s", a, b)
	}
	s.ask("deputy", "POST", "/proposals/"+p+"/scores", points(3), "201")
	q := s.listed(meeting, policyVote)
	s.ask("donors-2", "POST", q+"/interests", `{"kind":"personal","note":"My brother."}`, "201")
	s.ask("donors-2", "POST", q+"/interests", `{"kind":"personal"}`, "409 interest-on-record")
	present := func() any {
		return s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any)["present"]
	}
	if got := s.recusedOn(q); len(got) > 0 || present() != 11.0 {
		t.Errorf("recused %v, present %v", got, present())
	}
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-2", "POST", q+"/positions", `{"position":"yes"}`, "403 recused")
	s.ask("deputy", "GET", q+"/arithmetic", "", "200")
	s.ask("donors-2", "GET", q+"/arithmetic", "", "404 not-found")
	s.leaves(meeting, "donors-2")
	s.ask("deputy", "POST", meeting+"/presences", `{}`, "201")
	if present() != 12.0 {
		t.Errorf("with the alternate %v are present", present())
	}
	for _, who := range append(members, "deputy") {
		if who != "donors-2" {
			s.ask(who, "POST", q+"/positions", `{"position":"yes"}`, "201")
		}
	}
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	if record := s.ask("sec", "GET", "/decisions/"+number, "", "200").at("record"); !strings.Contains(record, `"seats":[]`) {
		t.Errorf("the record: %s", record)
	}
	s.verified(number)

	both := s.listed(meeting, strings.Replace(policyVote, "A paper", "Another", 1))
	for _, who := range []string{"donors-2", "deputy"} {
		s.ask(who, "POST", both+"/interests", `{"kind":"personal","note":"A cousin."}`, "201")
	}
	if got := strings.Join(s.recusedOn(both), " "); got != "donors-2" {
		t.Errorf("recused: %q", got)
	}
}
