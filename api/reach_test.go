package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// sweep asks, as everybody, for every act on a meeting and a question that `may`
// does not show, and wants each refused.
func (s *story) sweep(stage, meeting, question string) {
	s.t.Helper()
	acts := []struct{ act, of, path, body string }{
		{"meeting.open", meeting, "/opening", ""},
		{"meeting.close", meeting, "/closing", ""},
		{"meeting.designate", meeting, "/presiding", fmt.Sprintf(`{"person": "%s"}`, s.ids["donors-1"])},
		{"presence.join", meeting, "/presences", `{}`},
		{"question.list", meeting, "/questions", policyVote},
		{"interest.declare", question, "/interests", `{"kind": "other"}`},
		{"question.open", question, "/opening", ""},
		{"question.withdraw", question, "/withdrawal", `{"reason":"It is not ripe."}`},
		{"position.take", question, "/positions", `{"position": "yes"}`},
		{"decision.announce", question, "/decision", `{}`},
	}
	for who := range s.people {
		may := map[string]string{}
		for _, of := range []string{meeting, question} {
			if r := s.send(who, "GET", of, ""); r.status == 200 {
				may[of] = fmt.Sprint(r.JSON()["may"])
			}
		}
		for _, x := range acts {
			if strings.Contains(may[x.of], x.act) {
				continue
			}
			if r := s.send(who, "POST", x.of+x.path, x.body); r.status < 400 {
				s.t.Errorf("%s: %s did %s, which was not offered: %s", stage, who, x.act, r.raw)
			}
		}
	}
}

func (s *story) offered(who, path, act string) bool {
	s.t.Helper()
	return strings.Contains(fmt.Sprint(s.ask(who, "GET", path, "", "200").JSON()["may"]), act)
}

func TestWhatIsOfferedIsTaken(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("deputy", "member/alternate", "DONORS-1", "state")
	s.person("adviser", "member/adviser", "DONORS-1", "state")
	s.person("stranger", "member", "QXX", "state")
	s.person("rival", "coordinator", "UNDP", "un") // was chair once
	planned := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Third", "starts_at": "2026-06-02T09:00:00Z"}`, "201").at("id")
	q := s.listed(meeting, policyVote)
	s.sweep("listed", meeting, q)
	s.sweep("planned", planned, q)
	s.ask("rival", "POST", planned+"/opening", "", "403 no-seat")
	s.ask("adviser", "POST", q+"/interests", `{"kind": "personal"}`, "403 adviser-does-not-decide")
	s.ask("stranger", "POST", q+"/interests", `{"kind": "personal"}`, "403 no-seat")

	for _, x := range []struct {
		who, path, act string
		want           bool
	}{
		{"adviser", meeting, "presence.join", false},
		{"deputy", meeting, "presence.join", false},
		{"donors-1", meeting, "presence.join", false},
		{"donors-1", meeting, "presence.leave", true},
		{"sec", meeting, "presence.join", true},
		{"chair", meeting, "meeting.close", true},
		{"chair", planned, "meeting.open", true},
		{"rival", planned, "meeting.open", false},
		{"donors-1", q, "interest.declare", true},
		{"adviser", q, "interest.declare", false},
		{"chair", q, "question.open", true},
	} {
		if got := s.offered(x.who, x.path, x.act); got != x.want {
			t.Errorf("%s is offered %s: %v", x.who, x.act, got)
		}
	}
	s.ask("donors-1", "POST", q+"/interests", `{"kind": "programme-donor"}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.sweep("open", meeting, q)
	s.ask("chair", "POST", q+"/decision", `{}`, "409 nobody-joins") // a vote does not fall by silence
	for who, want := range map[string]bool{"donors-1": true, "sec": true, "deputy": false, "adviser": false, "chair": false} {
		if got := s.offered(who, q, "position.take"); got != want {
			t.Errorf("%s is offered a position: %v", who, got)
		}
	}
	if s.offered("chair", meeting, "meeting.close") || s.offered("donors-1", q, "interest.declare") {
		t.Error("with a question under way, the meeting could close, or the roll change")
	}
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "201")
	s.callsTheRest("chair", q)
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	s.sweep("adopted", meeting, q)
}

// Whose accreditation ends while the meeting goes on counts no more, and leaves
// the seat to a successor.
func TestAnAccreditationEndsInTheMeeting(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("successor", "member", "DONORS-1", "state")
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	present := func() any {
		return s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any)["present"]
	}
	if n := present(); n != 12.0 {
		t.Fatalf("%v present", n)
	}
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2026-03-02)' WHERE person = ?`, s.ids["donors-1"]).Error)
	if n := present(); n != 11.0 {
		t.Errorf("%v present without the one whose term ended yesterday", n)
	}
	s.ask("sec", "POST", q+"/positions", fmt.Sprintf(`{"position": "yes", "seat": "%s"}`, s.ids["seat donors-1"]), "409 not-present")
	s.ask("successor", "POST", meeting+"/presences", `{}`, "201")
	if n := present(); n != 12.0 {
		t.Errorf("%v present with the successor", n)
	}
	s.ask("successor", "POST", q+"/positions", `{"position": "yes"}`, "201")
}

// A declared interest that recuses takes the proposal's scores out of sight and
// reach too, and so it does to the Chair, who cannot take the item away either.
func TestADeclaredInterestHidesScoresToo(t *testing.T) {
	s, meeting := bodyOf13(t)
	p := s.noted(s.openCall(), "QZ")
	q := s.listed(meeting, grantOf(p, ""))
	s.ask("donors-2", "GET", "/proposals/"+p+"/scores", "", "200")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal", "note": "A brother."}`, "201")
	for _, path := range []string{"/proposals/" + p + "/scores", q + "/arithmetic"} {
		s.ask("donors-2", "GET", path, "", "404 not-found")
	}
	s.ask("donors-2", "POST", "/proposals/"+p+"/scores", `{"version": 1, "points": {}, "comment": ""}`, "404 not-found")
	s.ask("donors-2", "GET", "/proposals/"+p, "", "404 not-found")
	if r := s.ask("donors-2", "GET", "/assessments", "", "200"); string(r.raw) != "[]" {
		t.Errorf("the recused assess what they do not see: %s", r.raw)
	}
	if r := s.ask("donors-2", "GET", q, "", "200"); r.at("hidden") != "personal" || r.at("title") != "" {
		t.Errorf("the recused is not told why, or is told of what: %s", r.raw)
	}
	s.ask("donors-3", "GET", "/proposals/"+p+"/scores", "", "200")

	s.ask("chair", "POST", q+"/interests", `{"kind": "personal"}`, "201")
	s.ask("chair", "GET", "/proposals/"+p+"/scores", "", "404 not-found")
	s.ask("chair", "GET", q+"/arithmetic", "", "404 not-found")
	r := s.ask("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "403 recused")
	if strings.Contains(string(r.raw), "approves") {
		t.Errorf("the refusal tells the text: %s", r.raw)
	}
	s.ask("chair", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("sec", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
}

// A key is one hat's: under another the answer of then is not told.
func TestAKeyIsOneHats(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "201", key("k"))
	second := uuid.New()
	must(t, s.DB.Exec(`INSERT INTO memberships (id, person, organisation, role, capacity, term, created_at) VALUES (?, ?, ?, 'coordinator', '', '[2020-01-01,)', now())`,
		second, s.ids["donors-1"], s.orgs["DONORS-1"]).Error)
	s.ask("donors-1", "PUT", "/session/hat", fmt.Sprintf(`{"membership": "%s"}`, second), "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "yes"}`, "422 idempotency-key-reused", key("k"))
}

// Every member is recused: nothing is put, or nothing comes of it.
func TestEverybodyIsRecused(t *testing.T) {
	s, meeting := bodyOf13(t)
	q := s.listed(meeting, policyVote)
	for _, who := range s.members() {
		s.ask(who, "POST", q+"/interests", `{"kind": "personal"}`, "201")
	}
	a := s.ask("sec", "GET", q+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any)
	r := s.send("chair", "POST", q+"/opening", "")
	if r.status == 200 {
		s.ask("chair", "POST", q+"/decision", `{}`, "409 nobody-joins")
		s.ask("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	} else if !slices.Contains([]string{"quorum-not-met"}, r.at("code")) {
		t.Errorf("quorum %v: %s", a, r.raw)
	}
}
