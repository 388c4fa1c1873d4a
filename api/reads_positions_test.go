package api

import (
	"fmt"
	"strings"
	"testing"
)

// Who may not read positions does not read them by a side door: neither the interests
// and their notes, nor the reason of a recusal, nor the talk of a silence. Who declared
// an interest reads that one.
func TestWhoMayNotReadPositions(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("rohan", "agent-preparer", "MPTFO", "un")
	s.pot("unearmarked", "900000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00"), ""))
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal", "note": "My brother."}`, "201")
	written := "/questions/" + s.ask("sec", "POST", "/silences", strings.Replace(policyVote, `"vote"`, `"no-objection"`, 1), "201").at("id")
	s.ask("donors-1", "POST", written+"/thread", `{"language": "en", "text": "Why now?"}`, "201")
	for who, reads := range map[string]bool{"rohan": false, "sec": true, "aud": true, "donors-1": true} {
		item := string(s.ask(who, "GET", q, "", "200").raw)
		if strings.Contains(item, "My brother.") != reads || strings.Contains(item, `"own-state"`) != reads {
			t.Errorf("%s reads %s", who, item)
		}
		a := s.ask(who, "GET", q+"/arithmetic", "", "200")
		if strings.Contains(string(a.raw), `"personal"`) != reads || strings.Count(string(a.raw), `"recused":true`) < 3 {
			t.Errorf("%s counts with %s", who, a.raw)
		}
		want := "404 not-found"
		if reads {
			want = "200"
		}
		s.ask(who, "GET", written+"/thread", "", want)
	}

	// The record says who was out of it to everybody, and why to those alone who may read that.
	s.ask("chair", "POST", q+"/opening", "", "200")
	number := s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	for who, reads := range map[string]bool{"": false, "rohan": false, "aud": true} {
		record := s.ask(who, "GET", "/decisions/"+number, "", "200").at("record")
		if strings.Contains(record, "personal") != reads || !strings.Contains(record, `"recused":true`) || strings.Contains(record, `"reason":"own-state"`) {
			t.Errorf("%q reads %s", who, record)
		}
	}
}

// Money that a decision would not give is refused where it stands.
func TestAKindThatGivesNoMoneyRefusesIt(t *testing.T) {
	s, meeting := bodyOf13(t)
	for _, kind := range []string{"policy", "direct-cost"} {
		ask := func(rest, want string) reply {
			return s.ask("sec", "POST", meeting+"/questions", fmt.Sprintf(`{"kind": %q, "procedure": "consensus", "title": "A paper", "text": "The body endorses it.", "language": "en"%s}`, kind, rest), want)
		}
		for field, rest := range map[string]string{
			"/amount":  `, "amount": {"amount": "1000.00", "currency": "USD"}`,
			"/shares":  fmt.Sprintf(`, "shares": [{"organisation": %q, "amount": {"amount": "5.00", "currency": "USD"}}]`, s.orgs["NETWORK-1"]),
			"/earmark": `, "earmark": "area-2"`,
		} {
			if r := ask(rest, "422 question-takes-no-money"); r.at("field") != field {
				t.Errorf("%s at %s", kind, r.raw)
			}
		}
		ask("", "201")
	}
}

// The charter's members are those whose organisation sits, or sat when the item was put: who
// has the role alone, and holds no seat, reads what the public reads.
func TestAMemberWithoutASeatReadsNoDeliberation(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.person("soumbara", "member", "SOUMBARA", "state") // never seated
	s.pot("unearmarked", "900000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "QZ", "ILO 600000.00"), ""))
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "personal", "note": "My brother."}`, "201")
	written := "/questions/" + s.ask("sec", "POST", "/silences", strings.Replace(policyVote, `"vote"`, `"no-objection"`, 1), "201").at("id")
	s.ask("donors-1", "POST", written+"/thread", `{"language": "en", "text": "Why now?"}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree", "reason": "It is sound."}`, "201")
	number := ""
	reads := func(when, who string, may bool) {
		t.Helper()
		said := string(s.ask(who, "GET", q, "", "200").raw) + string(s.ask(who, "GET", q+"/arithmetic", "", "200").raw)
		if number != "" {
			said += s.ask(who, "GET", "/decisions/"+number, "", "200").at("record")
		}
		for _, word := range []string{"My brother.", "It is sound.", `"personal"`} {
			if strings.Contains(said, word) != may {
				t.Errorf("%s, %s reads %s: %v", when, who, word, !may)
			}
		}
		want := "404 not-found"
		if may {
			want = "200"
		}
		s.ask(who, "GET", written+"/thread", "", want)
	}
	reads("open", "donors-1", true)
	reads("open", "soumbara", false)
	number = s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
	reads("decided", "donors-1", true)
	reads("decided", "soumbara", false)

	// Once its term is over, an organisation still reads what it sat for, and nothing that came after.
	s.days(305)
	after := s.listed(s.nextMeeting("2027-03-09"), policyVote)
	if raw := string(s.ask("donors-1", "GET", q, "", "200").raw); !strings.Contains(raw, "It is sound.") {
		t.Errorf("of what it sat for it reads %s", raw)
	}
	if raw := string(s.ask("soumbara", "GET", q, "", "200").raw); strings.Contains(raw, "It is sound.") {
		t.Errorf("whoever never sat reads %s", raw)
	}
	s.ask("donors-1", "GET", after+"/thread", "", "404 not-found")
}
