package api

import (
	"fmt"
	"testing"
)

// What the body did not take up is declined on its word, and on nobody else's.
func TestAProposalIsDeclined(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "5000000.00")
	call := s.openCall()
	p, other := s.noted(call, "QZ"), s.noted(call, "QY")
	path := "/proposals/" + p
	decline := func(number string) string {
		return fmt.Sprintf(`{"decision": "%s", "reason": "Sound, and weaker than six others."}`, number)
	}
	adopt := func(body string) string {
		q := s.listed(meeting, body)
		s.ask("chair", "POST", q+"/opening", "", "200")
		s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
		return s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	}
	s.ask("applicant-qz", "POST", path+"/declining", decline(""), "403 not-permitted")
	s.ask("sec", "POST", path+"/declining", decline(""), "409 body-has-not-declined")
	s.ask("sec", "POST", path+"/declining", decline("2026-009"), "422 unknown-value")
	grant := adopt(grantOf(other, ""))
	s.ask("sec", "POST", path+"/declining", decline(grant), "422 decision-does-not-decline")
	pipeline := adopt(`{"kind": "pipeline", "procedure": "consensus", "title": "The pipeline", "text": "P-2026-001 is not taken up.", "language": "en"}`)

	q := s.listed(meeting, grantOf(p, ""))
	s.ask("sec", "POST", path+"/declining", decline(pipeline), "409 still-before-the-body")
	if s.offered("sec", path, "proposal.decline") {
		t.Error("declining is offered while the body has it before it")
	}
	s.ask("sec", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	if !s.offered("sec", path, "proposal.decline") {
		t.Error("declining is not offered")
	}
	s.ask("sec", "POST", path+"/declining", fmt.Sprintf(`{"decision": "%s", "reason": " "}`, pipeline), "422 required")
	s.ask("sec", "POST", path+"/declining", decline(pipeline), "200")
	s.ask("sec", "POST", path+"/declining", decline(pipeline), "409 wrong-stage")
	s.ask("sec", "POST", meeting+"/questions", grantOf(p, ""), "409 proposal-not-decidable")
	s.ask("applicant-qz", "POST", path+"/withdrawal", "", "409 wrong-stage")
	if r := s.ask("applicant-qz", "GET", path, "", "200"); r.at("stage") != "declined" || r.at("declining", "decision") != pipeline || r.at("declining", "reason") == "" {
		t.Errorf("the applicant reads %s", r.raw)
	}
}
