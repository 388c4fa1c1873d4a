package api

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func init() {
	for path, ask := range map[string]string{
		"/meetings/:id/minutes": "/meetings/{meeting}/minutes", "/meetings/:id/minutes/document": "/meetings/{meeting}/minutes/document?format=html",
		"/minutes": "/minutes", "/minutes/:number": "/minutes/MIN-2026-01", "/decisions/:number/sendings": "/decisions/2026-009/sendings", "/decisions/:number/follow-ups": "/decisions/2026-009/follow-ups", "/follow-ups": "/follow-ups",
	} {
		leakAsks[path] = ask
	}
}

// minuted is a meeting that is over: a paper was adopted, a grant was that some were recused
// from, and one item more that they were recused from was withdrawn.
func minuted(t *testing.T) (s *story, meeting, minutes string) {
	t.Helper()
	s, meeting = bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	call := s.openCall()
	s.ask("sec", "POST", meeting+"/attendances", fmt.Sprintf(`{"as":"observer","organisation":%q,"name":"Ola Ocelot"}`, s.org("QZZ", "state")), "201")
	paper := s.listed(meeting, strings.Replace(policyVote, `"vote"`, `"consensus"`, 1))
	grant := s.listed(meeting, strings.Replace(grantOf(s.noted(call, "RECIPIENTS-1", "NETWORK-1 600000.00", "UNICEF 400000.00"), ""), "A grant", "The okapi grant", 1))
	secret := s.listed(meeting, strings.Replace(grantOf(s.noted(call, "RECIPIENTS-1"), ""), "A grant", "The zibeline grant", 1))
	for _, q := range []string{paper, grant, secret} {
		s.ask("chair", "POST", q+"/opening", "", "200")
		s.ask("donors-1", "POST", q+"/positions", `{"position": "agree", "reason": "A quagga of an explanation."}`, "201")
	}
	s.ask("chair", "POST", paper+"/decision", `{}`, "201")
	s.ask("chair", "POST", grant+"/decision", `{}`, "201")
	s.ask("chair", "POST", secret+"/withdrawal", `{"reason":"It is not ripe."}`, "200")
	return s, meeting, meeting + "/minutes"
}

// From the draft to what went out: what the record has stands by itself, prose is written
// around it, members correct it in their time, and what is fixed is never changed.
func TestMinutesAreDraftedCorrectedFixedAndSent(t *testing.T) {
	s, meeting, m := minuted(t)
	s.ask("sec", "POST", m, `{"language":"en"}`, "409 meeting-stage")
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	if got := strings.Join(s.waits("sec"), ", "); !strings.Contains(got, "minutes.keep M-2026-01") || !strings.Contains(got, "record.send 2026-001") {
		t.Errorf("on the secretariat waits %s", got)
	}
	s.ask("donors-1", "POST", m, `{"language":"en"}`, "403 not-permitted")
	s.ask("sec", "POST", m, `{"language":"xx"}`, "422 unknown-value")
	r := s.ask("sec", "POST", m, `{"language":"en"}`, "200")
	for _, part := range []string{`"person":"donors-1"`, `"organisation":"DONORS-1"`, "A quagga of", `"decision":"2026-001"`, `"left":["`, `"own-state"`, "The okapi grant", `"as":"observer","organisation":"QZZ","name":"Ola Ocelot","from":"2026-`} {
		if !strings.Contains(string(r.raw), part) {
			t.Errorf("the draft does not have %s: %s", part, r.raw)
		}
	}
	s.ask("sec", "POST", m, `{"language":"en"}`, "409 minutes-stage")
	write := func(part, language, text string, after int) string {
		return fmt.Sprintf(`{"part":%q,"language":%q,"text":%q,"after":%d}`, part, language, text, after)
	}
	s.ask("sec", "POST", m+"/texts", write("item-1", "en", "The Chair recalled the paper.", 0), "200")
	s.ask("sec", "POST", m+"/texts", write("item-1", "en", "Another.", 0), "412 changed-since")
	s.ask("sec", "POST", m+"/texts", write("item-1", "en", "The Chair recalled the paper of May.", 1), "200")
	s.ask("sec", "POST", m+"/texts", write("item-2", "en", "An axolotl of a discussion.", 0), "200")
	s.ask("sec", "POST", m+"/texts", write("opening", "fr", "La présidence ouvre.", 0), "200")
	s.ask("sec", "POST", m+"/texts", write("opening", "en", "The Chair opened.", 0), "200")
	s.ask("sec", "POST", m+"/texts", write("item-9", "en", "x", 0), "422 unknown-value")

	// Nobody reads the draft but who writes it and who chairs.
	if r := s.ask("donors-1", "GET", m, "", "200"); r.at("state") != "none" || strings.Contains(string(r.raw), "recalled") {
		t.Errorf("a member reads the draft before it circulates: %s", r.raw)
	}
	s.ask("donors-1", "GET", m+"/document?format=html", "", "404 not-found")
	s.ask("donors-1", "POST", m+"/corrections", `{"part":"item-1","language":"en","text":"x"}`, "409 minutes-stage")
	s.ask("sec", "POST", m+"/fixing", "", "409 minutes-stage")

	// The fund's day ends at 23:00 UTC in March: five whole days follow the one of circulation.
	r = s.ask("sec", "POST", m+"/circulation", "", "200")
	if got := r.at("corrections_until"); got != "2026-03-07T23:00:00Z" {
		t.Errorf("corrections are taken until %s", got)
	}
	s.wasToldOf("donors-1", "minutes-to-correct")
	s.ask("sec", "POST", m+"/texts", write("item-1", "en", "Later.", 2), "409 minutes-stage")
	s.ask("sec", "POST", m+"/texts", write("item-1", "fr", "La présidence a rappelé le document.", 0), "200")
	s.ask("sec", "POST", m+"/corrections", `{"part":"item-1","language":"en","text":"x"}`, "403 not-permitted")
	s.ask("donors-1", "POST", m+"/corrections", `{"part":"item-1","language":"en","text":""}`, "422 required")
	s.ask("donors-1", "POST", m+"/corrections", `{"part":"item-1","language":"en","text":"Of June, not May."}`, "200")
	s.ask("donors-3", "POST", m+"/corrections", `{"part":"opening","language":"en","text":"It was late."}`, "200")
	s.ask("recipients-1", "POST", m+"/corrections", `{"part":"item-2","language":"en","text":"x"}`, "422 unknown-value")
	s.ask("sec", "POST", m+"/fixing", "", "409 corrections-open")

	s.Clock.Add(s.until("2026-03-07") + 11*3600e9 - 1e9) // one second before
	s.ask("donors-2", "POST", m+"/corrections", `{"part":"closing","language":"en","text":"At the last second."}`, "200")
	s.Clock.Add(1e9)
	s.ask("donors-2", "POST", m+"/corrections", `{"part":"closing","language":"en","text":"Too late."}`, "409 corrections-over")
	s.ask("sec", "POST", m+"/fixing", "", "409 corrections-unanswered")
	answer := func(n int, body, want string) {
		t.Helper()
		c := s.ask("sec", "GET", m, "", "200").JSON()["corrections"].([]any)[n].(map[string]any)
		s.ask("sec", "POST", m+"/corrections/"+fmt.Sprint(c["id"])+"/answer", body, want)
	}
	answer(0, `{"taken":true,"reason":"","text":"The Chair recalled the paper of June."}`, "422 required")
	answer(0, `{"taken":true,"reason":"So it was.","text":"The Chair recalled the paper of June."}`, "200")
	answer(0, `{"taken":false,"reason":"No.","text":""}`, "409 correction-answered")
	answer(1, `{"taken":false,"reason":"The record has the hour.","text":""}`, "200")
	answer(2, `{"taken":true,"reason":"Yes.","text":"The Chair closed at noon."}`, "200")

	s.ask("donors-1", "POST", m+"/fixing", "", "403 not-permitted")
	r = s.ask("chair", "POST", m+"/fixing", "", "200")
	hash := r.at("record_sha256")
	if r.at("state") != "fixed" || r.at("says", "number") != "MIN-2026-01" || !strings.Contains(string(r.raw), "of June.") || strings.Contains(string(r.raw), `"text":"The Chair recalled the paper of May."`) {
		t.Errorf("what was fixed: %s", r.raw)
	}
	s.ask("sec", "POST", m+"/texts", write("opening", "fr", "Encore.", 1), "409 minutes-stage")
	s.ask("sec", "POST", m+"/corrigenda", `{"part":"item-1","text":"For June read July."}`, "200")
	if got := s.ask("donors-1", "GET", m, "", "200"); got.at("record_sha256") != hash || !strings.Contains(string(got.raw), "read July") {
		t.Errorf("a corrigendum stands beside what is fixed: %s", got.raw)
	}
	if err := s.DB.Exec(`UPDATE fixed_minutes SET record = record`).Error; err == nil {
		t.Error("fixed minutes can be changed")
	}

	// They go out to all within the charter's ten days, each in the own language.
	r = s.ask("sec", "POST", m+"/sending", "", "200")
	sent := r.JSON()["sent"].([]any)[0].(map[string]any)
	if n := len(sent["recipients"].([]any)); n != 14 || sent["late"] != false || sent["due"] != "2026-03-12T23:00:00Z" {
		t.Errorf("sent to %d: %v", n, sent)
	}
	s.wasToldOf("recipients-1", "minutes-sent")
	s.days(10)
	r = s.ask("sec", "POST", "/decisions/2026-001/sendings", "", "200")
	if !strings.Contains(string(r.raw), `"late":true`) {
		t.Errorf("a record that goes out late: %s", r.raw)
	}
	s.ask("donors-1", "POST", "/decisions/2026-001/sendings", "", "403 not-permitted")
	s.ask("sec", "POST", "/decisions/2026-999/sendings", "", "404 not-found")
	s.ask("sec", "POST", "/decisions/2026-002/sendings", "", "200")
	if got := strings.Join(s.waits("sec"), ", "); strings.Contains(got, "minutes.keep") || strings.Contains(got, "record.send") {
		t.Errorf("on the secretariat waits %s", got)
	}
	s.allHolds()
}

// Who is recused from an item reads nothing of it in the minutes, and of one that was
// adopted what was decided; the public and the agent read no person, position or prose.
func TestMinutesOfHiddenItems(t *testing.T) {
	s, meeting, m := minuted(t)
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	s.ask("sec", "POST", m, `{"language":"en"}`, "200")
	for _, n := range []string{"2", "3"} {
		s.ask("sec", "POST", m+"/texts", `{"part":"item-`+n+`","language":"en","text":"An axolotl of a discussion.","after":0}`, "200")
	}
	s.ask("sec", "POST", m+"/circulation", "", "200")
	s.ask("donors-1", "POST", m+"/corrections", `{"part":"item-2","language":"en","text":"A tapir, not an axolotl."}`, "200")
	s.person("prep", "agent-preparer", "MPTFO", "un")
	reads := func(who string, told, untold []string) {
		t.Helper()
		for _, path := range []string{m, m + "/document?format=html"} {
			got := string(s.ask(who, "GET", path, "", "200").raw)
			for _, x := range told {
				if !strings.Contains(got, x) {
					t.Errorf("%s does not read %q by %s", who, x, path)
				}
			}
			for _, x := range untold {
				if strings.Contains(got, x) {
					t.Errorf("%s reads %q by %s: %s", who, x, path, got)
				}
			}
		}
	}
	secrets := []string{"zibeline", "axolotl", "tapir"}
	reads("donors-1", []string{"okapi", "zibeline", "axolotl", "quagga", "Ola Ocelot"}, nil)
	reads("recipients-1", []string{"okapi", "2026-002", "quagga", "Ola Ocelot"}, secrets)
	reads("network-2", []string{"okapi"}, secrets)
	reads("prep", []string{"okapi", "2026-002", "DONORS-1"}, append(secrets, "quagga", "Ocelot", "QZZ", `"person"`, `"from":"`, "own-state"))
	s.person("seatless", "member", "SOUMBARA", "state") // the role alone
	reads("seatless", []string{"okapi", "2026-002", "DONORS-1"}, append(secrets, "quagga", "Ocelot", "QZZ", `"person"`, `"from":"`, "own-state"))
	// What was said of item 2 is out of sight although it is adopted: the explanation above is item 1's.
	if n := strings.Count(string(s.ask("recipients-1", "GET", m, "", "200").raw), "quagga"); n != 1 {
		t.Errorf("the recused read %d explanations, not the one of the first item", n)
	}

	s.days(7)
	c := s.ask("sec", "GET", m, "", "200").JSON()["corrections"].([]any)[0].(map[string]any)
	s.ask("sec", "POST", m+"/corrections/"+fmt.Sprint(c["id"])+"/answer", `{"taken":false,"reason":"It was an axolotl.","text":""}`, "200")
	s.ask("", "GET", "/minutes/MIN-2026-01", "", "404 not-found")
	s.ask("sec", "POST", m+"/fixing", "", "200")
	s.ask("sec", "POST", m+"/corrigenda", `{"part":"item-3","text":"A tapir after all."}`, "200")
	reads("recipients-1", []string{"okapi", "2026-002", "quagga", "Ola Ocelot"}, secrets)
	reads("prep", []string{"okapi", "MIN-2026-01"}, append(secrets, "quagga", "Ocelot", "QZZ", `"person"`, `"from":"`, "own-state"))
	for _, path := range []string{"/minutes", "/minutes/MIN-2026-01"} {
		got := string(s.ask("", "GET", path, "", "200").raw)
		for _, x := range append(secrets, "quagga", "Ocelot", "QZZ", `"person"`, `"from":"`, "own-state") {
			if strings.Contains(got, x) {
				t.Errorf("the public reads %q by %s: %s", x, path, got)
			}
		}
		if !strings.Contains(got, "okapi") || !strings.Contains(got, `"abridged":true`) {
			t.Errorf("%s: %s", path, got)
		}
	}
	for _, path := range []string{"/en/minutes", "/ar/minutes/MIN-2026-01"} {
		if got := s.page(path, "text/html"); got.status != 200 || strings.Contains(string(got.raw), "zibeline") || strings.Contains(string(got.raw), "quagga") || strings.Contains(string(got.raw), "Ocelot") {
			t.Errorf("%s is answered %d: %s", path, got.status, got.raw)
		}
	}
	s.allHolds()
}

// wasToldOf wants a kind of notice among somebody's.
func (s *story) wasToldOf(who, kind string) {
	s.t.Helper()
	if got := strings.Join(s.told(who), " "); !strings.Contains(got, kind) {
		s.t.Errorf("%s was told %s, and not of %s", who, got, kind)
	}
}

// allHolds asks every question of the check.
func (s *story) allHolds() {
	s.t.Helper()
	found, err := s.Store.Check(context.Background())
	must(s.t, err)
	for _, f := range found {
		if len(f.Faults) > 0 {
			s.t.Errorf("%s: %v", f.Text, f.Faults)
		}
	}
}
