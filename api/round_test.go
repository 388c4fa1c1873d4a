package api

import (
	"fmt"
	"strings"
	"testing"
)

// After the body has spoken, assessors may score again: both scores are kept and read,
// the second counts where one was given, and nobody is led by another's second either.
func TestASecondRoundKeepsBothScores(t *testing.T) {
	s, _ := bodyOf13(t)
	call := s.openCall()
	p := s.eligible(call, "QZ")
	scores, round := p+"/scores", p+"/second-round"
	reason := `{"reason":"Spoken about at length; the budget was read wrongly."}`
	for who, want := range map[string]string{"": "401 sign-in-first", "donors-1": "403 not-permitted", "aud": "403 not-permitted"} {
		s.ask(who, "POST", round, reason, want)
	}
	s.ask("sec", "POST", round, reason, "409 nobody-scored")
	for who, n := range map[string]int{"donors-1": 2, "donors-2": 3, "donors-3": 5} {
		s.ask(who, "POST", scores, points(n), "201")
	}
	first := s.ask("sec", "GET", scores, "", "200")
	if first.at("total") != "58.3333" || first.at("may") != "[score.second-round]" || first.at("second_round") != "" && first.at("second_round") != "<nil>" {
		t.Errorf("the first round: %s", first.raw)
	}
	// 2, 3 and 5 on ten criteria, of five steps: 1 − (1 + 2 + 3) ÷ (3 × 4).
	if first.at("agreement", "of") != "50.00" || first.at("agreement", "comparisons") != "30" {
		t.Errorf("how near they are: %s", first.raw)
	}
	s.ask("sec", "POST", round, `{"reason":" "}`, "422 required")
	s.ask("sec", "POST", "/proposals/6b1b36cb-0000-4000-8000-000000000000/second-round", reason, "404 not-found")
	if r := s.ask("chair", "POST", round, reason, "200"); r.at("second_round", "reason") != "Spoken about at length; the budget was read wrongly." {
		t.Errorf("opened: %s", r.raw)
	}
	s.ask("sec", "POST", round, reason, "409 second-round-open")

	// donors-1 scores again; the others do not see it until theirs is in.
	if r := s.ask("donors-1", "POST", scores, points(4), "201"); r.at("round") != "2" || r.at("n") != "2" {
		t.Errorf("scored again: %s", r.raw)
	}
	waiting := s.ask("donors-2", "GET", scores, "", "200")
	if waiting.at("awaits") != "true" || waiting.at("total") != "58.3333" || strings.Contains(string(waiting.raw), `"round":2`) {
		t.Errorf("before her second: %s", waiting.raw)
	}
	for _, who := range []string{"donors-1", "sec", "chair"} {
		r := s.ask(who, "GET", scores, "", "200")
		// 4, 3 and 5: 75, 50, 100; donors-2 and donors-3 keep their first.
		if r.at("total") != "75.0000" || r.at("first_total") != "58.3333" || len(r.JSON()["first"].([]any)) != 1 || r.at("awaits") != "" && r.at("awaits") != "<nil>" {
			t.Errorf("%s reads %s", who, r.raw)
		}
	}
	s.ask("donors-2", "POST", scores, points(3), "201") // the same again
	if r := s.ask("donors-2", "GET", scores, "", "200"); r.at("total") != "75.0000" || len(r.JSON()["first"].([]any)) != 2 {
		t.Errorf("once hers is in: %s", r.raw)
	}
	// Both are in each other's sight: what they gave stands, for whoever speaks for the seat.
	for _, who := range []string{"donors-1", "donors-2"} {
		s.ask(who, "POST", scores, points(5), "409 second-score-stands")
		if r := s.ask(who, "GET", scores, "", "200"); strings.Contains(r.at("may"), "score.submit") {
			t.Errorf("%s is offered a third score", who)
		}
	}
	// Who has not scored at all is told of no round.
	if r := s.ask("stakeholders-1", "GET", scores, "", "200"); string(r.raw) != `{"version":1,"blind":true,"scores":[],"total":null,"assessed":null,"may":["score.submit"]}` {
		t.Errorf("without her own: %s", r.raw)
	}
	habits := s.ask("sec", "GET", call+"/scoring-habits", "", "200")
	if !strings.Contains(string(habits.raw), `"scores":1,"mean":"","lowest":"","highest":""`) {
		t.Errorf("of one score a mean is said: %s", habits.raw)
	}
}

// The sheet stands from the announcement: a charter adopted since, with other weights and
// without a second round, changes nothing for what was called for before; and what
// assessors' totals come to is the call's to say.
func TestTheSheetIsFrozenBeforeTheFirstScore(t *testing.T) {
	s, meeting := bodyOf13(t)
	now := s.Clock.Now()
	draft := func(total string) string {
		return fmt.Sprintf(`{"title":"A call","text":"Joint programmes.","opens_at":%q,"closes_at":%q,"areas":["area-1","area-2"],"score_total":%q}`,
			now.Format("2006-01-02T15:04:05Z07:00"), now.AddDate(0, 2, 0).Format("2006-01-02T15:04:05Z07:00"), total)
	}
	s.ask("sec", "POST", "/calls", draft("median"), "422 unknown-value")
	summed := s.ask("sec", "POST", "/calls", draft("sum-of-assessors"), "201")
	call := s.announced(s.onNotes(summed))
	p := s.eligible(call, "QZ")
	one := strings.Replace(points(1), `"people-centred":{"points":1}`, `"people-centred":{"points":5}`, 1)

	_, id, _ := s.drafted(redrafting("2026-03-10", "/scoring/criteria/people-centred/weight", "15", "/scoring/criteria/international-cooperation/weight", "5", "/scoring/second_round", `"none"`))
	q := s.listed(meeting, amendOf(id))
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	s.days(15)
	s.ask("donors-1", "POST", p+"/scores", one, "201")
	s.ask("donors-2", "POST", p+"/scores", one, "201")
	r := s.ask("sec", "GET", p+"/scores", "", "200")
	if r.at("total") != "20.0000" || r.at("total_by") != "sum-of-assessors" {
		t.Errorf("under the rules of its call: %s", r.raw)
	}
	s.ask("sec", "POST", p+"/second-round", `{"reason":"Under the old rules."}`, "200")
	if s.DB.Exec(`UPDATE calls SET score_total = 'mean-of-assessors' WHERE score_total IS NOT NULL`).Error == nil {
		t.Error("an announced call's total was changed")
	}

	now = s.Clock.Now()
	later := s.eligible(s.announced(s.onNotes(s.ask("sec", "POST", "/calls", draft(""), "201"))), "QY")
	s.ask("donors-1", "POST", later+"/scores", one, "201")
	if r := s.ask("sec", "GET", later+"/scores", "", "200"); r.at("total") != "15.0000" || r.at("total_by") != "mean-of-assessors" {
		t.Errorf("under the new rules: %s", r.raw)
	}
	s.ask("sec", "POST", later+"/second-round", `{"reason":"Again."}`, "409 no-second-round")
}
