package api

import (
	"fmt"
	"strings"
	"testing"
)

// retracting is a draft that takes a version back.
func retracting(version int) string {
	return fmt.Sprintf(`{"title":"Not yet","language":"en","note":"The donors need another year.","effective_from":null,"takes_back":%d,"edits":[]}`, version)
}

// A version that was adopted far ahead is taken back by a decision of the body, with what
// follows from it named; then an earlier change is possible again.
func TestAVersionAdoptedAheadIsTakenBack(t *testing.T) {
	s, meeting := bodyOf13(t)
	for _, code := range []string{"WFP", "NETWORK-1"} {
		s.ask("sec", "POST", "/constituencies", fmt.Sprintf(`{"organisation": "%s", "constituency": "network", "from": "2020-01-01", "note": "letter"}`, s.org(code, "un")), "201")
	}
	_, ahead, _ := s.drafted(redrafting("2026-09-01", "/constituencies/network/seats", "4", "/terms/months", "24"))
	s.adopt(meeting, amendOf(ahead))

	s.ask("sec", "POST", "/charter/drafts", retracting(1), "409 rules-in-force-already")
	s.ask("sec", "POST", "/charter/drafts", retracting(9), "422 unknown-value")
	s.ask("donors-1", "POST", "/charter/drafts", retracting(2), "403 not-permitted")
	s.ask("sec", "POST", "/charter/drafts", strings.Replace(retracting(2), `"effective_from":null`, `"effective_from":"2026-05-01"`, 1), "422 rules-draft-takes-back")
	d, id, tag := s.drafted(retracting(2))
	s.ask("sec", "PUT", d, redrafting("null", "/terms/months", "6"), "422 rules-draft-takes-back", ifMatch(tag))
	s.ask("sec", "POST", d+"/rebasing", `{"keep":[],"take":[]}`, "409 rules-draft-current", ifMatch(tag))

	// Somebody is named for the seat that this version alone has: that goes first.
	seat := ""
	for _, x := range s.ask("", "GET", "/seats?on=2026-09-01", "", "200").List() {
		if x["name"] == "network-4" {
			seat = x["id"].(string)
		}
	}
	n := s.ask("network-1", "POST", "/seats/"+seat+"/nominations", `{"organisation": "`+s.orgs["WFP"].String()+`"}`, "201").at("id")
	r := s.ask("sec", "GET", d, "", "200")
	for _, want := range []string{`"takes_back":{"version":2,"from":"2026-09-01","instead":1,"seats":["network-4"],"given":[{"seat":"network-4","organisation":"WFP","from":"2026-09-01","alone":true}]}`,
		"rules-seat-given", `"path":"/terms/months"`} {
		if !strings.Contains(string(r.raw), want) {
			t.Errorf("what follows is not told (%s): %s", want, r.raw)
		}
	}
	s.ask("sec", "POST", meeting+"/questions", amendOf(id), "409 rules-seat-given")
	s.ask("sec", "POST", "/nominations/"+n+"/withdrawal", `{"note": "The rules are taken back"}`, "200")
	q := s.listed(meeting, amendOf(id))
	s.ask("chair", "POST", q+"/opening", "", "200")
	n = s.ask("network-1", "POST", "/seats/"+seat+"/nominations", `{"organisation": "`+s.orgs["WFP"].String()+`"}`, "201").at("id")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 rules-seat-given")
	s.ask("sec", "POST", "/nominations/"+n+"/withdrawal", `{"note": "The rules are taken back"}`, "200")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")

	r = s.ask("sec", "GET", d, "", "200")
	if r.at("state") != "adopted" || r.at("decision") != number || r.at("became") != "<nil>" {
		t.Errorf("once adopted: %s", r.raw)
	}
	versions := s.ask("", "GET", "/charter/versions", "", "200").List()
	if versions[1]["taken_back"] != number || versions[0]["taken_back"] != nil {
		t.Errorf("the versions: %v", versions)
	}
	if v := s.ask("", "GET", "/charter?on=2026-09-01", "", "200"); v.at("version") != "1" {
		t.Errorf("on its day version %s is in force", v.at("version"))
	}
	if list := s.ask("", "GET", "/seats?on=2026-09-01", "", "200"); strings.Contains(string(list.raw), "network-4") {
		t.Error("its seat is still there")
	}
	if v := s.ask("", "GET", "/charter/rules?version=2", "", "200"); !strings.Contains(string(v.raw), `"since":{"version":2`) {
		t.Error("it cannot be read any more")
	}
	record := s.ask("aud", "GET", "/decisions/"+number+"/file", "", "200")
	if want := `"amends":{"differences":[{"is":{`; !strings.Contains(string(record.raw), want) || !strings.Contains(string(record.raw), `"instead":1,"seats":["network-4"],"takes_back":2,"would_be_in_force_from":"2026-09-01"}`) {
		t.Errorf("the record: %s", record.raw)
	}
	page := string(s.page("/en/decisions/"+number, "en").raw)
	for _, want := range []string{"Took back version 2, which was to be in force from", "/en/charter/versions?from=1&amp;to=2"} {
		if !strings.Contains(page, want) {
			t.Errorf("its public page lacks %s: %s", want, page)
		}
	}
	if page := string(s.page("/en/charter/versions", "en").raw); !strings.Contains(page, "Taken back by decision "+number) {
		t.Errorf("the public versions: %s", page)
	}
	if page := string(s.page("/en/charter?version=2", "en").raw); !strings.Contains(page, "was taken back and never is in force") {
		t.Errorf("its own public page: %s", page)
	}

	// It cannot be taken back twice; a draft built on it moves; an earlier change is adopted.
	s.ask("sec", "POST", "/charter/drafts", retracting(2), "409 rules-taken-back-already")
	_, earlier, _ := s.drafted(redrafting("2026-06-01", "/terms/months", "18"))
	made := s.adopt(meeting, amendOf(earlier)).at("number")
	if v := s.ask("", "GET", "/charter?on=2026-09-01", "", "200"); v.at("version") != "3" {
		t.Errorf("in September version %s is in force, not the third", v.at("version"))
	}
	page = string(s.page("/en/decisions/"+made, "en").raw)
	for _, want := range []string{"Version 3, in force from", "/en/charter/versions?from=1&amp;to=3"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the decision that made a version lacks %s: %s", want, page)
		}
	}
}

// What was built on a version goes before it, and a draft that starts from one that was
// taken back moves to what rules then.
func TestOnlyTheLastVersionIsTakenBack(t *testing.T) {
	s, meeting := bodyOf13(t)
	_, first, _ := s.drafted(redrafting("2026-09-01", "/terms/months", "24"))
	s.adopt(meeting, amendOf(first))
	_, second, _ := s.drafted(redrafting("2026-10-01", "/terms/cooling_off", "6"))
	s.adopt(meeting, amendOf(second))
	s.ask("sec", "POST", "/charter/drafts", retracting(2), "409 rules-followed")
	d, _, _ := s.drafted(redrafting("2026-11-01", "/body/record_days", "5"))
	_, back, _ := s.drafted(retracting(3))
	s.adopt(meeting, amendOf(back))
	if r := s.ask("sec", "GET", d, "", "200"); !strings.Contains(string(r.raw), "rules-draft-superseded") || !strings.Contains(string(r.raw), `"rebasing":{"to":2`) {
		t.Errorf("a draft of rules that are gone: %s", r.raw)
	}
	_, again, _ := s.drafted(retracting(2))
	s.adopt(meeting, amendOf(again))
	if r := s.ask("sec", "GET", d, "", "200"); !strings.Contains(string(r.raw), `"rebasing":{"to":1`) {
		t.Errorf("a draft of rules that are gone: %s", r.raw)
	}
}
