package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/uuid"

	"startupfund/policy"
	"startupfund/store/storetest"
)

// The harness of the story tests: people ask over HTTP, every request and answer
// is held against the contract, and each story ends with `fund check`.

func TestMain(m *testing.M) { storetest.Main(m) }

// story is a fund, its HTTP and its people.
type story struct {
	*storetest.Fund
	t       *testing.T
	handler http.Handler
	server  *Server
	people  map[string]string // name → session token
	orgs    map[string]uuid.UUID
	ids     map[string]uuid.UUID // name → person
}

// The table of policy and the words never change: every story shares them.
var (
	table = sync.OnceValues(policy.New)
	said  = sync.OnceValues(LoadWords)
)

func newStory(t *testing.T) *story {
	t.Helper()
	t.Parallel() // each has a fund of its own
	return storyAlone(t)
}

// storyAlone is a story beside which no other runs: of what the whole program counts.
func storyAlone(t *testing.T) *story {
	t.Helper()
	pol, err := table()
	must(t, err)
	words, err := said()
	must(t, err)
	f := storetest.New(t)
	s := &Server{Store: f.Store, Policy: pol, Words: words, Live: 20 * time.Millisecond, Log: slog.New(slog.NewTextHandler(testLog{t}, nil))}
	return &story{Fund: f, t: t, handler: s.Handler(), server: s, people: map[string]string{}, orgs: map[string]uuid.UUID{}, ids: map[string]uuid.UUID{}}
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// org makes an organisation of a kind, or finds the one made before.
func (s *story) org(code, kind string) uuid.UUID {
	s.t.Helper()
	if id, ok := s.orgs[code]; ok {
		return id
	}
	id := uuid.New()
	must(s.t, s.DB.Exec(`INSERT INTO organisations (id, code, name, kind, created_at) VALUES (?, ?, ?, ?, ?)`, id, code, code, kind, storetest.Start).Error)
	s.orgs[code] = id
	return id
}

// person signs somebody in under a hat that has been theirs since 2020. The hat
// is "role", or "member/alternate".
func (s *story) person(name, hat, org, kind string) uuid.UUID {
	s.t.Helper()
	role, capacity, _ := strings.Cut(hat, "/")
	if role == "member" && capacity == "" {
		capacity = "representative"
	}
	id, membership, token := uuid.New(), uuid.New(), rand.Text()
	sum := sha256.Sum256([]byte(token))
	o := s.org(org, kind)
	must(s.t, s.DB.Exec(`INSERT INTO persons (id, email, name, created_at) VALUES (?, ?, ?, ?)`, id, name+"@example.org", name, storetest.Start).Error)
	must(s.t, s.DB.Exec(`INSERT INTO memberships (id, person, organisation, role, capacity, term, created_at) VALUES (?, ?, ?, ?, ?, '[2020-01-01,)', ?)`,
		membership, id, o, role, capacity, storetest.Start).Error)
	must(s.t, s.DB.Exec(`INSERT INTO sessions (id, token_hash, person, hat, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		uuid.New(), sum[:], id, membership, storetest.Start, storetest.Start.AddDate(10, 0, 0), storetest.Start.AddDate(10, 0, 0)).Error)
	s.people[name], s.ids[name] = token, id
	return id
}

// reply is what came back.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	raw    []byte
}

// JSON is the body as a tree.
func (r reply) JSON() map[string]any {
	r.t.Helper()
	var out map[string]any
	if err := json.Unmarshal(r.raw, &out); err != nil {
		r.t.Fatalf("no object: %s", r.raw)
	}
	return out
}

// List is the body as a list of objects.
func (r reply) List() []map[string]any {
	r.t.Helper()
	var out []map[string]any
	if err := json.Unmarshal(r.raw, &out); err != nil {
		r.t.Fatalf("no list: %s", r.raw)
	}
	return out
}

// at walks the body: at("markers", "gender", "code"). Numbers come as text.
func (r reply) at(path ...string) string {
	r.t.Helper()
	var here any = r.JSON()
	for _, p := range path {
		if list, is := here.([]any); is {
			if n, err := strconv.Atoi(p); err == nil && n < len(list) {
				here = list[n]
				continue
			}
		}
		m, ok := here.(map[string]any)
		if !ok {
			r.t.Fatalf("nothing at %v in %s", path, r.raw)
		}
		here = m[p]
	}
	return fmt.Sprint(here)
}

// tag is the ETag.
func (r reply) tag() string { return r.header.Get("ETag") }

type option func(*http.Request)

func ifMatch(tag string) option { return func(r *http.Request) { r.Header.Set("If-Match", tag) } }
func key(k string) option {
	return func(r *http.Request) {
		if r.Header.Del("Idempotency-Key"); k != "" {
			r.Header.Set("Idempotency-Key", k)
		}
	}
}
func header(name, value string) option { return func(r *http.Request) { r.Header.Set(name, value) } }

// ask sends one request as somebody ("" is the public) and wants "201", or
// "409 wrong-stage". Writes carry a fresh key unless an option says otherwise.
func (s *story) ask(who, method, path, body, want string, opts ...option) reply {
	s.t.Helper()
	r := s.send(who, method, path, body, opts...)
	got := fmt.Sprint(r.status)
	if r.header.Get("Content-Type") == "application/problem+json" {
		got += " " + r.at("code")
	}
	if got != want {
		s.t.Fatalf("%s %s %s %s\n got %s\nwant %s\n%s", who, method, path, body, got, want, r.raw)
	}
	return r
}

func (s *story) send(who, method, path, body string, opts ...option) reply {
	s.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if method != http.MethodGet {
		r.Header.Set("Idempotency-Key", rand.Text())
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
	}
	if who != "" {
		token, ok := s.people[who]
		if !ok {
			s.t.Fatalf("nobody is called %s", who)
		}
		r.AddCookie(&http.Cookie{Name: "fund", Value: token})
	}
	for _, o := range opts {
		o(r)
	}
	sent := r.Clone(context.Background())
	sent.Body = io.NopCloser(strings.NewReader(body))
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	out := reply{s.t, w.Code, w.Header(), w.Body.Bytes()}
	agreesWithContract(s.t, sent, out)
	if bytes.Contains(out.raw, []byte("no value")) {
		s.t.Errorf("%s %s is answered with a sentence that lacks something: %s", method, path, out.raw)
	}
	return out
}

// contract is api/openapi.yaml, read once.
func contract(t testing.TB) (*openapi3.T, routers.Router) {
	t.Helper()
	c, err := theContract()
	must(t, err)
	return c.doc, c.router
}

type contracted struct {
	doc    *openapi3.T
	router routers.Router
}

var theContract = sync.OnceValues(func() (c contracted, err error) {
	if c.doc, err = openapi3.NewLoader().LoadFromData(openAPI); err == nil {
		err = c.doc.Validate(context.Background())
	}
	if err == nil {
		c.router, err = legacy.NewRouter(c.doc)
	}
	return c, err
})

// agreesWithContract holds an answer, and the request where it was taken, against
// the contract.
func agreesWithContract(t *testing.T, r *http.Request, got reply) {
	t.Helper()
	_, router := contract(t)
	route, params, err := router.FindRoute(r)
	if err != nil {
		if got.status == http.StatusNotFound {
			return
		}
		t.Fatalf("the contract knows no %s %s: %v", r.Method, r.URL.Path, err)
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	if got.status < 300 {
		if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil {
			t.Fatalf("%s %s was taken against the contract: %v", r.Method, r.URL.Path, err)
		}
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: got.status, Header: got.header,
		Body: io.NopCloser(bytes.NewReader(got.raw)), Options: in.Options}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Fatalf("%s %s answers %d against the contract: %v", r.Method, r.URL.Path, got.status, err)
	}
}

// days moves the story's clock on.
func (s *story) days(n int) { s.Clock.Add(time.Duration(n) * 24 * time.Hour) }

// until is how far the story's clock is from noon of a day.
func (s *story) until(day string) time.Duration {
	s.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	must(s.t, err)
	return at.Add(12 * time.Hour).Sub(s.Clock.Now())
}
