package api

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// Those who attend without a seat are written down as they come and go, in capacities
// that the rules know; they are in the record of what was decided while they were there,
// and no count knows of them.
func TestWhoAttendsWithoutASeatIsRecordedAndNotCounted(t *testing.T) {
	s, meeting := bodyOf13(t)
	attends := func(as, org, name string) string {
		return fmt.Sprintf(`{"as":%q,"organisation":%q,"name":%q}`, as, s.orgs[org], name)
	}
	s.ask("donors-1", "POST", meeting+"/attendances", attends("observer", "FMU", "Ola"), "403 not-permitted")
	s.ask("sec", "POST", meeting+"/attendances", attends("member", "FMU", "Ola"), "422 unknown-value")
	s.ask("sec", "POST", meeting+"/attendances", attends("observer", "FMU", "  "), "422 required")
	s.ask("sec", "POST", meeting+"/attendances", `{"as":"observer","organisation":"00000000-0000-0000-0000-000000000001","name":"Ola"}`, "422 unknown-value")
	early := s.ask("sec", "POST", meeting+"/attendances", attends("observer", "FMU", "Early Ola"), "201")
	s.ask("sec", "POST", meeting+"/attendances", attends("observer", "FMU", "Early Ola"), "409 attends-already")
	s.Clock.Add(time.Minute)
	s.ask("sec", "POST", "/attendances/"+early.at("id")+"/leaving", "", "204")
	s.ask("sec", "POST", "/attendances/"+early.at("id")+"/leaving", "", "409 not-present")
	s.ask("sec", "POST", "/attendances/"+s.ids["sec"].String()+"/leaving", "", "404 not-found")

	agent := s.ask("sec", "POST", meeting+"/attendances", attends("agent", "OAI", "Agnes of the agent"), "201")
	q := s.listed(meeting, policyVote)
	s.Clock.Add(time.Minute)
	s.ask("chair", "POST", q+"/opening", "", "200")
	before := s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()["quorum"]
	s.ask("sec", "POST", meeting+"/attendances", attends("secretariat", "IOM", "Sol of the secretariat"), "201")
	if after := s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()["quorum"]; fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("who attends without a seat is counted: %v, then %v", before, after)
	}
	for _, who := range s.members() {
		s.ask(who, "POST", q+"/positions", `{"position":"yes"}`, "201")
	}
	s.Clock.Add(time.Minute)
	s.ask("sec", "POST", "/attendances/"+agent.at("id")+"/leaving", "", "204")
	s.Clock.Add(time.Minute)
	number := s.ask("chair", "POST", q+"/decision", "{}", "201").at("number")
	s.Clock.Add(time.Minute)
	s.ask("sec", "POST", meeting+"/attendances", attends("observer", "FMU", "Late Ola"), "201")

	type was struct {
		As     string `json:"as"`
		Name   string `json:"name"`
		LeftAt string `json:"left_at"`
	}
	var kept struct {
		Format      int   `json:"format"`
		Attendances []was `json:"attendances"`
	}
	record := s.ask("donors-1", "GET", "/decisions/"+number, "", "200").at("record")
	must(t, json.Unmarshal([]byte(record), &kept))
	if len(kept.Attendances) != 2 || kept.Attendances[0].Name != "Agnes of the agent" || kept.Attendances[0].LeftAt == "" || kept.Attendances[1].As != "secretariat" || kept.Attendances[1].LeftAt != "" {
		t.Errorf("the record of format %d has %+v", kept.Format, kept.Attendances)
	}
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	all := s.ask("donors-1", "GET", meeting, "", "200").JSON()["attending"].([]any)
	if len(all) != 4 {
		t.Fatalf("%d attended", len(all))
	}
	for _, x := range all {
		if x.(map[string]any)["left_at"] == nil {
			t.Errorf("%v is still at a meeting that is over", x)
		}
	}
	s.ask("sec", "POST", meeting+"/attendances", attends("observer", "FMU", "Ola"), "409 meeting-stage")
}
