package api

import (
	"slices"
	"strings"
	"testing"
	"time"

	"startupfund/domain"
)

// told lists the kinds of somebody's notices, the latest first.
func (s *story) told(who string) []string {
	s.t.Helper()
	kinds := []string{}
	for _, n := range s.ask(who, "GET", "/notices", "", "200").JSON()["notices"].([]any) {
		kinds = append(kinds, n.(map[string]any)["kind"].(string))
	}
	return kinds
}

func (s *story) wasTold(who string, want ...string) {
	s.t.Helper()
	if got := s.told(who); !slices.Equal(got, want) {
		s.t.Errorf("%s was told %v, not %v", who, got, want)
	}
}

// Whoever is out of an item is told nothing of it: not that it is listed, put or
// decided, by notice, count or mail; neither before an interest is on record nor after.
func TestNoticesLeakNothing(t *testing.T) {
	s, meeting := bodyOf13(t)
	server := s.mailed()
	s.work(s.server.Deliver)
	s.person("adviser-of-recipients-1", "member/adviser", "RECIPIENTS-1", "state")
	s.pot("unearmarked", "1000000.00")
	proposal := s.noted(s.openCall(), "RECIPIENTS-1", "NETWORK-1 600000.00", "UNICEF 400000.00")
	q := s.listed(meeting, grantOf(proposal, ""))
	recused := []string{"recipients-1", "adviser-of-recipients-1", "network-1", "network-2"}
	for _, who := range recused {
		s.wasTold(who)
	}
	s.wasTold("donors-2", "question-listed")
	s.wasTold("donors-1", "question-listed")
	s.ask("donors-2", "POST", q+"/interests", `{"kind": "programme-donor", "note": "beside the pool"}`, "201")
	s.ask("chair", "POST", q+"/opening", "", "200")
	for _, name := range s.members() {
		if s.send(name, "POST", q+"/positions", `{"position": "agree"}`).status == 201 {
			t.Logf("%s agrees", name)
		}
	}
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
	for _, who := range recused[:3] { // an implementing partner comes back when the item is closed, where the charter has it leave
		if got := s.told(who); slices.Contains(got, "question-open") || slices.Contains(got, "question-listed") {
			t.Errorf("%s was told %v", who, got)
		}
	}
	s.wasTold("donors-1", "decision-adopted", "question-open", "question-listed")
	s.idle()
	for _, m := range server.Taken() {
		name, _, _ := strings.Cut(m.To, "@")
		if slices.Contains(recused, name) && !strings.Contains(m.Subject(), "2026-001 was adopted") {
			t.Errorf("%s was mailed %q", m.To, m.Subject())
		}
	}
}

// An interest put on record after somebody was told takes the notice out of sight,
// and out of the count and the mail.
func TestALateInterestHidesANotice(t *testing.T) {
	s, meeting := bodyOf13(t)
	server := s.mailed()
	s.pot("unearmarked", "1000000.00")
	q := s.listed(meeting, grantOf(s.noted(s.openCall(), "QMX", "UNICEF 400000.00"), ""))
	s.wasTold("donors-1", "question-listed")
	id := s.ask("donors-1", "GET", "/notices", "", "200").JSON()["notices"].([]any)[0].(map[string]any)["id"].(string)
	s.ask("donors-1", "POST", q+"/interests", `{"kind": "own-state"}`, "201")
	if r := s.ask("donors-1", "GET", "/notices", "", "200"); r.at("unread") != "0" || r.at("notices") != "[]" {
		t.Errorf("still in sight: %s", r.raw)
	}
	s.ask("donors-1", "POST", "/notices/"+id+"/reading", "", "404 not-found")
	s.work(s.server.Deliver)
	s.idle()
	for _, m := range server.Taken() {
		if m.To == "donors-1@example.org" {
			t.Errorf("mailed %q", m.Subject())
		}
	}
}

// A proposal's people are told what becomes of it; each reads and counts their
// own, in their language, as long as the hat is theirs.
func TestAnApplicantIsTold(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM", "un")
	call := s.openCall()
	p := s.eligible(call, "QMX", "UNICEF 400000.00")
	applicant := ""
	for name := range s.people {
		if len(s.told(name)) > 0 {
			if applicant != "" {
				t.Errorf("%s and %s were told", name, applicant)
			}
			applicant = name
		}
	}
	s.wasTold(applicant, "proposal-eligible", "proposal-received")
	r := s.ask(applicant, "GET", "/notices?unread=true&limit=1", "", "200")
	n := r.JSON()["notices"].([]any)[0].(map[string]any)
	if r.at("unread") != "2" || !strings.Contains(r.header.Get("Link"), "unread=true") || n["subject"].(map[string]any)["id"] != strings.TrimPrefix(p, "/proposals/") {
		t.Errorf("%s %v", r.raw, r.header)
	}
	next := s.ask(applicant, "GET", strings.TrimPrefix(strings.Trim(strings.Split(r.header.Get("Link"), ">")[0], "<"), "/api/v1"), "", "200")
	if got := next.JSON()["notices"].([]any); len(got) != 1 || got[0].(map[string]any)["kind"] != "proposal-received" || !strings.Contains(got[0].(map[string]any)["text"].(string), "/P-2026-001/1") || !strings.Contains(got[0].(map[string]any)["text"].(string), " in Geneva. ") {
		t.Errorf("the next page: %s", next.raw)
	}
	s.ask("sec", "POST", "/notices/"+n["id"].(string)+"/reading", "", "404 not-found")
	s.ask(applicant, "POST", "/notices/"+n["id"].(string)+"/reading", "", "204")
	s.ask(applicant, "PUT", "/session/language", `{"language":"ar"}`, "200")
	if r := s.ask(applicant, "GET", "/notices?unread=true", "", "200"); r.at("unread") != "1" || !strings.Contains(string(r.raw), "استُلم") {
		t.Errorf("after reading one: %s", r.raw)
	}
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2020-01-02)' WHERE person = ?`, s.ids[applicant]).Error)
	must(t, s.DB.Exec(`UPDATE sessions SET hat = NULL WHERE person = ?`, s.ids[applicant]).Error)
	s.wasTold(applicant)
}

// Each step of a transfer is told to those whose step is next, and to nobody else.
func TestATransfersNextHandIsTold(t *testing.T) {
	s := agency(t)
	s.committed("1000000.00")
	jp := s.programme("MIG-JP-2026-001", map[string]string{"IOM": "700000.00"})
	s.mou("IOM")
	r := s.request(jp, "IOM", "490000.00")
	path := "/transfer-requests/" + r.at("id")
	s.wasTold("cora", "transfer-to-sign")
	r = s.ask("cora", "POST", path+"/signature", "", "200", ifMatch(r.tag()))
	r = s.ask("pia", "POST", path+"/preparation", "", "200", ifMatch(r.tag()))
	s.wasTold("rolf", "transfer-to-release")
	r = s.ask("rolf", "POST", path+"/release", "", "200", ifMatch(r.tag()))
	s.ask("rolf", "POST", path+"/sending", `{"sent_on":"2026-03-02"}`, "200", ifMatch(r.tag()))
	for who, want := range map[string][]string{"cora": {"transfer-to-sign"}, "pia": {"transfer-to-prepare"}, "rolf": {"transfer-to-release"},
		"otto": {"transfer-sent"}, "olga": {}, "sven": {}, "dora": {}, "aude": {}} {
		s.wasTold(who, want...)
	}
}

// Notices come by mail as each person chose: at once, once a day, or not.
func TestNoticesByMailAsChosen(t *testing.T) {
	s := agency(t)
	server := s.mailed()
	s.person("coro", "coordinator", "NETWORK", "un")
	s.person("cory", "coordinator", "NETWORK", "un")
	s.committed("1000000.00")
	jp := s.programme("MIG-JP-2026-001", map[string]string{"IOM": "700000.00"})
	s.ask("coro", "PUT", "/notices/preference", `{"mail":"daily"}`, "204")
	s.ask("cory", "PUT", "/notices/preference", `{"mail":"none"}`, "204")
	s.ask("cory", "PUT", "/notices/preference", `{"mail":"hourly"}`, "422 unknown-value")
	s.ask("", "PUT", "/notices/preference", `{"mail":"none"}`, "401 sign-in-first")
	must(t, s.DB.Exec(`UPDATE persons SET language = 'es' WHERE name = 'coro'`).Error)
	s.work(s.server.Deliver)
	s.request(jp, "IOM", "490000.00")
	s.request(jp, "IOM", "10000.00")
	s.idle()
	to := func() (list []string) {
		for _, m := range server.Taken() {
			list = append(list, m.To)
		}
		return list
	}
	if got := to(); !slices.Equal(got, []string{"cora@example.org", "cora@example.org"}) {
		t.Fatalf("mailed at once: %v", got)
	}
	for i, m := range server.Taken() { // four hands send: either may be first
		other := server.Taken()[1-i].Subject()
		if !strings.HasPrefix(m.Subject(), "Transfer MIG-JP-2026-001-IOM-") || !strings.HasSuffix(m.Subject(), " waits for a signature") ||
			m.Subject() == other || !strings.Contains(m.Body, "https://fund.example.org/app/") {
			t.Errorf("%s\n%s", m.Subject(), m.Body)
		}
	}
	var waits int
	var at time.Time
	must(t, s.DB.Raw(`SELECT count(*), min(scheduled_at) FROM river_job WHERE state = 'scheduled'`).Row().Scan(&waits, &at))
	if waits != 1 {
		t.Fatalf("%d digests wait", waits)
	}
	must(t, s.DB.Exec(`UPDATE river_job SET state = 'available', scheduled_at = now() WHERE state = 'scheduled'`).Error) // the morning comes
	s.idle()
	got := server.Taken()
	if len(got) != 3 || got[2].To != "coro@example.org" || !strings.Contains(got[2].Subject(), "(2)") ||
		!strings.Contains(got[2].Body, "MIG-JP-2026-001-IOM-1") || !strings.Contains(got[2].Body, "MIG-JP-2026-001-IOM-2") || !strings.Contains(got[2].Body, "espera una firma") {
		t.Errorf("the digest: %v", got)
	}
}

// Every kind of notice, and every letter, has its words in six languages.
func TestNoticesHaveWords(t *testing.T) {
	words, err := LoadWords()
	must(t, err)
	ids := []string{"mail.greeting", "mail.footer", "mail.open", "mail.invitation.subject", "mail.invitation.text", "mail.invitation.expires",
		"mail.password.subject", "mail.password.text", "mail.password.expires", "mail.digest.subject", "mail.digest.text"}
	for _, n := range domain.Notices {
		ids = append(ids, "notice."+string(n)+".title", "notice."+string(n)+".text")
	}
	for _, id := range ids {
		for _, lang := range languages {
			if s := words.in(lang).say(id, nil); s == "" || lang != "en" && s == words.in("en").say(id, nil) {
				t.Errorf("%s has no words in %s", id, lang)
			}
		}
	}
}

// A receipt is no notice: who wants none by mail, or one letter a day, has it at once
// all the same, and once; and nothing else that they did not ask for.
func TestReceiptsAreMailedHoweverNoticesAre(t *testing.T) {
	s := newStory(t)
	server := s.mailed()
	call := s.openCall()
	s.person("applicant-qm", "applicant", "PMU-QM", "un")
	s.person("daily", "applicant", "PMU-QM", "un")
	s.person("focal-qm", "focal-point", "QM", "state")
	s.ask("applicant-qm", "PUT", "/notices/preference", `{"mail":"none"}`, "204")
	s.ask("daily", "PUT", "/notices/preference", `{"mail":"daily"}`, "204")
	s.work(s.server.Deliver)
	s.eligible(call, "QM")
	s.idle()
	var to []string
	for _, m := range server.Taken() {
		to = append(to, m.To)
		if !strings.Contains(m.Body, "/P-2026-001/1") {
			t.Errorf("no receipt: %s\n%s", m.Subject(), m.Body)
		}
	}
	slices.Sort(to)
	if !slices.Equal(to, []string{"applicant-qm@example.org", "daily@example.org"}) {
		t.Errorf("receipts went to %v", to)
	}
	must(t, s.DB.Exec(`UPDATE river_job SET state = 'available', scheduled_at = now() WHERE state = 'scheduled'`).Error) // the morning comes
	s.idle()
	if got := server.Taken(); len(got) != 3 || strings.Contains(got[2].Body, "/P-2026-001/1") {
		t.Errorf("the digest says the receipt again: %v", got)
	}
}
