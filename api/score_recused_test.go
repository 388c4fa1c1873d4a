package api

import (
	"fmt"
	"path"
	"strings"
	"testing"
)

// An interest that is on record only once its owner has scored takes the score out of what
// the scores come to, of how many there are and how near they are, and of the seat's habits.
// It is kept and read; set aside, the interest gives it back.
func TestAScoreOfWhoIsRecusedSinceCountsForNothing(t *testing.T) {
	s, meeting := bodyOf13(t)
	call := s.openCall()
	p := s.eligible(call, "QZ")
	scores := p + "/scores"
	for who, n := range map[string]int{"donors-1": 5, "donors-2": 3, "donors-3": 2} {
		s.ask(who, "POST", scores, points(n), "201")
	}
	q := s.listed(meeting, grantOf(path.Base(p), ""))
	reads := func(when, want string) {
		t.Helper()
		for _, who := range []string{"sec", "donors-2"} {
			r := s.ask(who, "GET", scores, "", "200")
			recused, _ := r.JSON()["recused"].([]any)
			of := ""
			for _, x := range recused {
				of += fmt.Sprintf(" %v %v", x.(map[string]any)["seat"], x.(map[string]any)["total"])
			}
			got := fmt.Sprintf("%s of %d, %s compared;%s", r.at("total"), len(r.JSON()["scores"].([]any)), r.at("agreement", "comparisons"), of)
			if got != want {
				t.Errorf("%s, %s reads %s\n%s", when, who, got, r.raw)
			}
		}
		habits := string(s.ask("sec", "GET", call+"/scoring-habits", "", "200").raw)
		if strings.Contains(habits, `"seat":"donors-1"`) != (when != "recused") {
			t.Errorf("%s: %s", when, habits)
		}
	}
	reads("as given", "58.3333 of 3, 30 compared;")
	s.ask("donors-1", "POST", q+"/interests", `{"kind": "personal", "note": "A sister runs it."}`, "201")
	s.ask("donors-1", "GET", scores, "", "404 not-found")
	reads("recused", "37.5000 of 2, 10 compared; donors-1 100.0000")
	s.ask("chair", "POST", q+"/dismissals", dismissal("DONORS-1", "personal", "She left it in May."), "201")
	reads("set aside", "58.3333 of 3, 30 compared;")
}
