package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What the database would choke on, and what an address does not take, is refused
// before anybody is asked.
func TestAddressesAndMethods(t *testing.T) {
	s := newStory(t)
	for _, x := range []struct {
		method, target, key, want string
	}{
		{"GET", "/api/v1/calls?after=%00", "", "422 malformed"},
		{"GET", "/api/v1/calls?after=%ff&limit=0", "", "422 malformed"},
		{"GET", "/api/v1/calls?%ff=1", "", "422 malformed"},
		{"GET", "/api/v1/calls?after=%zz", "", "422 malformed"},
		{"GET", "/api/v1/calls?after=a&after=b", "", "422 malformed"},
		{"GET", "/api/v1/decisions/%00", "", "422 malformed"},
		{"GET", "/api/v1/decisions/%ff", "", "422 malformed"},
		{"GET", "/api/v1/charter?on=1950-01-01", "", "409 no-charter-in-force"},
		{"POST", "/api/v1/session", "\xff", "422 malformed"},
		{"POST", "/api/v1/session", "a b", "422 malformed"},
		{"DELETE", "/api/v1/calls", "", "405 method-not-allowed"},
		{"TRACE", "/api/v1/calls", "", "405 method-not-allowed"},
		{"OPTIONS", "/api/v1/calls", "", "204 "},
		{"HEAD", "/api/v1/calls", "", "200 "},
		{"HEAD", "/en/", "", "200 "},
		{"HEAD", "/api/v1/nothing", "", "404 not-found"},
	} {
		r := httptest.NewRequest(x.method, x.target, strings.NewReader(`{}`))
		r.Header.Set("Content-Type", "application/json")
		if x.key != "" {
			r.Header.Set("Idempotency-Key", x.key)
		}
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		got := reply{t, w.Code, w.Header(), w.Body.Bytes()}
		code := ""
		if w.Header().Get("Content-Type") == "application/problem+json" {
			code = got.at("code")
		}
		if wanted := strings.SplitN(x.want, " ", 2); wanted[0] != fmt.Sprint(w.Code) || wanted[1] != code || strings.Contains(string(got.raw), "no value") {
			t.Errorf("%s %s: %d %s, not %s\n%s", x.method, x.target, w.Code, code, x.want, got.raw)
		}
		if w.Code == http.StatusMethodNotAllowed && w.Header().Get("Allow") == "" {
			t.Errorf("%s %s does not say what is allowed", x.method, x.target)
		}
	}
}

// What a body holds beside what was meant is refused at its place, and nothing is
// changed on the way in.
func TestTextsAndInstantsOfABody(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM", "un")
	meeting := func(title, startsAt string) string {
		return fmt.Sprintf(`{"title": "%s", "starts_at": "%s"}`, title, startsAt)
	}
	for _, x := range []struct{ body, want, field string }{
		{meeting("a\\u0000", "2026-03-02T09:00:00Z"), "422 hidden-characters", "/title"},
		{meeting("a\\u202egpj", "yesterday"), "422 hidden-characters", "/title"},
		{meeting("a\\ud800", "2026-03-02T09:00:00Z"), "422 hidden-characters", "/title"},
		{meeting("a\xff", "2026-03-02T09:00:00Z"), "422 hidden-characters", "/title"},
		{meeting("a", "9999-12-31T23:59:59-12:00"), "422 bad-instant", "/starts_at"},
		{meeting("a", "0001-01-02T00:00:00Z"), "422 bad-instant", "/starts_at"},
		{meeting("a", "yesterday"), "422 bad-instant", "/starts_at"},
		{meeting("قرار\u200cها — naïve\\tこ", "2026-03-02T09:00:00+03:00"), "201", ""},
	} {
		r := s.ask("sec", "POST", "/meetings", x.body, x.want)
		if x.field != "" && r.at("field") != x.field {
			t.Errorf("%s: at %s", x.body, r.at("field"))
		}
	}
	s.ask("sec", "POST", "/meetings/"+s.ask("sec", "GET", "/meetings", "", "200").List()[0]["id"].(string)+"/presences", `{"person": "me"}`, "422 wrong-type")
}
