package api

import (
	"fmt"
	"strings"
	"testing"
)

// unsettled are the words for what becomes of items: to another meeting or, where that is "", off.
func unsettled(reason string, items ...[2]string) string {
	list := []map[string]string{}
	for _, x := range items {
		u := map[string]string{"question": strings.TrimPrefix(x[0], "/questions/")}
		if to, carried := strings.CutPrefix(x[1], "/meetings/"); carried {
			u["to"] = to
		} else {
			u["reason"] = x[1]
		}
		list = append(list, u)
	}
	in := map[string]any{"items": list}
	if reason != "" {
		in["reason"] = reason
	}
	return text(in)
}

func (s *story) planned(title, day string) string {
	s.t.Helper()
	return "/meetings/" + s.ask("sec", "POST", "/meetings", fmt.Sprintf(`{"title": %q, "starts_at": "%sT09:00:00Z"}`, title, day), "201").at("id")
}

// What a meeting did not reach goes on at another with all that was said of it, or comes off
// for a reason: in one act with its end.
func TestAMeetingEndsAndWhatItDidNotReachGoesOn(t *testing.T) {
	s, meeting := bodyOf13(t)
	done := strings.Replace(policyVote, `"vote"`, `"consensus"`, 1)
	number := s.adopted(meeting, done)
	done = "/questions/" + fmt.Sprint(s.ask("sec", "GET", meeting, "", "200").at("agenda", "0", "id"))
	kept, left := s.listed(meeting, policyVote), s.listed(meeting, policyVote)
	kept2, left2 := s.listed(meeting, policyVote), s.listed(meeting, policyVote) // two of each: each is told of
	both := [][2]string{{kept2, ""}, {left2, "Nor is this."}}
	s.ask("donors-3", "POST", kept+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
	s.ask("donors-2", "POST", kept+"/texts", `{"text":"The body asks for less.","reason":"Too much."}`, "201")
	next := s.planned("The next one", "2026-06-02")
	close := func(who, body, want string) reply {
		t.Helper()
		return s.ask(who, "POST", meeting+"/closing", body, want)
	}

	both[0][1] = next
	if r := close("chair", "", "409 items-unsettled"); !strings.Contains(string(r.raw), "4 items") {
		t.Errorf("said is %s", r.raw)
	}
	close("chair", unsettled("", [2]string{kept, next}, both[0], both[1]), "409 items-unsettled")
	close("chair", unsettled("", [2]string{kept, next}, [2]string{left, " "}, both[0], both[1]), "422 required")
	close("chair", unsettled("", [2]string{kept, meeting}, [2]string{left, "Later."}, both[0], both[1]), "422 meeting-not-planned")
	close("chair", unsettled("", [2]string{kept, "/meetings/" + strings.TrimPrefix(done, "/questions/")}, [2]string{left, "Later."}, both[0], both[1]), "422 meeting-not-planned")
	close("chair", unsettled("", [2]string{kept, next}, [2]string{left, "Later."}, [2]string{done, next}, both[0], both[1]), "422 unknown-value")
	close("chair", unsettled("", [2]string{kept, next}, [2]string{kept, next}, [2]string{left, "Later."}, both[0], both[1]), "422 unknown-value")
	close("donors-1", unsettled("", [2]string{kept, next}, [2]string{left, "Later."}, both[0], both[1]), "403 not-in-the-chair")
	if r := close("chair", unsettled("", [2]string{kept, next}, [2]string{left, " "}, both[0], both[1]), "422 required"); r.at("field") != "/items/1/reason" {
		t.Errorf("the fault stands at %s", r.at("field"))
	}
	close("chair", unsettled("", [2]string{kept, next}, [2]string{left, "The paper is not ripe."}, both[0], both[1]), "200")
	close("chair", "", "409 meeting-stage")

	// Here it is told what became of them, there they go on.
	before := s.ask("donors-1", "GET", meeting, "", "200").JSON()
	if n := len(before["agenda"].([]any)); n != 3 {
		t.Errorf("%d items stand on the agenda that was", n)
	}
	if x := before["carried"].([]any)[0].(map[string]any); "/questions/"+fmt.Sprint(x["id"]) != kept || "/meetings/"+fmt.Sprint(x["to"]) != next || fmt.Sprint(x["item"]) != "2" {
		t.Errorf("carried over is %v", x)
	}
	after := s.ask("donors-1", "GET", next, "", "200")
	if after.at("agenda", "0", "id") != strings.TrimPrefix(kept, "/questions/") || after.at("agenda", "0", "item") != "1" || after.at("agenda", "0", "carried_from", "item") != "2" {
		t.Errorf("taken over is %s", after.raw)
	}
	for _, at := range []string{next, meeting} {
		list := "agenda"
		if at == meeting {
			list = "carried"
		}
		if got := s.ask("donors-3", "GET", at, "", "200").at(list, "0", "title"); got != "" {
			t.Errorf("a recused member reads %q", got)
		}
	}
	if r := s.ask("donors-1", "GET", left, "", "200"); r.at("state") != "withdrawn" || r.at("withdrawal", "reason") != "The paper is not ripe." {
		t.Errorf("taken off is %s", r.raw)
	}
	s.ask("donors-2", "POST", left+"/texts", `{"text":"Other.","reason":"Why not."}`, "409 question-stage")
	if r := s.ask("donors-1", "GET", kept, "", "200"); !strings.Contains(string(r.raw), "The body asks for less.") {
		t.Errorf("its proposed text is lost: %s", r.raw)
	}
	if told := string(s.ask("donors-1", "GET", "/notices", "", "200").raw); !strings.Contains(told, "The paper is not ripe.") || !strings.Contains(told, "Item M-2026-02/1 is on the agenda") {
		t.Errorf("told is %s", told)
	}
	// The minutes name both, as they stood.
	s.ask("sec", "POST", meeting+"/minutes", `{"language":"en"}`, "200")
	minutes := s.ask("sec", "GET", meeting+"/minutes", "", "200")
	if minutes.at("says", "items", "0", "decision") != number {
		t.Errorf("the minutes lack %s", number)
	}
	for n, want := range []string{"adopted", "listed", "withdrawn"} {
		if got := minutes.at("says", "items", fmt.Sprint(n), "state"); got != want {
			t.Errorf("the minutes have %s of item %d, not %s", got, n+1, want)
		}
	}

	// It is dealt with there, the interest with it.
	s.Clock.Add(s.until("2026-06-02"))
	s.ask("chair", "POST", next+"/opening", "", "200")
	for _, name := range s.members() {
		s.ask(name, "POST", next+"/presences", `{}`, "201")
	}
	s.ask("chair", "POST", kept+"/opening", "", "200")
	s.ask("donors-3", "POST", kept+"/positions", `{"position":"yes"}`, "403 recused")
	s.ask("chair", "POST", kept+"/withdrawal", `{"reason":"Enough."}`, "200")
	s.ask("chair", "POST", next+"/closing", unsettled("", [2]string{kept2, "Nobody asks for it any more."}), "200")
}

// A meeting that will not take place is called off for a reason: everybody who was told of
// it is told, and every calendar.
func TestAMeetingIsCalledOff(t *testing.T) {
	s, under := bodyOf13(t)
	s.person("preparer", "agent-preparer", "MPTFO", "un")
	m, other := s.planned("Not to be", "2026-05-05"), s.planned("To be", "2026-06-02")
	item := s.listed(m, policyVote)
	feed := s.ask("donors-1", "POST", "/calendar", "", "201").at("path")
	off := func(who, body, want string) reply {
		t.Helper()
		return s.ask(who, "POST", m+"/cancellation", body, want)
	}
	off("donors-1", unsettled("No room.", [2]string{item, other}), "403 not-permitted")
	off("sec", unsettled(" ", [2]string{item, other}), "422 required")
	off("sec", unsettled("No room."), "409 items-unsettled")
	s.ask("chair", "POST", under+"/cancellation", `{"reason":"Late."}`, "409 meeting-stage")
	if !s.offered("chair", m, "meeting.cancel") || s.offered("donors-1", m, "meeting.cancel") {
		t.Error("it is offered to others than may call it off")
	}
	r := off("chair", unsettled("No room.", [2]string{item, other}), "200")
	if r.at("state") != "cancelled" || r.at("called_off", "reason") != "No room." || r.at("called_off", "by") != "chair" {
		t.Errorf("called off is %s", r.raw)
	}
	off("sec", unsettled("No room."), "409 meeting-stage")
	s.ask("chair", "POST", m+"/opening", "", "409 meeting-stage")
	s.ask("sec", "POST", m+"/questions", policyVote, "409 meeting-stage")
	s.ask("sec", "PUT", m, `{"title":"Again","starts_at":"2026-07-02T09:00:00Z","held":"in-person"}`, "409 meeting-stage", ifMatch(`"2"`))
	for _, who := range []string{"donors-1", "sec", "preparer"} {
		if told := string(s.ask(who, "GET", "/notices", "", "200").raw); !strings.Contains(told, "Reason: No room.") {
			t.Errorf("%s was told %s", who, told)
		}
	}
	dates := strings.ReplaceAll(string(s.ask("", "GET", strings.TrimPrefix(feed, "/api/v1"), "", "200").raw), "\r\n ", "")
	one := dates[strings.Index(dates, "UID:meeting-"+strings.TrimPrefix(m, "/meetings/")):]
	one = one[:strings.Index(one, "END:VEVENT")]
	for _, want := range []string{"STATUS:CANCELLED", "SEQUENCE:1", "Called off: No room."} {
		if !strings.Contains(one, want) {
			t.Errorf("the calendar lacks %s: %s", want, one)
		}
	}
	if n := strings.Count(dates, "STATUS:CANCELLED"); n != 3 { // with its two due days
		t.Errorf("%d dates are cancelled", n)
	}
	list := s.ask("donors-1", "GET", "/meetings?state=cancelled", "", "200").List()
	if len(list) != 1 || list[0]["ref"] != r.at("ref") {
		t.Errorf("listed as called off: %v", list)
	}
	if s.ask("donors-1", "GET", other, "", "200").at("agenda", "0", "carried_from", "ref") != r.at("ref") {
		t.Error("its item went nowhere")
	}
}

// A day that is over is no day to plan a meeting for; one that has passed by since it was
// planned may stay.
func TestNoMeetingIsPlannedInThePast(t *testing.T) {
	s, _ := bodyOf13(t)
	day := s.Clock.Now()
	plan := func(in int, title string) string {
		return fmt.Sprintf(`{"title":%q,"starts_at":"%sT00:30:00Z","held":"in-person"}`, title, day.AddDate(0, 0, in).Format("2006-01-02"))
	}
	s.ask("sec", "POST", "/meetings", plan(-2, "Gone"), "422 meeting-in-the-past")
	s.ask("sec", "POST", "/meetings", plan(0, "Today"), "201")
	m := "/meetings/" + s.ask("sec", "POST", "/meetings", plan(3, "Soon"), "201").at("id")
	s.ask("sec", "PUT", m, plan(-2, "Soon"), "422 meeting-in-the-past", ifMatch(`"1"`))
	s.days(5)
	s.ask("sec", "PUT", m, plan(3, "It has passed"), "200", ifMatch(`"1"`))
}
