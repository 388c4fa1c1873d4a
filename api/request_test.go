package api

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/problem"
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

// What is of the wrong kind is told where it stands, in the contract's words: which of
// several it is, too.
func TestWhatIsOfTheWrongKindIsToldWhereItStands(t *testing.T) {
	type line struct {
		Amount *money           `json:"amount"`
		Year   int              `json:"year"`
		On     *time.Time       `json:"on"`
		Marks  map[string]check `json:"marks"`
		Of     uuid.UUID        `json:"of"`
	}
	type sheet struct {
		Lines   []line         `json:"lines"`
		Answers domain.Answers `json:"answers"`
	}
	for body, want := range map[string]string{
		`{"lines":[{},{"amount":{"amount":1,"currency":"USD"}}]}`: "/lines/1/amount/amount string",
		`{"lines":[{"amount":"1.00"}]}`:                           "/lines/0/amount object",
		`{"lines":[{"year":"one"}]}`:                              "/lines/0/year integer",
		`{"lines":[{"year":1.5}]}`:                                "/lines/0/year integer",
		`{"lines":[{"year":1e30}]}`:                               "/lines/0/year integer",
		`{"lines":[{"year":null}]}`:                               "/lines/0/year integer",
		`{"lines":[{"on":20261122}]}`:                             "/lines/0/on string",
		`{"lines":[{"of":[]}]}`:                                   "/lines/0/of string",
		`{"lines":[{"marks":{"a~b/c":{"done":"yes"}}}]}`:          "/lines/0/marks/a~0b~1c/done boolean",
		`{"lines":{}}`:                                            "/lines array",
		`{"lines":[[]]}`:                                          "/lines/0 object",
		`{"answers":"all"}`:                                       "/answers object",
		`[]`:                                                      " object",
		`{"lines":[{"year":3,"amount":null}],"answers":{"a":[1,{"b":true}]}}`: "",
	} {
		var in sheet
		err := strict([]byte(body), &in)
		got := ""
		var p problem.Problem
		if errors.As(err, &p) {
			got = fmt.Sprintf("%s %v", p.Field, p.Params()["wanted"])
		}
		if got != want || err != nil && !errors.Is(err, errType) {
			t.Errorf("%s: %q, want %q (%v)", body, got, want, err)
		}
	}
}

type check struct {
	Done bool `json:"done"`
}

// Who sends too much reads that it is too much, whether or not they said beforehand how
// much it is: the line is not cut while they are still sending.
func TestTooMuchIsToldToWhoStillSends(t *testing.T) {
	s := newStory(t)
	s.person("sec", "secretariat", "IOM", "un")
	server := httptest.NewServer(s.handler)
	defer server.Close()
	for _, x := range []struct {
		name string
		size int
		told bool
	}{
		{"a document of JSON", largestJSON + 8<<20, true},
		{"the same, its size not told", largestJSON + 8<<20, false},
		{"more than anything may be", largestBody + 8<<20, true},
		{"the same, its size not told", largestBody + 8<<20, false},
	} {
		ask, err := http.NewRequest("POST", server.URL+"/api/v1/meetings", io.LimitReader(blanks{}, int64(x.size)))
		must(t, err)
		if x.told {
			ask.ContentLength = int64(x.size)
		}
		ask.Header.Set("Content-Type", "application/json")
		ask.AddCookie(&http.Cookie{Name: "fund", Value: s.people["sec"]})
		got := plainly(t, ask)
		if !strings.HasPrefix(got, "HTTP/1.1 413 ") || !strings.Contains(got, `"code":"too-large"`) {
			t.Errorf("%s: %.300s", x.name, got)
		}
	}
}

// blanks is as much white space as is asked for.
type blanks struct{}

func (blanks) Read(into []byte) (int, error) {
	for i := range into {
		into[i] = ' '
	}
	return len(into), nil
}

// plainly sends all of a request before it listens, as a plain client does.
func plainly(t *testing.T, ask *http.Request) string {
	t.Helper()
	line, err := net.Dial("tcp", ask.URL.Host)
	must(t, err)
	defer line.Close()
	must(t, line.SetDeadline(time.Now().Add(time.Minute)))
	if err := ask.Write(line); err != nil {
		return err.Error()
	}
	b := make([]byte, 4096)
	n, err := io.ReadAtLeast(line, b, 1000)
	if n == 0 {
		return err.Error()
	}
	return string(b[:n])
}
