package api

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
)

func init() { openapi3filter.RegisterBodyDecoder("text/event-stream", openapi3filter.FileBodyDecoder) }

// stream is what somebody reads of a meeting's events, over a line of their own.
type stream struct {
	t     *testing.T
	lines chan string
	all   string
}

func (s *story) follows(at *httptest.Server, who, meeting string) *stream {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s.t.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.URL+"/api/v1"+meeting+"/live", nil)
	must(s.t, err)
	r.AddCookie(&http.Cookie{Name: "fund", Value: s.people[who]})
	answer, err := at.Client().Do(r)
	must(s.t, err)
	s.t.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatalf("%s is answered %d, %s", who, answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	f := &stream{t: s.t, lines: make(chan string, 100)}
	go func() {
		defer close(f.lines)
		for l := bufio.NewScanner(answer.Body); l.Scan(); {
			f.lines <- l.Text()
		}
	}()
	return f
}

// hears waits for an event that says something; "" is the end of the stream.
func (f *stream) hears(what string) {
	f.t.Helper()
	patience := time.After(20 * time.Second)
	for {
		select {
		case line, more := <-f.lines:
			f.all += line + "\n"
			switch {
			case !more && what == "":
				return
			case !more:
				f.t.Fatalf("the stream ended before %q: %s", what, f.all)
			case what != "" && strings.Contains(line, what):
				return
			}
		case <-patience:
			f.t.Fatalf("%q did not come: %s", what, f.all)
		}
	}
}

// Everybody is told which item the meeting is at, as it moves; whoever is out of its sight is
// told of an item without its name.
func TestTheMeetingIsSeenMoving(t *testing.T) {
	s, meeting := bodyOf13(t)
	ending := make(chan struct{})
	s.server.Live, s.server.Ending = time.Minute, ending
	q := strings.TrimPrefix(s.listed(meeting, strings.Replace(policyVote, "A paper", "The "+word, 1)), "/questions/")
	s.ask("donors-2", "POST", "/questions/"+q+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
	at := httptest.NewServer(s.handler)
	t.Cleanup(at.Close)
	one, recused := s.follows(at, "donors-1", meeting), s.follows(at, "donors-2", meeting)
	one.hears(`{"state":"open","present":null}`)
	recused.hears(`{"state":"open","present":null}`)

	s.ask("donors-1", "PUT", meeting+"/present", `{"item":"`+q+`"}`, "403 not-in-the-chair")
	s.ask("aud", "PUT", meeting+"/present", `{"item":"`+q+`"}`, "403 not-permitted")
	s.ask("chair", "PUT", meeting+"/present", `{"item":"`+s.ids["chair"].String()+`"}`, "422 unknown-value")
	s.ask("chair", "PUT", meeting+"/present", `{"item":"`+q+`"}`, "200")
	one.hears(`"present":"` + q + `"`)
	recused.hears(`"present":"` + q + `"`)
	for who, sees := range map[string]bool{"donors-1": true, "donors-2": false} {
		got := s.ask(who, "GET", meeting, "", "200")
		if got.at("present") != q || strings.Contains(string(got.raw), word) != sees {
			t.Errorf("%s reads %s", who, got.raw)
		}
	}
	// What else happens is told too; who comes later is told at once where it is.
	s.ask("donors-3", "POST", "/questions/"+q+"/interests", `{"kind":"personal","note":"A sister."}`, "201")
	one.hears(`"present":"` + q + `"`)
	late := s.follows(at, "stakeholders-1", meeting)
	late.hears(`"present":"` + q + `"`)
	s.ask("sec", "PUT", meeting+"/present", `{}`, "200")
	one.hears(`"present":null`)
	s.ask("chair", "PUT", meeting+"/present", `{"item":"`+q+`"}`, "200")
	s.ask("chair", "POST", meeting+"/closing", unsettled("", [2]string{"/questions/" + q, "Not reached."}), "200")
	recused.hears(`{"state":"closed","present":null}`)
	if strings.Contains(recused.all, word) {
		t.Errorf("the stream tells whoever is recused %s", recused.all)
	}
	s.ask("", "GET", meeting+"/live", "", "401 sign-in-first")
	s.ask("donors-1", "GET", "/meetings/"+s.ids["chair"].String()+"/live", "", "404 not-found")
	close(ending) // the program stops: nobody is waited for
	one.hears("")
	s.allHolds()
}
