package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"startupfund/domain/charter"
	"startupfund/store/storetest"
)

// What stories about proposals begin with: a call that is open for thirty days,
// the secretariat, and concept notes that lack nothing.

// openCall makes the secretariat ("sec") where there is none, and a call for all
// five areas that opens now. It gives the call's path. The call is of before entries of
// one stage were documents (see onNotes): most stories care for neither form.
func (s *story) openCall() string {
	s.t.Helper()
	if _, ok := s.people["sec"]; !ok {
		s.person("sec", "secretariat", "IOM-FMU", "un")
	}
	now := s.Clock.Now()
	r := s.ask("sec", "POST", "/calls", fmt.Sprintf(`{"title":"First call","text":"Joint programmes for migrants.",
		"opens_at":%q,"closes_at":%q,"areas":["area-1","area-2","area-3","area-4","area-5"]}`,
		now.Format(time.RFC3339), now.AddDate(0, 0, 30).Format(time.RFC3339)), "201")
	return s.announced(s.onNotes(r))
}

// onNotes makes the draft of a call one of those that were announced while a call of one
// stage was decided on the concept note: they keep their form.
func (s *story) onNotes(draft reply) reply {
	s.t.Helper()
	must(s.t, s.DB.Exec(`UPDATE calls SET concept_form = 1 WHERE id = ?`, draft.at("id")).Error)
	return draft
}

// announced announces the draft that was made, and gives the call's path.
func (s *story) announced(draft reply) string {
	s.t.Helper()
	path := "/calls/" + draft.at("id")
	s.ask("sec", "POST", path+"/announcement", "", "200", ifMatch(draft.tag()))
	return path
}

// note is what a concept note says: complete, for area 2, of two organisations.
func (s *story) note(state string, shares ...string) map[string]any {
	s.t.Helper()
	if len(shares) == 0 {
		shares = []string{"IOM 600000.00", "ILO 400000.00"}
	}
	markers := map[string]any{}
	for _, m := range charter.MustDefault().Proposals.Markers {
		markers[m.Key] = map[string]string{"code": m.Steps[2].Code, "reason": "The analysis shapes what is done."}
	}
	var asked []map[string]any
	for _, sh := range shares {
		var org, amount string
		fmt.Sscan(sh, &org, &amount)
		asked = append(asked, map[string]any{"organisation": s.org(org, "un"), "amount": map[string]string{"amount": amount, "currency": "USD"}})
	}
	return map[string]any{"title": "Safe recruitment in " + state, "summary": "Workers are recruited fairly.", "language": "en",
		"state": s.org(state, "state"), "area": "area-2", "objectives": []int{2, 7}, "markers": markers, "shares": asked}
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// submitted takes a concept note of a state from draft to receipt, by people of
// its own: of "QM" the applicant is called "applicant-qm", the focal point
// "focal-qm". It gives the proposal's path.
func (s *story) submitted(call, state string, shares ...string) string {
	s.t.Helper()
	applicant, focal := "applicant-"+strings.ToLower(state), "focal-"+strings.ToLower(state)
	note := s.note(state, shares...)
	if _, ok := s.people[applicant]; !ok {
		s.person(applicant, "applicant", "PMU-"+state, "un")
		s.person(focal, "focal-point", state, "state")
	}
	r := s.ask(applicant, "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + r.at("id")
	s.ask(focal, "POST", path+"/endorsement", `{"note":"NV 12/2026"}`, "200", ifMatch(r.tag()))
	s.ask(applicant, "POST", path+"/submission", "", "201")
	return path
}

// eligible is submitted, and screened as eligible.
func (s *story) eligible(call, state string, shares ...string) string {
	s.t.Helper()
	path := s.submitted(call, state, shares...)
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	return path
}

// seat gives an organisation a seat since 2020, or from one day to another:
// seat("XD", "donors", "[2020-01-01,2026-03-02)").
func (s *story) seat(org, constituency string, term ...string) {
	s.t.Helper()
	held := "[2020-01-01,)"
	if len(term) > 0 {
		held = term[0]
	}
	must(s.t, s.DB.Exec(`WITH s AS (INSERT INTO seats (id, constituency, name) VALUES (gen_random_uuid(), ?, ?) RETURNING id)
		INSERT INTO seat_terms (id, seat, organisation, term) SELECT gen_random_uuid(), id, ?, ?::daterange FROM s`,
		constituency, constituency+" "+org, s.orgs[org], held).Error)
}

// points gives every criterion of the shipped sheet the same, about the version that
// was read: the first, unless it is said.
func points(n int, read ...int) string {
	p := map[string]any{}
	for _, c := range charter.MustDefault().Scoring.Criteria {
		p[c.Key] = map[string]int{"points": n}
	}
	return text(map[string]any{"version": append(read, 1)[0], "points": p, "comment": "Sound."})
}

var start = storetest.Start
