package api

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"startupfund/domain/charter"
	"startupfund/domain/replay"
)

const inWriting = `{"kind": "policy", "procedure": "no-objection", "title": "A paper in writing", "text": "The body endorses it.", "language": "en"}`

// circulated is a question in writing.
func (s *story) circulated(body string) string {
	s.t.Helper()
	return "/questions/" + s.ask("sec", "POST", "/silences", body, "201").at("id")
}

// at sets the story's clock to an instant of an answer, and so far from it.
func (s *story) clockAt(instant string, off time.Duration) {
	s.t.Helper()
	at, err := time.Parse(time.RFC3339, instant)
	must(s.t, err)
	s.Clock.Set(at.Add(off))
}

func (s *story) endOf(q string) string {
	s.t.Helper()
	return s.ask("chair", "GET", q, "", "200").at("in_writing", "ends_at")
}

// A question in writing from its circulation to its decision: nobody is in a room, an
// objection is lifted, the last second counts and the next does not.
func TestADecisionInWriting(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("adviser", "member/adviser", "DONORS-1", "state")
	s.person("deputy", "member/alternate", "DONORS-1", "state")
	s.ask("sec", "POST", meeting+"/questions", inWriting, "422 not-in-a-meeting")
	s.ask("sec", "POST", "/silences", policyVote, "422 not-in-writing")
	s.ask("donors-1", "POST", "/silences", inWriting, "403 not-permitted")
	q := s.circulated(inWriting)
	r := s.ask("donors-1", "GET", q, "", "200")
	if r.at("in_writing", "ref") != "W-2026-01" || r.at("state") != "listed" || r.JSON()["meeting"] != nil {
		t.Fatalf("circulated as %s", r.raw)
	}
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "409 question-stage")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal", "note": "A brother."}`, "201")
	s.ask("sec", "POST", q+"/opening", "", "403 not-permitted")
	s.ask("donors-1", "POST", q+"/opening", "", "403 not-presiding")

	// Monday 2 March 2026 at 10.00 in Geneva: ten working days end with Monday the 16th.
	s.clockAt("2026-03-02T09:00:00Z", 0)
	if r = s.ask("chair", "POST", q+"/opening", "", "200"); r.at("state") != "open" {
		t.Fatalf("opened as %s", r.raw)
	}
	if end := s.endOf(q); end != "2026-03-16T23:00:00Z" {
		t.Fatalf("the silence ends at %s", end)
	}
	s.ask("donors-1", "POST", q+"/interests", `{"kind": "other"}`, "409 question-stage")

	// Everybody is asked, nobody need be anywhere.
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	quorum := s.ask("chair", "GET", q+"/arithmetic", "", "200").JSON()["quorum"].(map[string]any)
	if quorum["applies"] != false || quorum["present"] != 11.0 {
		t.Errorf("quorum %v", quorum)
	}
	s.ask("adviser", "POST", q+"/positions", `{"position": "agree"}`, "403 adviser-does-not-decide")
	s.ask("donors-2", "POST", q+"/positions", `{"position": "agree"}`, "403 recused")
	s.ask("sec", "POST", q+"/positions", fmt.Sprintf(`{"position": "agree", "seat": "%s"}`, s.ids["seat donors-3"]), "403 no-seat")
	s.ask("deputy", "POST", q+"/positions", `{"position": "object", "reason": "Paragraph 2."}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "409 silence-runs")

	// It is asked and answered; the clock runs on.
	s.ask("donors-1", "POST", q+"/thread", `{"language": "en", "text": "What is paragraph 2 for?"}`, "201")
	s.ask("sec", "POST", q+"/thread", `{"answers": 2, "language": "en", "text": "?"}`, "422 unknown-value")
	s.ask("sec", "POST", q+"/thread", `{"answers": 1, "language": "en", "text": "For the year's report."}`, "201")
	s.ask("donors-2", "POST", q+"/thread", `{"language": "en", "text": "Hello?"}`, "403 recused")
	s.ask("donors-2", "GET", q+"/thread", "", "404 not-found")
	s.ask("donors-1", "POST", q+"/thread", `{"language": "en", "text": " "}`, "422 required")
	if list := s.ask("aud", "GET", q+"/thread", "", "200").List(); len(list) != 2 || list[1]["answers"] != 1.0 {
		t.Errorf("the thread is %v", list)
	}

	// The silence is extended, for a reason, by no more than the charter has, and not by members.
	s.ask("donors-1", "POST", q+"/extensions", `{"days": 1, "reason": "More time."}`, "403 not-presiding")
	s.ask("chair", "POST", q+"/extensions", `{"days": 1, "reason": " "}`, "422 required")
	s.ask("chair", "POST", q+"/extensions", `{"days": 11, "reason": "More time."}`, "422 extension-too-long")
	s.ask("chair", "POST", q+"/extensions", `{"days": 4, "reason": "More time for paragraph 2."}`, "200")
	s.ask("sec", "POST", q+"/extensions", `{"days": 7, "reason": "And more."}`, "422 extension-too-long")
	s.ask("sec", "POST", q+"/extensions", `{"days": 1, "reason": "The seminar."}`, "200")
	end := s.endOf(q)
	if end != "2026-03-23T23:00:00Z" {
		t.Fatalf("extended, it ends at %s", end)
	}

	// At the last second an objection is lifted; one second later another comes too late.
	s.clockAt(end, -time.Second)
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree", "reason": "Explained."}`, "201")
	s.clockAt(end, 0)
	s.ask("chair", "POST", q+"/extensions", `{"days": 1, "reason": "Once more."}`, "409 silence-over")
	s.ask("donors-3", "POST", q+"/positions", `{"position": "object", "reason": "At the very instant."}`, "201")
	s.clockAt(end, time.Second)
	s.ask("network-1", "POST", q+"/positions", `{"position": "object", "reason": "One second late."}`, "201")
	late := 0
	for _, p := range s.ask("chair", "GET", q, "", "200").JSON()["positions"].([]any) {
		if p.(map[string]any)["late"] == true {
			late++
		}
	}
	if late != 2 {
		t.Errorf("%d positions are late", late)
	}
	s.ask("network-1", "POST", q+"/decision", `{}`, "403 not-presiding")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	s.ask("network-2", "POST", q+"/positions", `{"position": "agree"}`, "409 question-stage")

	// The record has it all, and is counted again from its file alone.
	record := s.ask("chair", "GET", "/decisions/"+number, "", "200").at("record")
	for _, part := range []string{`"format":5`, `"in_writing":{"ends_at":"2026-03-23T23:00:00.000000Z"`, `"ref":"W-2026-01"`, `One second late.`, `"days":4`, `"silent":10`, `"joins":11`} {
		if !strings.Contains(record, part) {
			t.Errorf("the record has no %s: %s", part, record)
		}
	}
	if strings.Contains(record, `"meeting"`) {
		t.Error("the record names a meeting")
	}
	if r := s.replayed(record); !r.Holds() || r.Outcome != "adopted" {
		t.Errorf("replayed: %+v", r)
	}
	if r := s.replayed(strings.Replace(record, "2026-03-23T23:00:00.000000Z", "2026-03-24T23:00:00.000000Z", 2)); r.Holds() {
		t.Error("an end of another day passes")
	}
	if r := s.replayed(strings.Replace(record, "2026-03-23T23:00:01.000000Z", "2026-03-23T22:59:59.000000Z", 1)); r.Holds() {
		t.Error("a late position that came in time passes")
	}
	if open := s.ask("donors-1", "GET", "/silences", "", "200").List(); len(open) != 1 || open[0]["state"] != "adopted" || open[0]["decision"] != number {
		t.Errorf("in writing there is %v", open)
	}
}

// replayed is what is found in the file of a record, under the shipped rules but for those
// that are named with what they say.
func (s *story) replayed(record string, changed ...string) replay.Report {
	s.t.Helper()
	rules := map[string]string{}
	for _, l := range charter.MustDefault().Rules() {
		rules[l.Path] = l.Value
	}
	for n := 0; n < len(changed); n += 2 {
		rules[changed[n]] = strings.Trim(changed[n+1], `"`)
	}
	file, err := replay.Write([]byte(record), rules, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)), false)
	must(s.t, err)
	r, err := replay.Verify(file, nil)
	must(s.t, err)
	return r
}

// What an objection that stands comes to, and who presides where the Chair may not.
func TestAnObjectionInWritingStands(t *testing.T) {
	s, _ := bodyOf13(t)
	q := s.circulated(inWriting)
	s.ask("chair", "POST", q+"/interests", `{"kind": "personal"}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-2", "POST", q+"/opening", "", "403 not-presiding")
	s.ask("donors-1", "POST", q+"/opening", "", "200") // the longest serving, the first by name
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "object", "reason": "No."}`, "201")
	s.ask("chair", "GET", q+"/thread", "", "404 not-found")
	s.days(30)
	s.ask("chair", "POST", q+"/decision", `{}`, "403 not-presiding")
	s.ask("donors-1", "POST", q+"/decision", `{}`, "409 standing-objection")
	s.ask("stakeholders-1", "POST", q+"/positions", `{"position": "agree"}`, "201") // too late to lift it
	s.ask("donors-1", "POST", q+"/decision", `{}`, "409 standing-objection")
	s.ask("chair", "POST", q+"/withdrawal", `{"reason":"It is not ripe."}`, "403 recused")
	if r := s.ask("donors-1", "POST", q+"/ladder", `{"text": "One objects."}`, "200"); r.at("state") != "unresolved" {
		t.Errorf("it ended as %s", r.raw)
	}
}

// Where silence does not count, whoever has not spoken holds the question.
func TestSilenceThatDoesNotCount(t *testing.T) {
	s, meeting := bodyOf13(t)
	_, id, _ := s.drafted(redrafting("null", "/body/no_objection/silence_counts", "false"))
	s.adopt(meeting, amendOf(id))
	q := s.circulated(inWriting)
	s.ask("chair", "POST", q+"/opening", "", "200")
	for _, who := range s.members()[1:] {
		s.ask(who, "POST", q+"/positions", `{"position": "agree"}`, "201")
	}
	s.ask("chair", "POST", q+"/ladder", `{"text": "Too soon."}`, "409 silence-runs")
	s.days(30)
	s.ask("chair", "POST", q+"/decision", `{}`, "409 some-have-not-spoken")
	s.ask("chair", "POST", q+"/ladder", `{"text": "One was silent."}`, "200")
	r := s.ask("chair", "POST", q+"/return", fmt.Sprintf(`{"meeting": "%s", "title": "The paper", "text": "The body endorses it.", "reason": "All have spoken."}`, strings.TrimPrefix(meeting, "/meetings/")), "201")
	if r.at("procedure") != "consensus" {
		t.Errorf("it comes back as %s", r.raw)
	}
}

// toldOf are the kinds of notice that somebody has, the first told first.
func (s *story) toldOf(who string) (kinds []string) {
	s.t.Helper()
	list := s.ask(who, "GET", "/notices", "", "200").JSON()["notices"].([]any)
	for _, n := range slices.Backward(list) {
		kinds = append(kinds, n.(map[string]any)["kind"].(string))
	}
	return kinds
}

// Members are told that a question circulates, when its silence begins, is extended and
// nears its end; whoever presides, that it is over. Each waits on them until the end alone.
func TestSilencesAreTold(t *testing.T) {
	s, _ := bodyOf13(t)
	q := s.circulated(inWriting)
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal"}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("sec", "POST", q+"/extensions", `{"days": 1, "reason": "The seminar."}`, "200")
	end := s.endOf(q)
	awaits := func(who string) (due string) {
		for _, x := range s.ask(who, "GET", "/tasks", "", "200").JSON()["tasks"].([]any) {
			if m := x.(map[string]any); m["ref"] == "W-2026-01" {
				return fmt.Sprint(m["kind"], " ", m["due"])
			}
		}
		return ""
	}
	if got := awaits("donors-1"); got != "decision.position "+end {
		t.Errorf("donors-1 is awaited: %q", got)
	}
	if got := awaits("donors-2"); got != "" {
		t.Errorf("the recused are awaited: %q", got)
	}
	ctx := context.Background()
	must(t, s.RemindSilences(ctx))
	s.clockAt(end, -23*time.Hour)
	must(t, s.RemindSilences(ctx))
	must(t, s.RemindSilences(ctx)) // told once
	s.clockAt(end, 0)
	must(t, s.RemindSilences(ctx))
	must(t, s.RemindSilences(ctx))
	if got := awaits("donors-1"); got != "" {
		t.Errorf("donors-1 is awaited after the end: %q", got)
	}
	if got := awaits("chair"); got != "decision.announce "+end {
		t.Errorf("the Chair is awaited: %q", got)
	}
	for who, want := range map[string]string{"donors-1": "question-circulated silence-open silence-extended silence-ending",
		"donors-2": "", "chair": "question-circulated silence-extended silence-ending silence-over"} {
		if got := strings.Join(s.toldOf(who), " "); got != want {
			t.Errorf("%s was told %q, not %q", who, got, want)
		}
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
}

// Whoever a question in writing is out of sight of finds it by no route: neither what it is
// called, nor what is asked about it.
func TestNothingLeaksOfWhatIsInWriting(t *testing.T) {
	l := newLeaks(t)
	q := l.circulated(strings.NewReplacer("A paper in writing", "A paper on the okapi", "endorses it", "endorses the okapi").Replace(inWriting))
	l.ask("donors-2", "POST", q+"/interests", `{"kind": "personal"}`, "201")
	l.ask("chair", "POST", q+"/opening", "", "200")
	l.ask("donors-1", "POST", q+"/thread", `{"language": "en", "text": "Why the okapi?"}`, "201")
	l.ask("chair", "POST", q+"/extensions", `{"days": 1, "reason": "The okapi needs time."}`, "200")
	l.ask("donors-1", "POST", q+"/positions", `{"position": "object", "reason": "No okapi."}`, "201")
	l.ids["question"] = strings.TrimPrefix(q, "/questions/")
	found := 0
	for route, asks := range leakAsks {
		for _, ask := range strings.Fields(asks) {
			path := l.of(strings.TrimPrefix(ask, "!"), true)
			if asks == "-" || asks == "=" {
				continue
			}
			if got := l.send("donors-2", "GET", path, ""); strings.Contains(strings.ToLower(string(got.raw)), "okapi") {
				t.Errorf("GET %s tells donors-2: %.400s", route, got.raw)
			}
			if strings.Contains(strings.ToLower(string(l.send("donors-3", "GET", path, "").raw)), "okapi") {
				found++
			}
		}
	}
	if found < 4 { // the list, the question, its thread, the notices
		t.Errorf("a member without an interest finds it in %d answers", found)
	}
	for _, path := range []string{q + "/thread", q + "/arithmetic"} {
		l.ask("donors-2", "GET", path, "", "404 not-found")
	}
}
