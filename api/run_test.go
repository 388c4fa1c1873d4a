package api

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"startupfund/store"
	"startupfund/store/storetest"
)

var async = header("Prefer", "respond-async")

// ended waits for a run of somebody's and gives it.
func (s *story) ended(who, run string) (r reply) {
	s.t.Helper()
	storetest.Eventually(s.t, func() bool {
		r = s.ask(who, "GET", "/runs/"+run, "", "200")
		return r.JSON()["ended_at"] != nil
	})
	return r
}

// What takes long is answered at once and done after: once, as its person would
// have done it, and seen by nobody else.
func TestARequestPutOff(t *testing.T) {
	s := bankStory(t)
	stop := s.work(nil)
	file := camt(t, "S1", "2026-03-02", "0.00", "5.00", "5.00")
	s.ask("ana", "POST", "/bank-statements", file, "403 not-permitted", xml, async)
	s.ask("pia", "POST", "/bank-statements", file, "428 idempotency-key-required", xml, async, key(""))
	put := s.ask("pia", "POST", "/bank-statements", file, "202", xml, async, key("one"), header("Content-Description", "rel%C3%A9v%C3%A9.xml"))
	if put.header.Get("Preference-Applied") != "respond-async" || put.header.Get("Location") != "/api/v1/runs/"+put.at("id") {
		t.Errorf("it is at %v", put.header)
	}
	r := s.ended("pia", put.at("id"))
	if r.at("state") != "done" || r.at("name") != "relévé.xml" || r.at("answer", "lines") != "1" || !strings.HasPrefix(r.at("location"), "/api/v1/bank-statements/") {
		t.Errorf("the run ended as %s", r.raw)
	}
	// The same again, put off or not, is what it was; another under its key is refused.
	if again := s.ask("pia", "POST", "/bank-statements", file, "202", xml, async, key("one")); again.at("id") != put.at("id") {
		t.Error("asked again, another run")
	}
	if now := s.ask("pia", "POST", "/bank-statements", file, "201", xml, key("one")); now.at("statements") != r.at("answer", "statements") {
		t.Error("asked again at once, another answer")
	}
	s.ask("pia", "POST", "/bank-statements", file+" ", "422 idempotency-key-reused", xml, async, key("one"))

	// What is refused is refused in its person's words, and the run tells it.
	s.ask("pia", "PUT", "/session/language", `{"language":"fr"}`, "200")
	refused := s.ended("pia", s.ask("pia", "POST", "/bank-statements", camt(t, "S2", "2026-03-04", "5.01", "5.01"), "202", xml, async).at("id"))
	if refused.at("state") != "refused" || refused.at("problem", "code") != "statement-gap" || !strings.Contains(refused.at("problem", "title"), "relevé") {
		t.Errorf("refused: %s", refused.raw)
	}
	if n := len(s.ask("pia", "GET", "/runs", "", "200").List()); n != 2 {
		t.Errorf("%d runs", n)
	}
	s.ask("rui", "GET", "/runs/"+put.at("id"), "", "404 not-found")
	if list := s.ask("rui", "GET", "/runs", "", "200").List(); len(list) != 0 {
		t.Errorf("another sees %v", list)
	}

	// Nobody's hat any more when its turn comes: it is not done.
	stop()
	late := s.ask("pia", "POST", "/bank-statements", camt(t, "S2", "2026-03-03", "5.00", "6.00", "1.00"), "202", xml, async).at("id")
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,2026-01-01)' WHERE person = ?`, s.ids["pia"]).Error)
	must(t, s.Perform(t.Context(), uuid.MustParse(late), s.server.Perform))
	must(t, s.DB.Exec(`UPDATE memberships SET term = '[2020-01-01,)' WHERE person = ?`, s.ids["pia"]).Error)
	if r := s.ended("pia", late); r.at("problem", "code") != "not-permitted" {
		t.Errorf("without a hat: %s", r.raw)
	}
}

// A program that stops over a run leaves it to be begun again; what was done twice
// is done once.
func TestARunIsBegunAgain(t *testing.T) {
	s := bankStory(t)
	id := uuid.MustParse(s.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "5.00", "5.00"), "202", xml, async).at("id"))
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Perform(ctx, id, func(ctx context.Context, r store.Run) (int, string, []byte) {
		if status, _, _ := s.server.Perform(ctx, r); status != http.StatusCreated { // committed, and killed before it could say so
			t.Errorf("first: %d", status)
		}
		cancel()
		return http.StatusInternalServerError, "", nil
	})
	if err == nil {
		t.Error("the job is thought done")
	}
	if r := s.ask("pia", "GET", "/runs/"+id.String(), "", "200"); r.at("state") != "running" || r.at("phase") != "matching" {
		t.Errorf("meanwhile: %s", r.raw)
	}
	must(t, s.DB.Exec(`UPDATE runs SET beat_at = beat_at - interval '1 minute'`).Error)
	if r := s.ask("pia", "GET", "/runs/"+id.String(), "", "200"); r.at("state") != "stalled" {
		t.Errorf("with nobody at it: %s", r.raw)
	}
	for range 2 {
		must(t, s.Perform(t.Context(), id, s.server.Perform))
	}
	if r := s.ended("pia", id.String()); r.at("state") != "done" || r.at("answer", "lines") != "1" {
		t.Errorf("again: %s", r.raw)
	}
	var kept, statements int
	must(t, s.DB.Raw(`SELECT count(body), (SELECT count(*) FROM bank_statements) FROM runs`).Row().Scan(&kept, &statements))
	if kept != 0 || statements != 1 {
		t.Errorf("%d inputs kept, %d statements", kept, statements)
	}
}
