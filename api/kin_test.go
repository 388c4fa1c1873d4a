package api

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"startupfund/domain"
)

// merges makes one organisation another name of another.
func (s *story) merges(one, into string) {
	s.t.Helper()
	s.ask("admin", "POST", fmt.Sprintf("/organisations/%s/merging", s.orgs[one]), fmt.Sprintf(`{"into":%q,"reason":"They are one."}`, s.orgs[into]), "200")
}

func (s *story) parts(one string) {
	s.t.Helper()
	s.ask("admin", "POST", fmt.Sprintf("/organisations/%s/unmerging", s.orgs[one]), `{"reason":"They are two."}`, "200")
}

// recusedOn are the seats that the arithmetic of an item counts as recused, as sec reads it.
func (s *story) recusedOn(question string) (list []string) {
	s.t.Helper()
	for _, x := range s.ask("sec", "GET", question+"/arithmetic", "", "200").JSON()["seats"].([]any) {
		if seat := x.(map[string]any); seat["recused"] == true {
			list = append(list, fmt.Sprint(seat["name"]))
		}
	}
	return list
}

// verified counts a decision again by its file, under the shipped rules.
func (s *story) verified(number string) {
	s.t.Helper()
	f, err := s.Store.Decision(context.Background(), domain.Actor{}, number)
	must(s.t, err)
	for _, step := range s.replayed(string(f.Record)).Steps {
		if !step.Holds() {
			s.t.Errorf("%s: %s: %+v", number, step.Rule, step)
		}
	}
}

// A party that is merged into an organisation on the body, or the other way round, is that
// organisation's own by now: it neither sees, scores nor decides. The merge undone, it does
// again. So it is through more merges than one.
func TestAMergeTakesNoRecusalAway(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	p := s.noted(s.openCall(), "QZ", "ILO 600000.00", "UNICEF 400000.00")
	s.org("BRIDGE", "un")
	sees := func(who, want string) {
		t.Helper()
		s.ask(who, "GET", "/proposals/"+p, "", want)
		in, listed := s.ask(who, "GET", "/proposals/counts", "", "200").at("total"), s.ask(who, "GET", "/assessments", "", "200").raw
		if (in == "1") != (want == "200") || strings.Contains(string(listed), p) != (want == "200") {
			t.Errorf("%s counts %s and has before it %s", who, in, listed)
		}
	}
	sees("network-1", "200")
	sees("network-3", "200")
	s.merges("PMU-QZ", "BRIDGE") // the applicant, by two steps into one that sits
	s.merges("BRIDGE", "NETWORK-1")
	sees("network-1", "404 not-found")
	sees("network-3", "200")
	s.ask("network-1", "POST", "/proposals/"+p+"/scores", points(3), "404 not-found")
	q := s.listed(meeting, grantOf(p, ""))
	if got := strings.Join(s.recusedOn(q), " "); got != "network-1" {
		t.Errorf("recused: %q", got)
	}
	s.ask("network-1", "GET", q+"/arithmetic", "", "404 not-found")
	s.merges("NETWORK-3", "ILO") // one that sits, into a partner
	if got := strings.Join(s.recusedOn(q), " "); got != "network-1 network-3" {
		t.Errorf("recused: %q", got)
	}
	s.parts("BRIDGE") // and two again, before the question is put
	sees("network-1", "200")
	if got := strings.Join(s.recusedOn(q), " "); got != "network-3" {
		t.Errorf("recused after the merge was undone: %q", got)
	}
	s.merges("BRIDGE", "NETWORK-1")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("network-1", "POST", q+"/positions", `{"position": "agree"}`, "403 recused")
	s.ask("network-3", "POST", q+"/positions", `{"position": "agree"}`, "403 recused")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	if record := s.ask("sec", "GET", "/decisions/"+number, "", "200").at("record"); strings.Count(record, `"recused":true`) != 2 {
		t.Errorf("the record: %s", record)
	}
	s.verified(number)
}

// What two organisations have declared, once or for an item, is of both when they are one.
func TestAMergedOrganisationsWordIsBoths(t *testing.T) {
	s, meeting := bodyOf13(t)
	call := s.openCall()
	p := s.noted(call, "QZ", "ILO 600000.00", "UNICEF 400000.00")
	other := s.noted(call, "QY", "UNHCR 400000.00")
	s.org("ILO-OLD", "un")
	r := s.ask("network-1", "POST", "/standing-interests", fmt.Sprintf(`{"kind":"own-organisation","note":"We run it.","about":%q}`, s.orgs["ILO-OLD"]), "201")
	s.ask("network-1", "GET", "/proposals/"+p, "", "200")
	s.merges("ILO-OLD", "ILO") // what it is about
	s.ask("network-1", "GET", "/proposals/"+p, "", "404 not-found")
	s.ask("network-1", "GET", "/proposals/"+other, "", "200")
	s.ask("network-3", "GET", "/proposals/"+p, "", "200")
	s.merges("NETWORK-1", "NETWORK-3") // whose it is
	s.ask("network-3", "GET", "/proposals/"+p, "", "404 not-found")
	if n := s.ask("network-3", "GET", "/proposals/counts", "", "200").at("total"); n != "1" {
		t.Errorf("%s are counted", n)
	}
	q := s.listed(meeting, grantOf(p, ""))
	if got := strings.Join(s.recusedOn(q), " "); got != "network-1 network-3" {
		t.Errorf("recused: %q", got)
	}
	free := s.listed(meeting, grantOf(other, ""))
	s.ask("network-1", "POST", free+"/interests", `{"kind":"own-organisation","note":"Ours by now."}`, "201")
	if got := strings.Join(s.recusedOn(free), " "); got != "network-1 network-3" {
		t.Errorf("recused by the other's word: %q", got)
	}
	s.ask("network-3", "GET", free+"/arithmetic", "", "404 not-found")
	s.parts("NETWORK-1")
	s.ask("network-3", "GET", free+"/arithmetic", "", "200")
	s.merges("NETWORK-1", "NETWORK-3")
	s.ask("network-3", "POST", "/standing-interests/"+r.at("id")+"/ending", fmt.Sprintf(`{"last":%q}`, s.Clock.Now().Format("2006-01-02")), "200") // the survivor's to end
}

// Organisations are merged while a question is open: the roll stays as it was frozen, with
// what was said, and what has come to light goes on record. The seat says no more, and sees
// no more, until the merge is undone; the record's count still holds.
func TestAMergeWhileAQuestionIsOpen(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	p := s.noted(s.openCall(), "QZ", "ILO 600000.00", "UNICEF 400000.00")
	q := s.listed(meeting, grantOf(p, ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("network-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.merges("PMU-QZ", "NETWORK-1")
	s.ask("network-1", "POST", q+"/positions", `{"position": "object", "reason": "No."}`, "403 recused")
	if r := s.ask("network-1", "GET", q, "", "200"); r.at("hidden") != "own-organisation" || r.at("title") != "" {
		t.Errorf("network-1 reads %s", r.raw)
	}
	if got := strings.Join(s.interestsOf("sec", q), "; "); !strings.Contains(got, "NETWORK-1 own-organisation found") {
		t.Errorf("on record: %s", got)
	}
	if got := s.recusedOn(q); len(got) > 0 {
		t.Errorf("the frozen roll recuses %v", got)
	}
	s.parts("PMU-QZ")
	s.ask("network-1", "GET", q+"/arithmetic", "", "200")
	s.ask("network-1", "POST", q+"/positions", `{"position": "agree", "reason": "As before."}`, "201")
	s.merges("NETWORK-1", "PMU-QZ")
	s.ask("network-1", "GET", q+"/arithmetic", "", "404 not-found")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	s.verified(number)
}
