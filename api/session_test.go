package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
	"startupfund/store/storetest"
)

const goodPassword = "four small boats at dawn"

// member makes somebody with a password of their own, and no session.
func (s *story) account(name, hat, org, kind string) uuid.UUID {
	s.t.Helper()
	id := s.person(name, hat, org, kind)
	must(s.t, s.DB.Exec(`DELETE FROM sessions WHERE person = ?`, id).Error)
	delete(s.people, name)
	invited, err := s.Invite(context.Background(), store.As(domain.Console()), id)
	must(s.t, err)
	s.ask("", "POST", "/invitation", fmt.Sprintf(`{"token":%q,"password":%q}`, invited.Token, goodPassword), "204")
	return id
}

func credentials(email, password string) string {
	return fmt.Sprintf(`{"email":%q,"password":%q}`, email, password)
}

// enters signs somebody in with the password and remembers their token.
func (s *story) enters(name string, opts ...option) reply {
	s.t.Helper()
	r := s.ask("", "POST", "/session", credentials(name+"@example.org", goodPassword), "201", opts...)
	s.people[name] = cookie(s.t, r).Value
	return r
}

func cookie(t *testing.T, r reply) *http.Cookie {
	t.Helper()
	set := (&http.Response{Header: r.header}).Cookies()
	if len(set) != 2 || set[1].Name != "fund-mark" {
		t.Fatalf("%d cookies: %v", len(set), r.header)
	}
	return set[0]
}

// S35, S39: the token is 256 bits of chance, new at each sign-in, told to the
// browser alone, in a cookie that pages cannot read; the fund keeps its hash.
func TestSignIn(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	r := s.enters("ana")
	c := cookie(t, r)
	if len(c.Value) != 64 || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure {
		t.Errorf("the cookie is %v", c)
	}
	// What a page may read names the session and opens nothing.
	mark := (&http.Response{Header: r.header}).Cookies()[1]
	if mark.HttpOnly || mark.Path != "/app/" || len(mark.Value) != 16 || strings.Contains(c.Value, mark.Value) || mark.SameSite != http.SameSiteStrictMode {
		t.Errorf("the mark is %v", mark)
	}
	s.ask("", "GET", "/session", "", "401 sign-in-first", header("Cookie", "fund="+mark.Value))
	var kept int
	must(t, s.DB.Raw(`SELECT count(*) FROM sessions WHERE encode(token_hash, 'escape') = ? OR token_hash::text LIKE '%' || ? || '%'`, c.Value, c.Value).Row().Scan(&kept))
	if kept != 0 {
		t.Error("the token itself is kept")
	}
	if r.at("hat", "role") != "applicant" || r.at("person", "email") != "ana@example.org" || r.at("language") != "en" {
		t.Errorf("signed in as %s", r.raw)
	}
	s.ask("ana", "GET", "/session", "", "200")
	s.ask("", "GET", "/session", "", "401 sign-in-first")

	// Fixation: a token brought along is not taken over, and its session ends.
	first := s.people["ana"]
	s.enters("ana", header("Cookie", "fund="+first))
	if s.people["ana"] == first {
		t.Error("a token lived through a sign-in")
	}
	s.people["before"] = first
	s.ask("before", "GET", "/session", "", "401 sign-in-first")
	s.ask("", "POST", "/session", credentials("ana@example.org", goodPassword), "201", header("Cookie", "fund=made-up"))

	// Signing in over an ended session is no trouble, and neither is signing out.
	s.ask("ana", "DELETE", "/session", "", "204")
	s.ask("ana", "DELETE", "/session", "", "204")
	s.ask("ana", "GET", "/session", "", "401 sign-in-first")
	s.enters("ana", header("Cookie", "fund="+s.people["ana"]))
}

// S39: over https the cookie is bound to the host.
func TestCookieOverHTTPS(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	s.server.Secure = true
	r := s.ask("", "POST", "/session", credentials("ana@example.org", goodPassword), "201")
	if c := cookie(t, r); c.Name != "__Host-fund" || !c.Secure || c.Domain != "" || c.Path != "/" {
		t.Errorf("the cookie is %v", c)
	}
	if r.header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers may come back without https")
	}
}

// S31: nothing tells an account that is not there from a wrong password, one that
// has none yet, or one that is shut out: same answer, same work.
func TestNoAnswerTellsWhoHasAnAccount(t *testing.T) {
	s := storyAlone(t)
	s.account("ana", "applicant", "IOM", "un")
	s.account("out", "applicant", "IOM", "un")
	must(t, s.DisablePerson(context.Background(), store.As(domain.Console()), s.ids["out"]))
	s.person("new", "applicant", "IOM", "un") // has no password yet
	var first string
	for i, row := range []struct{ who, email, password string }{
		{"wrong password", "ana@example.org", "five small boats at dawn"},
		{"nobody", "nobody@example.org", goodPassword},
		{"shut out", "out@example.org", goodPassword},
		{"invited", "new@example.org", goodPassword},
		{"no password", "new@example.org", ""},
		{"no address", "ana", goodPassword},
		{"nothing", "", ""},
	} {
		before, _ := store.Hashings()
		r := s.ask("", "POST", "/session", credentials(row.email, row.password), "401 wrong-email-or-password")
		if after, _ := store.Hashings(); after != before+1 {
			t.Errorf("%s takes the work of %d passwords", row.who, after-before)
		}
		if i == 0 {
			first = string(r.raw)
		}
		if string(r.raw) != first {
			t.Errorf("%s is told\n%s, and not\n%s", row.who, r.raw, first)
		}
		if r.header.Get("Set-Cookie") != "" {
			t.Errorf("%s gets a cookie", row.who)
		}
	}
}

// S30: five guesses a quarter of an hour at one account, there or not, fifty from
// one address; the right password in between clears the account; waiting does too.
func TestGuessingIsThrottled(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	wrong := credentials("ana@example.org", "five small boats at dawn")
	for range store.GuessesPerAccount - 1 {
		s.ask("", "POST", "/session", wrong, "401 wrong-email-or-password")
	}
	s.enters("ana") // clears them
	for range store.GuessesPerAccount {
		s.ask("", "POST", "/session", wrong, "401 wrong-email-or-password")
		s.ask("", "POST", "/session", credentials("nobody@example.org", "x"), "401 wrong-email-or-password")
	}
	s.Clock.Add(5 * time.Minute)
	r := s.ask("", "POST", "/session", credentials("ANA@example.org", goodPassword), "429 too-many-attempts")
	if wait := r.header.Get("Retry-After"); wait != "601" {
		t.Errorf("asked to wait %s seconds", wait)
	}
	s.ask("", "POST", "/session", credentials("nobody@example.org", "x"), "429 too-many-attempts")
	s.ask("ana", "GET", "/session", "", "200") // whoever is in stays in
	s.Clock.Add(10*time.Minute + time.Second)
	s.enters("ana") // being refused did not prolong it

	for i := range store.GuessesPerAddress {
		s.ask("", "POST", "/session", credentials(fmt.Sprintf("guess%d@example.org", i), "x"), "401 wrong-email-or-password")
	}
	// S42: nobody gets another address by saying so.
	s.ask("", "POST", "/session", credentials("ana@example.org", goodPassword), "429 too-many-attempts", header("X-Forwarded-For", "198.51.100.7"),
		header("X-Real-Ip", "198.51.100.7"), header("Forwarded", "for=198.51.100.7"))
	elsewhere := func(r *http.Request) { r.RemoteAddr = "203.0.113.9:4711" }
	s.enters("ana", elsewhere)
}

// S42: what a proxy of ours says of the address is believed, and no other's word.
func TestAddressBehindAProxy(t *testing.T) {
	s := newStory(t)
	s.server.TrustedProxies = []string{"10.0.0.1"}
	s.handler = s.server.Handler()
	s.account("ana", "applicant", "IOM", "un")
	from := func(socket, says string) option {
		return func(r *http.Request) {
			r.RemoteAddr = socket + ":1"
			r.Header.Set("X-Forwarded-For", says)
		}
	}
	for i := range store.GuessesPerAddress {
		s.ask("", "POST", "/session", credentials(fmt.Sprintf("g%d@example.org", i), "x"), "401 wrong-email-or-password", from("10.0.0.1", "2001:db8::1"))
	}
	body := credentials("ana@example.org", goodPassword)
	s.ask("", "POST", "/session", body, "429 too-many-attempts", from("10.0.0.1", "2001:db8::ffff")) // the same network
	s.ask("", "POST", "/session", body, "201", from("203.0.113.9", "2001:db8::1"))
	s.ask("", "POST", "/session", body, "201", from("10.0.0.1", "2001:db8:1::1"))
}

// Many guesses at once get no further than one after another: each is counted
// under a lock before the password is looked at.
func TestGuessesAtOnce(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	const at = 12
	var mu sync.Mutex
	got := map[int]int{}
	s.Gate(t, `LOCK TABLE sign_in_failures IN EXCLUSIVE MODE`, at, func() {
		var all sync.WaitGroup
		for range at {
			all.Go(func() {
				r := httptest.NewRequest("POST", "/api/v1/session", strings.NewReader(credentials("ana@example.org", "five small boats at dawn")))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				s.handler.ServeHTTP(w, r)
				mu.Lock()
				got[w.Code]++
				mu.Unlock()
			})
		}
		all.Wait()
	})
	if got[401] != store.GuessesPerAccount || got[429] != at-store.GuessesPerAccount {
		t.Errorf("of %d guesses at once: %v", at, got)
	}
	// S28: they did not work all at once either.
	if _, most := store.Hashings(); most > store.HashingAtOnce {
		t.Errorf("%d passwords were hashed at once", most)
	}
}

// S36: a session ends an hour after it was last used, and twelve hours after it
// began whatever its use.
func TestSessionsEndByTime(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	r := s.enters("ana")
	if at := r.at("expires_at"); at != storetest.Start.Add(time.Hour).Format(time.RFC3339) {
		t.Errorf("it ends at %s", at)
	}
	s.Clock.Add(store.SessionIdle - time.Second)
	s.ask("ana", "GET", "/session", "", "200")
	s.Clock.Add(store.SessionIdle)
	s.ask("ana", "GET", "/session", "", "401 sign-in-first")
	s.ask("ana", "GET", "/people", "", "401 sign-in-first")

	s.enters("ana")
	for range 12 {
		s.Clock.Add(59 * time.Minute)
		s.ask("ana", "GET", "/session", "", "200")
	}
	s.Clock.Add(12*time.Minute - time.Second)
	s.ask("ana", "GET", "/session", "", "200")
	s.Clock.Add(time.Second)
	s.ask("ana", "GET", "/session", "", "401 sign-in-first")
}

// That a session is used is written at most once a minute.
func TestBeingSeenIsWrittenNowAndThen(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	s.enters("ana")
	seen := func() (at time.Time) {
		must(t, s.DB.Raw(`SELECT max(seen_at) FROM sessions WHERE ended_at IS NULL`).Row().Scan(&at))
		return at.UTC()
	}
	s.Clock.Add(store.SeenEvery - time.Second)
	s.ask("ana", "GET", "/session", "", "200")
	if !seen().Equal(storetest.Start) {
		t.Error("written within the minute")
	}
	s.Clock.Add(time.Second)
	s.ask("ana", "GET", "/session", "", "200")
	if !seen().Equal(storetest.Start.Add(store.SeenEvery)) {
		t.Error("not written after a minute")
	}
}

// S37: signing out ends the session where it is kept; one's own sessions are
// listed and ended, others' are missing; a person shut out is out everywhere.
func TestEndingSessions(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	s.account("bo", "applicant", "UNDP", "un")
	s.person("adam", "administrator", "IOM", "un")
	s.enters("ana", header("User-Agent", "a telephone\xff"))
	s.people["ana's telephone"] = s.people["ana"]
	s.Clock.Add(time.Minute)
	s.enters("ana")
	s.enters("bo")

	list := s.ask("ana", "GET", "/sessions", "", "200").List()
	if len(list) != 2 || list[0]["current"] != true || list[1]["current"] != false || list[1]["agent"] != "a telephone?" {
		t.Fatalf("ana's sessions: %v", list)
	}
	telephone := "/sessions/" + list[1]["id"].(string)
	s.ask("bo", "DELETE", telephone, "", "404 not-found")
	s.ask("adam", "DELETE", telephone, "", "404 not-found")
	s.ask("", "DELETE", telephone, "", "401 sign-in-first")
	s.ask("ana", "DELETE", telephone, "", "204")
	s.ask("ana", "DELETE", telephone, "", "404 not-found")
	s.ask("ana's telephone", "GET", "/session", "", "401 sign-in-first")

	out := s.ask("ana", "DELETE", "/session", "", "204")
	if out.header.Get("Clear-Site-Data") == "" || cookie(t, out).MaxAge >= 0 {
		t.Errorf("the browser keeps something: %v", out.header)
	}
	s.ask("ana", "GET", "/session", "", "401 sign-in-first")

	s.people["bo's telephone"] = s.people["bo"]
	s.enters("bo")
	s.ask("adam", "POST", "/people/"+s.ids["bo"].String()+"/disabling", "", "204")
	s.ask("bo", "GET", "/session", "", "401 sign-in-first")
	s.ask("bo's telephone", "GET", "/session", "", "401 sign-in-first")
	s.ask("", "POST", "/session", credentials("bo@example.org", goodPassword), "401 wrong-email-or-password")
	s.ask("adam", "POST", "/people/"+s.ids["bo"].String()+"/disabling", "", "409 person-disabled")
	s.ask("adam", "POST", "/people/"+s.ids["bo"].String()+"/enabling", "", "204")
	s.ask("bo", "GET", "/session", "", "401 sign-in-first")
	s.enters("bo")
}

// A hat is chosen where several are held; the one worn last is worn again. S24: a
// right ends with the fact that gave it, at the next request.
func TestHats(t *testing.T) {
	s := newStory(t)
	ana := s.account("ana", "applicant", "IOM", "un")
	s.person("adam", "administrator", "MPTFO", "agent")
	auditor := s.ask("adam", "POST", "/people/"+ana.String()+"/memberships",
		fmt.Sprintf(`{"organisation":%q,"role":"auditor","from":"2026-03-01","note":"Letter of 1 March"}`, s.org("OIOS", "un")), "201").at("id")

	r := s.enters("ana")
	if r.JSON()["hat"] != nil || len(r.JSON()["hats"].([]any)) != 2 {
		t.Fatalf("with two hats: %s", r.raw)
	}
	s.ask("ana", "GET", "/people", "", "403 not-permitted")
	s.ask("ana", "PUT", "/session/hat", fmt.Sprintf(`{"membership":%q}`, uuid.New()), "404 not-found")
	var adams uuid.UUID
	must(t, s.DB.Raw(`SELECT id FROM memberships WHERE person = ?`, s.ids["adam"]).Row().Scan(&adams))
	s.ask("ana", "PUT", "/session/hat", fmt.Sprintf(`{"membership":%q}`, adams), "404 not-found")
	s.ask("ana", "PUT", "/session/hat", fmt.Sprintf(`{"membership":%q}`, auditor), "200")
	s.ask("ana", "GET", "/people", "", "200")
	if r := s.enters("ana"); r.at("hat", "role") != "auditor" {
		t.Errorf("the hat worn last is not worn again: %s", r.raw)
	}
	// A hat is called as its wearer's language calls the organisation.
	s.ask("adam", "POST", fmt.Sprintf("/organisations/%s/aliases", s.org("OIOS", "un")), `{"text":"УСВН","kind":"acronym","language":"ru"}`, "200")
	if r := s.ask("ana", "PUT", "/session/language", `{"language":"ru"}`, "200"); r.at("hat", "name") != "УСВН" {
		t.Errorf("in Russian the hat is for %s", r.at("hat", "name"))
	}
	s.ask("ana", "PUT", "/session/language", `{"language":"en"}`, "200")

	s.ask("ana", "POST", "/memberships/"+auditor+"/ending", `{"on":"2026-03-01"}`, "403 not-permitted")
	s.ask("adam", "POST", "/memberships/"+auditor+"/ending", `{"on":"2026-03-01"}`, "200")
	s.ask("ana", "GET", "/people", "", "403 not-permitted")
	r = s.ask("ana", "GET", "/session", "", "200")
	if r.JSON()["hat"] != nil || len(r.JSON()["hats"].([]any)) != 1 {
		t.Errorf("a hat that ended yesterday is worn: %s", r.raw)
	}
	s.ask("ana", "PUT", "/session/hat", fmt.Sprintf(`{"membership":%q}`, auditor), "404 not-found")
}

// The last day of a role is a whole day where the fund is, and no longer.
func TestARoleEndsAtMidnightOfTheFund(t *testing.T) {
	s := newStory(t)
	s.person("cora", "auditor", "IOM", "un")
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2026-03-02]' WHERE person = ?`, s.ids["cora"]).Error)
	c, err := s.Charter(context.Background(), domain.Console(), time.Time{})
	must(t, err)
	midnight := c.Begins(time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC))
	s.Clock.Set(midnight.Add(-time.Second))
	s.ask("cora", "GET", "/people", "", "200")
	s.Clock.Set(midnight)
	s.ask("cora", "GET", "/people", "", "403 not-permitted")
}

func TestOwnLanguageAndPassword(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	s.enters("ana")
	s.people["telephone"] = s.people["ana"]
	s.enters("ana")
	s.ask("ana", "PUT", "/session/language", `{"language":"de"}`, "422 unknown-value")
	s.ask("ana", "PUT", "/session/language", `{"language":"ar"}`, "200")
	if r := s.ask("ana", "GET", "/people", "", "403 not-permitted"); r.header.Get("Content-Language") != "ar" {
		t.Error("refused in another language than the chosen one")
	}
	s.ask("ana", "PUT", "/session/password", `{"present":"not this one","password":"a quiet harbour town"}`, "422 wrong-present-password")
	s.ask("ana", "PUT", "/session/password", fmt.Sprintf(`{"present":%q,"password":"ana@example.org"}`, goodPassword), "422 password-too-common")
	s.ask("ana", "PUT", "/session/password", fmt.Sprintf(`{"present":%q,"password":"a quiet harbour town"}`, goodPassword), "204")
	s.ask("ana", "GET", "/session", "", "200")
	s.ask("telephone", "GET", "/session", "", "401 sign-in-first")
	s.ask("", "POST", "/session", credentials("ana@example.org", goodPassword), "401 wrong-email-or-password")
	s.ask("", "POST", "/session", credentials("ana@example.org", "a quiet harbour town"), "201")
}

// S40: a change asked for from another site is refused, and so is a body that a
// form of another site could send.
func TestOtherSitesAskForNothing(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	in := credentials("ana@example.org", goodPassword)
	for _, o := range []option{header("Sec-Fetch-Site", "cross-site"), header("Sec-Fetch-Site", "same-site"), header("Origin", "https://elsewhere.example")} {
		r := s.ask("", "POST", "/session", in, "403 cross-origin", o)
		if r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Error("the refusal goes out without its headers")
		}
	}
	s.ask("", "POST", "/session", in, "201", header("Sec-Fetch-Site", "same-origin"))
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} {
		s.ask("", "POST", "/session", in, "422 not-json", header("Content-Type", kind))
	}
	r := s.ask("", "GET", "/session", "", "401 sign-in-first", header("Origin", "https://elsewhere.example"))
	for name := range r.header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s lets other sites in", name)
		}
	}
}

// No event holds a name, an address, a password or a token.
func TestEventsNameNobody(t *testing.T) {
	s := newStory(t)
	s.account("ana", "applicant", "IOM", "un")
	s.enters("ana")
	s.person("adam", "administrator", "MPTFO", "agent")
	r := s.ask("adam", "POST", "/people", `{"email":"zoe@example.org","name":"Zoe Q"}`, "201", key("k"))
	token := r.at("token")
	again := s.ask("adam", "POST", "/people", `{"email":"zoe@example.org","name":"Zoe Q"}`, "201", key("k"))
	if again.JSON()["token"] != nil {
		t.Error("the token is told twice")
	}
	var kept []string
	must(t, s.DB.Raw(`SELECT changes::text || subject FROM events`).Scan(&kept).Error)
	all := strings.Join(kept, "\n")
	var answers []string
	must(t, s.DB.Raw(`SELECT coalesce(answer::text, '') FROM idempotency_keys`).Scan(&answers).Error)
	for _, secret := range []string{"ana", "zoe", "Zoe", goodPassword, token, s.people["ana"]} {
		if strings.Contains(all, secret) {
			t.Errorf("%q stands in an event", secret)
		}
	}
	if strings.Contains(strings.Join(answers, "\n"), token) {
		t.Error("the token stands in a kept answer")
	}
	if _, err := json.Marshal(kept); err != nil || len(kept) == 0 {
		t.Error("there are no events")
	}
}
