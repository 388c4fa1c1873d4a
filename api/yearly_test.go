package api

import (
	"fmt"
	"strings"
	"testing"
)

func init() {
	for path, ask := range map[string]string{
		"/body/reviews": "/body/reviews", "/body/reviews/:year": "/body/reviews/2026", "/body/reviews/:year/export": "/body/reviews/2026/export?format=csv",
		"/body/reviews/:year/document": "/body/reviews/2026/document?format=html", "/body/reviews/:year/committee": "/body/reviews/2026/committee?format=html",
	} {
		leakAsks[path] = ask
	}
}

// row finds a line of a part of a review by what it begins with.
func (r reply) row(part, begins string) string {
	for _, t := range r.JSON()["tables"].([]any) {
		if t := t.(map[string]any); t["part"] == part {
			for _, row := range t["rows"].([]any) {
				if cells := row.([]any); strings.HasPrefix(cells[0].(string), begins) {
					return strings.Trim(fmt.Sprint(cells[1:]), "[]")
				}
			}
		}
	}
	return "no such line"
}

// The figures of a year are drawn up from the record; every seat comments while the review
// is open; closing freezes both for ever, and opened again it is another version.
func TestAYearIsReviewed(t *testing.T) {
	s, meeting, _ := minuted(t)
	objected := s.listed(meeting, strings.Replace(policyVote, `"vote"`, `"consensus"`, 1))
	s.ask("chair", "POST", objected+"/opening", "", "200")
	s.ask("donors-2", "POST", objected+"/positions", `{"position": "object", "reason": "It is too early."}`, "201")
	s.ask("donors-3", "POST", objected+"/positions", `{"position": "object", "reason": "It is too late."}`, "201")
	s.ask("donors-2", "POST", objected+"/positions", `{"position": "agree", "reason": "It is time."}`, "201")
	s.ask("chair", "POST", objected+"/ladder", `{"text": "No way forward was found."}`, "200")
	s.ask("chair", "POST", meeting+"/closing", "", "200")
	second := "/meetings/" + s.ask("sec", "POST", "/meetings", `{"title": "Third meeting", "starts_at": "2026-03-02T15:00:00Z"}`, "201").at("id")
	s.ask("chair", "POST", second+"/opening", "", "200")
	s.ask("donors-1", "POST", second+"/presences", `{}`, "201")
	s.person("alt", "member/alternate", "DONORS-2", "state")
	s.person("capital", "member/adviser", "DONORS-3", "state")
	s.ask("alt", "POST", second+"/presences", `{}`, "201")
	s.ask("chair", "POST", second+"/closing", "", "200")

	const year = "/body/reviews/2026"
	r := s.ask("donors-1", "GET", year, "", "200")
	for _, x := range [][3]string{
		{"attendance", "donors-1", "2 2 0 0"}, {"attendance", "donors-2", "2 1 1 0"}, {"attendance", "donors-3", "2 1 0 1"},
		{"periods", "From first submission", "1 too few to say 0 2026-002"},
		{"decisions", "Grant, By consensus", "1"}, {"decisions", "Policy, By consensus", "1"},
		{"outcomes", "Withdrawn", "1"}, {"outcomes", "Without consensus, under way", "1"},
		{"objections", "By consensus", "2 1 0 1 0"}, {"recusals", "Own state", "2"},
		{"money", "Decided", "1,000,000.00\u00a0USD 1,000,000.00\u00a0USD"}, {"money", "Contributions", "2,000,000.00\u00a0USD 2,000,000.00\u00a0USD"},
		{"grants", "No regional group", "1 1,000,000.00\u00a0USD 100.00 %"}, {"seats", "No regional group", "12 100.00 %"},
	} {
		if got := r.row(x[0], x[1]); got != x[2] {
			t.Errorf("%s, %s: %q, not %q", x[0], x[1], got, x[2])
		}
	}
	if r.at("state") != "none" || r.at("version") != "0" || r.at("abridged") != "false" {
		t.Errorf("as it stands: %s", r.raw)
	}
	// What an interest hides is counted for nobody from whom it is hidden.
	own := s.ask("recipients-1", "GET", year, "", "200")
	if own.at("abridged") != "true" || own.row("recusals", "Own state") != "no such line" || own.row("outcomes", "Withdrawn") != "no such line" || own.row("decisions", "Grant") != "1" {
		t.Errorf("recipients-1 reads %s", own.raw)
	}
	for _, x := range [][2]string{{"", "401 sign-in-first"}, {"aud", "200"}, {"chair", "200"}, {"sec", "200"}, {"admin", "403 not-permitted"}} {
		s.ask(x[0], "GET", year, "", x[1])
	}
	for _, path := range []string{"/body/reviews/2027", "/body/reviews/1999", "/body/reviews/x", year + "?version=1"} {
		s.ask("sec", "GET", path, "", "404 not-found")
	}

	comments := year + "/comments"
	comment := func(language, text string) string { return fmt.Sprintf(`{"language":%q,"text":%q}`, language, text) }
	s.ask("donors-1", "POST", comments, comment("en", "Fine."), "409 yearly-review-stage")
	s.ask("donors-1", "POST", year+"/openings", "", "403 not-permitted")
	s.ask("sec", "POST", "/body/reviews/2027/openings", "", "422 not-a-year-to-review")
	if r := s.ask("sec", "POST", year+"/openings", "", "200"); r.at("state") != "open" || len(r.JSON()["silent"].([]any)) != 13 {
		t.Errorf("open: %s", r.raw)
	}
	s.ask("sec", "POST", year+"/openings", "", "409 yearly-review-stage")
	s.wasToldOf("donors-2", "yearly-review-opened")
	if got := strings.Join(s.waits("donors-1"), ", "); !strings.Contains(got, "yearly-review.comment 2026") {
		t.Errorf("on donors-1 waits %s", got)
	}
	s.ask("sec", "POST", comments, comment("en", "Fine."), "403 not-permitted")
	s.ask("capital", "POST", comments, comment("en", "Fine."), "403 adviser-does-not-decide")
	s.ask("donors-1", "POST", comments, comment("xx", ""), "422 required")
	s.ask("donors-1", "POST", comments, comment("en", "We met too seldom."), "200")
	s.ask("alt", "POST", comments, comment("fr", "Il faut un calendrier."), "200")
	s.ask("chair", "POST", comments, comment("ar", "شكرا للجميع."), "200")
	s.wasToldOf("sec", "yearly-review-commented")
	if got := strings.Join(s.waits("donors-1"), ", "); strings.Contains(got, "yearly-review.comment") {
		t.Errorf("on donors-1 waits %s still", got)
	}
	r = s.ask("recipients-2", "GET", year, "", "200")
	if len(r.JSON()["comments"].([]any)) != 3 || len(r.JSON()["silent"].([]any)) != 10 || !strings.Contains(string(r.raw), "Il faut un calendrier.") {
		t.Errorf("another member reads %s", r.raw)
	}

	// The organisations of the Executive Committee read it; another's people find nothing.
	s.person("otto", "organisation", "UNICEF", "un")
	s.ask("otto", "GET", year, "", "404 not-found")
	if r := s.ask("otto", "GET", "/body/reviews", "", "200").List(); len(r) != 0 {
		t.Errorf("who is not of it is told of %v", r)
	}
	belong := s.ask("sec", "POST", "/executive-committee", fmt.Sprintf(`{"organisation": "%s", "from": "2026-03-01", "note": "Terms of reference"}`, s.orgs["UNICEF"]), "201").at("id")
	r = s.ask("otto", "GET", year, "", "200")
	if got := fmt.Sprint(r.JSON()["committee"].(map[string]any)["joined"]); !strings.Contains(got, "UNICEF") || !strings.Contains(got, "2026-03-01") {
		t.Errorf("who joined: %s", got)
	}
	s.ask("otto", "POST", comments, comment("en", "Fine."), "403 not-permitted")
	s.ask("sec", "POST", "/committee-terms/"+belong+"/ending", `{"until": "2026-03-31", "note": "Note of March"}`, "200")

	s.ask("sec", "POST", year+"/closings", "", "409 year-not-over")
	s.Clock.Add(s.until("2027-01-02"))
	s.ask("donors-1", "POST", year+"/closings", "", "403 not-permitted")
	r = s.ask("sec", "POST", year+"/closings", "", "200")
	hash := r.at("record_sha256")
	if r.at("state") != "closed" || r.at("version") != "1" || len(hash) != 64 || r.at("as_of") != "2026-12-31" || r.row("objections", "By consensus") != "2 1 0 1 0" {
		t.Errorf("closed: %s", r.raw)
	}
	if got := fmt.Sprint(r.JSON()["committee"].(map[string]any)["left"]); !strings.Contains(got, "UNICEF") || !strings.Contains(got, "Note of March") {
		t.Errorf("who left: %s", got)
	}
	s.ask("donors-1", "POST", comments, comment("en", "Later."), "409 yearly-review-stage")
	s.ask("sec", "POST", year+"/closings", "", "409 yearly-review-stage")
	for _, sql := range []string{`UPDATE yearly_closings SET record = record`, `DELETE FROM yearly_comments`} {
		if err := s.DB.Exec(sql).Error; err == nil {
			t.Errorf("history can be changed: %s", sql)
		}
	}

	// As a file, in the reader's words and for programs; as a document in Arabic.
	if got := string(s.ask("sec", "GET", year+"/export?format=csv", "", "200").raw); !strings.Contains(got, "Objections and how they ended,,By consensus,Lifted,1,") {
		t.Errorf("as CSV: %s", got)
	}
	if got := string(s.ask("sec", "GET", year+"/export?format=json", "", "200").raw); !strings.Contains(got, `"part":"money","by":"","line":"decided","measure":"in-year","value":{"amount":"1000000.00","currency":"USD"}`) {
		t.Errorf("for programs: %s", got)
	}
	if got := string(s.ask("sec", "GET", year+"/document?format=html&language=ar", "", "200").raw); !strings.Contains(got, "شكرا للجميع.") || !strings.Contains(got, hash) || !strings.Contains(got, `dir="rtl"`) || strings.Contains(got, "yearly.") {
		t.Errorf("as a document: %s", got)
	}
	if got := string(s.ask("sec", "GET", year+"/committee?format=html", "", "200").raw); !strings.Contains(got, "Secretary-General") || !strings.Contains(got, "Note of March") {
		t.Errorf("the list of changes: %s", got)
	}

	// Opened again it is another version; what was closed stands.
	s.ask("sec", "POST", year+"/openings", "", "200")
	s.ask("sec", "POST", year+"/closings", "", "200")
	if r := s.ask("sec", "GET", year+"?version=1", "", "200"); r.at("record_sha256") != hash || len(r.JSON()["versions"].([]any)) != 2 || len(r.JSON()["comments"].([]any)) != 3 {
		t.Errorf("the first version: %s", r.raw)
	}
	if r := s.ask("sec", "GET", "/body/reviews", "", "200").List(); len(r) != 2 || r[1]["state"] != "closed" || r[1]["versions"] != 2.0 {
		t.Errorf("the years: %v", r)
	}
	s.allHolds()
}
