package api

import (
	"strings"
	"testing"
	"time"

	"startupfund/domain/replay"
)

const adReferendum = `{"position": "ad-referendum", "reason": "The ministry has to see it."}`

// under has a body whose rules say otherwise, from 10 March 2026 on.
func (s *story) under(meeting string, rules ...string) {
	s.t.Helper()
	_, id, _ := s.drafted(redrafting("2026-03-10", rules...))
	q := s.listed(meeting, amendOf(id))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	s.days(15)
}

// As shipped, what is announced stands: its record says who joined subject to a capital,
// and what the capital says comes after it.
func TestAdReferendumWithoutWaiting(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("adviser", "member/adviser", "DONORS-1", "state")
	q := s.listed(meeting, policyQuestion)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", adReferendum, "201")
	s.ask("donors-2", "POST", q+"/positions", adReferendum, "201")
	s.ask("donors-2", "POST", q+"/positions", `{"position": "agree"}`, "201") // it heard from its capital before
	s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": true}`, "409 no-referendum")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	record := s.ask("chair", "GET", "/decisions/"+number, "", "200").at("record")
	for _, part := range []string{`"format":5`, `"unconfirmed":1`, `"referendum":{"ends_at":"2026-`, `"waits":false`, `"joins":12`} {
		if !strings.Contains(record, part) {
			t.Errorf("the record has no %s: %s", part, record)
		}
	}
	if strings.Contains(record, "confirmations") {
		t.Error("the record tells of answers that come after it")
	}
	s.recounted(record, "adopted")
	if r := s.replayed(strings.Replace(record, `"unconfirmed":1`, `"unconfirmed":2`, 1)); r.Holds() {
		t.Error("another number of capitals passes")
	}

	// The seat is told by its task; it answers once, and nobody else does.
	if got := s.tasksOf("donors-1"); !strings.Contains(got, "position.confirm") {
		t.Errorf("the seat's tasks are %s", got)
	}
	if got := s.tasksOf("donors-2") + s.tasksOf("chair"); strings.Contains(got, q[len("/questions/"):]) {
		t.Errorf("others' tasks are %s", got)
	}
	s.ask("donors-2", "POST", q+"/confirmations", `{"confirmed": true}`, "409 no-referendum")
	s.ask("adviser", "POST", q+"/confirmations", `{"confirmed": true}`, "403 adviser-does-not-decide")
	s.ask("sec", "POST", q+"/confirmations", `{"confirmed": true}`, "403 not-permitted")
	s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": true}`, "428 idempotency-key-required", key(""))
	s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": false, "reason": " "}`, "422 required")
	r := s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": false, "reason": "The ministry has doubts."}`, "201", key("c"))
	s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": false, "reason": "The ministry has doubts."}`, "201", key("c"))
	s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": true}`, "409 referendum-answered")
	if r.at("state") != "adopted" || strings.Contains(s.tasksOf("donors-1"), "position.confirm") {
		t.Errorf("%s", r.raw)
	}

	// It stands beside the decision, whose record is as it was; who reads no positions reads none.
	after := s.ask("donors-2", "GET", "/decisions/"+number, "", "200")
	seat := after.JSON()["referendum"].(map[string]any)["seats"].([]any)[0].(map[string]any)
	if after.at("record") != record || seat["stands"] != "not-confirmed" || seat["reason"] != "The ministry has doubts." {
		t.Errorf("%s", after.raw)
	}
	if public := s.ask("", "GET", "/decisions/"+number, "", "200"); strings.Contains(string(public.raw), "doubts") || strings.Contains(string(public.raw), "seats") ||
		public.at("referendum", "silence") != "confirms" || !strings.Contains(public.at("record"), `"referendum"`) {
		t.Errorf("the public reads %s", public.raw)
	}
	for _, who := range []string{"chair", "sec"} {
		if got := string(s.ask(who, "GET", "/notices", "", "200").raw); !strings.Contains(got, "position-not-confirmed") {
			t.Errorf("%s was not told: %s", who, got)
		}
	}
}

const policyQuestion = `{"kind": "policy", "procedure": "consensus", "title": "A paper", "text": "The body endorses it.", "language": "en"}`

func (s *story) tasksOf(who string) string {
	s.t.Helper()
	return string(s.ask(who, "GET", "/tasks", "", "200").raw)
}

// recounted fails where the file of a record does not hold under rules that are not as shipped.
func (s *story) recounted(record, outcome string, changed ...string) replay.Report {
	s.t.Helper()
	r := s.replayed(record, changed...)
	if !r.Holds() || r.Outcome != outcome {
		s.t.Errorf("replayed: %+v", r)
	}
	return r
}

// Where the outcome waits, it has no number and takes no money until the capitals have
// spoken; meanwhile nothing else is asked about its proposal, and its meeting may end.
func TestAdReferendumWaits(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	p := s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00")
	s.under(meeting, "/body/consensus/referendum/waits", "true", "/body/consensus/referendum/days", "3")
	q := s.listed(meeting, grantOf(p, ""))
	s.ask("chair", "POST", q+"/opening", "", "200")
	for _, who := range []string{"donors-1", "donors-2"} {
		s.ask(who, "POST", q+"/positions", adReferendum, "201")
	}
	r := s.ask("chair", "POST", q+"/decision", `{}`, "200")
	if r.at("state") != "unconfirmed" || r.JSON()["number"] != nil {
		t.Fatalf("announced as %s", r.raw)
	}
	s.ask("donors-3", "POST", q+"/positions", objects, "409 question-stage")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 referendum-runs")
	s.ask("chair", "POST", q+"/ladder", `{"text": "x"}`, "409 no-standing-objection")
	s.ask("sec", "POST", meeting+"/questions", grantOf(p, ""), "409 awaits-capitals")
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	if got := string(s.ask("donors-3", "GET", "/notices", "", "200").raw); !strings.Contains(got, "referendum-open") {
		t.Errorf("the body was not told: %s", got)
	}
	s.ask("donors-1", "POST", q+"/confirmations", `{"confirmed": true, "reason": "With pleasure."}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 referendum-runs")
	if seen := s.ask("recipients-1", "GET", q, "", "200"); seen.at("hidden") != "own-state" || strings.Contains(string(seen.raw), "pleasure") {
		t.Errorf("who is recused reads %s", seen.raw)
	}

	// The last second is in time, the next is not: silence confirms.
	ends := s.ask("chair", "GET", q, "", "200").at("referendum", "ends_at")
	s.clockAt(ends, -time.Second)
	must(t, s.Store.RemindReferenda(t.Context()))
	must(t, s.Store.RemindReferenda(t.Context()))
	if got := string(s.ask("donors-2", "GET", "/notices", "", "200").raw); strings.Count(got, "referendum-ending") != 1 {
		t.Errorf("told of the end: %s", got)
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "409 referendum-runs")
	s.clockAt(ends, 0)
	must(t, s.Store.RemindReferenda(t.Context()))
	if got := string(s.ask("sec", "GET", "/notices", "", "200").raw); strings.Count(got, "referendum-over") != 1 {
		t.Errorf("told that it is over: %s", got)
	}
	s.ask("donors-2", "POST", q+"/confirmations", `{"confirmed": true}`, "409 referendum-over")
	if got := s.tasksOf("chair"); !strings.Contains(got, "decision.announce") {
		t.Errorf("the Chair's tasks are %s", got)
	}
	made := s.ask("chair", "POST", q+"/decision", `{}`, "201")
	if made.at("number") != "2026-002" || made.at("programme") != "JP-2026-001" {
		t.Errorf("concluded as %s", made.raw)
	}
	record := s.ask("chair", "GET", "/decisions/2026-002", "", "200").at("record")
	rules := []string{"/body/consensus/referendum/waits", "true", "/body/consensus/referendum/days", "3"}
	s.recounted(record, "adopted", rules...)
	for _, lie := range [][2]string{{`"confirmed":true`, `"confirmed":false`}, {`"concluded_at":"` + ends[:19], `"concluded_at":"2026-03-01T00:00:00`}, {`"waits":true`, `"waits":false`}} {
		if r := s.replayed(strings.Replace(record, lie[0], lie[1], 1), rules...); r.Holds() || !strings.Contains(record, lie[0]) {
			t.Errorf("%s passes for %s in %s", lie[1], lie[0], record)
		}
	}
}

// A capital that does not confirm takes the consensus away: the ladder follows.
func TestACapitalRefuses(t *testing.T) {
	s, meeting := bodyOf13(t)
	p := s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00")
	s.under(meeting, "/body/consensus/referendum/waits", "true", "/body/consensus/referendum/silence", `"refuses"`)
	asked := map[string]string{}
	for _, end := range []string{"refused", "silent", "left"} {
		body := policyQuestion
		if end == "left" {
			body = grantOf(p, "")
		}
		q := s.listed(meeting, body)
		s.ask("chair", "POST", q+"/opening", "", "200")
		s.ask("donors-1", "POST", q+"/positions", adReferendum, "201")
		s.ask("chair", "POST", q+"/decision", `{}`, "200")
		asked[end] = q
	}
	s.ask("donors-1", "POST", asked["refused"]+"/confirmations", `{"confirmed": false, "reason": "No mandate."}`, "201")
	s.ask("chair", "POST", asked["refused"]+"/decision", `{}`, "409 referendum-refused")
	if may := s.ask("chair", "GET", asked["refused"], "", "200").at("may"); !strings.Contains(may, "question.unresolve") || strings.Contains(may, "decision.announce") {
		t.Errorf("the Chair may %s", may)
	}
	s.ask("donors-2", "POST", asked["refused"]+"/ladder", `{"text": "x"}`, "403 not-presiding")
	if r := s.ask("chair", "POST", asked["refused"]+"/ladder", `{"text": "The Principals meet."}`, "200"); r.at("state") != "unresolved" {
		t.Errorf("%s", r.raw)
	}
	s.days(40)
	s.ask("chair", "POST", asked["silent"]+"/decision", `{}`, "409 referendum-refused")

	// The applicant may leave meanwhile: what waits is at its end.
	s.ask("applicant-recipients-1", "POST", "/proposals/"+p+"/withdrawal", "", "200")
	if r := s.ask("sec", "GET", asked["left"], "", "200"); r.at("state") != "withdrawn" {
		t.Errorf("%s", r.raw)
	}
	s.ask("donors-1", "POST", asked["left"]+"/confirmations", `{"confirmed": true}`, "409 question-stage")
}
