package api

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/policy"
	"startupfund/store/storetest"
)

// T19: who may ask for what, written by hand in testdata/access.csv and held
// against every route and role there is. A route without a line fails, and so
// does a line without a route. It asks with ids and bodies of nothing: what is
// compared is being let in (anything) with being kept out (401, 403). How far a
// role reaches, once in, is for the tests of each subject.
//
// S39, S41: whatever the answer, it carries the headers that every answer must.
func TestAccess(t *testing.T) {
	truth := readAccess(t)
	s := newStory(t)
	roles := append([]string{"hatless"}, rolesOf(t)...)
	for _, role := range roles {
		if role != "public" && role != "hatless" {
			hat := role
			s.person(role, hat, "ORG-"+role, "un")
		}
	}
	s.person("hatless", "applicant", "ORG-hatless", "un")
	must(t, s.DB.Exec(`DELETE FROM sessions`).Error)
	for _, r := range s.server.routes() {
		line := r.method + " " + r.path
		may, ok := truth[line]
		if !ok {
			t.Errorf("api/testdata/access.csv has no line for the route:\n%s, ROLES", line)
			continue
		}
		delete(truth, line)
		for _, role := range roles {
			answer := s.knock(r, role)
			if out := keptOut(answer); out == slices.Contains(may, role) {
				t.Errorf("%s as %s: %s", line, role, answer.Body)
			}
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
				if got := answer.Header().Get(name); got != want {
					t.Errorf("%s as %s: %s is %q", line, role, name, got)
				}
			}
			if csp := answer.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe-") {
				t.Errorf("%s as %s: the content policy is %q", line, role, csp)
			}
		}
	}
	for line := range truth {
		t.Errorf("api/testdata/access.csv speaks of %s, which is no route", line)
	}
}

// S40: asking changes nothing. Whoever reads leaves no event behind.
func TestReadingLeavesNoEvent(t *testing.T) {
	s := newStory(t)
	for _, role := range rolesOf(t) {
		if role != "public" {
			s.person(role, role, "ORG-"+role, "un")
		}
	}
	for _, r := range s.server.routes() {
		if r.method != http.MethodGet {
			continue
		}
		for _, role := range rolesOf(t) {
			s.knock(r, role)
		}
	}
	var n int
	must(t, s.DB.Raw(`SELECT count(*) FROM events`).Row().Scan(&n))
	if n != 0 {
		t.Errorf("reading left %d events", n)
	}
}

// keptOut is the door's own refusal, not a rule's.
func keptOut(w *httptest.ResponseRecorder) bool {
	body := w.Body.String()
	return w.Code == http.StatusUnauthorized && strings.Contains(body, `"sign-in-first"`) ||
		w.Code == http.StatusForbidden && strings.Contains(body, `"not-permitted"`)
}

var pathParameter = regexp.MustCompile(`:[a-z_]+`)

// knock asks for a route in a fresh session of the role.
func (s *story) knock(r route, role string) *httptest.ResponseRecorder {
	s.t.Helper()
	path := pathParameter.ReplaceAllString(r.path, uuid.NewString())
	body := "{}"
	if r.method == http.MethodGet {
		body = ""
	}
	ask := httptest.NewRequest(r.method, "/api/v1"+path, strings.NewReader(body))
	ask.Header.Set("Content-Type", "application/json")
	ask.Header.Set("Idempotency-Key", rand.Text())
	ask.Header.Set("If-Match", `"1"`)
	if role != string(domain.Public) {
		token := rand.Text()
		sum := sha256.Sum256([]byte(token))
		hat := `(SELECT id FROM memberships WHERE person = @person)`
		if role == "hatless" {
			hat = `NULL`
		}
		must(s.t, s.DB.Exec(`INSERT INTO sessions (id, token_hash, person, hat, created_at, seen_at, expires_at)
			VALUES (gen_random_uuid(), @sum, @person, `+hat+`, @at, @at, @until)`,
			map[string]any{"sum": sum[:], "person": s.ids[role], "at": storetest.Start, "until": storetest.Start.Add(time.Hour)}).Error)
		ask.AddCookie(&http.Cookie{Name: "fund", Value: token})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, ask)
	return w
}

func rolesOf(t *testing.T) (roles []string) {
	p, err := policy.New()
	must(t, err)
	for _, r := range p.Roles() {
		roles = append(roles, string(r))
	}
	return roles
}

// readAccess reads the table: a line a route, "METHOD /path, roles". Besides the
// roles, "all" is everybody and "signed-in" everybody but the public; hatless is
// somebody signed in who wears no hat.
func readAccess(t *testing.T) map[string][]string {
	file, err := os.Open("testdata/access.csv")
	must(t, err)
	defer file.Close()
	roles := append(rolesOf(t), "hatless")
	truth := map[string][]string{}
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		route, words, ok := strings.Cut(text, ", ")
		if _, twice := truth[route]; !ok || twice {
			t.Fatalf("access.csv:%d says nothing, or says it twice: %s", n, text)
		}
		var may []string
		for _, word := range strings.Fields(words) {
			switch {
			case word == "all":
				may = append(may, roles...)
			case word == "signed-in":
				may = append(may, slices.DeleteFunc(slices.Clone(roles), func(r string) bool { return r == "public" })...)
			case slices.Contains(roles, word):
				may = append(may, word)
			default:
				t.Fatalf("access.csv:%d: %s is no role", n, word)
			}
		}
		truth[route] = may
	}
	must(t, lines.Err())
	return truth
}
