package api

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// leakAsks says of every GET route how it is asked about the item that is out of
// somebody's sight: {proposal}, {question} and the like are its own, and other ids are
// left as they are. "-" is a route that is not the body's; TestNothingLeaks holds the
// answer to be 403 then; "=" one that is the same for everybody and has nothing of the fund's. A `!` before an ask is one in which a member without an interest
// finds the item, so that the walk is known to look where it could be.
var leakAsks = map[string]string{
	"/setup": "/setup", "/session": "/session", "/sessions": "/sessions", "/tasks": "!/tasks", "/notices": "!/notices !/notices?unread=true",
	"/runs": "/runs", "/runs/:id": "/runs/{question}",
	"/people": "-", "/people/export": "-", "/people/:id": "-",
	"/organisations": "/organisations /organisations?q={word}", "/organisations/export": "/organisations/export?format=csv", "/organisations/:id": "/organisations/{state}",
	"/organisations/names": "/organisations/names", "/organisations/:id/groups": "/organisations/{state}/groups", "/footnotes": "/footnotes", "/duplicates": "-",
	"/charter": "/charter", "/charter/rules": "/charter/rules", "/policy": "/policy", "/charter/versions": "/charter/versions", "/charter/comparison": "/charter/comparison?from=1&to=1",
	"/charter/drafts": "/charter/drafts", "/charter/drafts/:id": "/charter/drafts/{question}", "/charter/drafts/:id/parts/:part": "/charter/drafts/{question}/parts/body", "/openapi.yaml": "=",
	"/statement": "/statement", "/course": "/course", "/statement/:code/vouchers": "/statement/transfers/vouchers", "/vouchers/:id": "/vouchers/{proposal}",
	"/agreements": "-", "/agreements/:id": "-", "/agreements/:id/deposits": "-", "/contributions": "/contributions", "/mous": "-",
	"/transfer-requests": "-", "/transfer-requests/:id": "-", "/awaited-cover": "/awaited-cover",
	"/forms": "/forms", "/forms/:phase/versions/:n": "/forms/concept/versions/1",
	"/calls": "/calls", "/calls/:id": "/calls/{call}", "/calls/:id/lacks": "-", "/calls/:id/enquiries": "/calls/{call}/enquiries",
	"/proposals":        "!/proposals !/proposals?q={word} !/proposals?q={ref} !/proposals?call={call} !/proposals?state={state} /proposals?q={ref}&order=score !/proposals?assessor={scorer}",
	"/proposals/counts": "!/proposals/counts !/proposals/counts?q={word} !/proposals/counts?q={ref} !/proposals/counts?state={state} !/proposals/counts?assessor={scorer}",
	"/proposals/export": "!/proposals/export?format=csv !/proposals/export?format=csv&q={word}",
	"/searches":         "/searches", "/proposals/:id": "!/proposals/{proposal}", "/proposals/:id/lacks": "!/proposals/{proposal}/lacks",
	"/proposals/:id/versions/:n": "!/proposals/{proposal}/versions/1", "/proposals/:id/document": "!/proposals/{proposal}/document !/proposals/{proposal}/document?version=1",
	"/proposals/:id/budget": "!/proposals/{proposal}/budget", "/proposals/:id/budget-sheet": "!/proposals/{proposal}/budget-sheet",
	"/proposals/:id/screenings": "!/proposals/{proposal}/screenings", "/proposals/:id/clarifications": "!/proposals/{proposal}/clarifications",
	"/proposals/:id/advice": "!/proposals/{proposal}/advice", "/advice-requests": "-", "/advice-requests/:id": "-",
	"/proposals/:id/endorsements":                      "!/proposals/{proposal}/endorsements",
	"/proposals/:id/endorsements/:endorsement/content": "!/proposals/{proposal}/endorsements/{endorsement}/content",
	"/papers": "-", "/focal-points": "-", "/accreditation-notes": "-", "/proposals/:id/team": "-",
	"/assessments": "!/assessments", "/calls/:id/assessors": "-", "/proposals/:id/scores": "!/proposals/{proposal}/scores", "/calls/:id/scoring-habits": "!/calls/{call}/scoring-habits",
	"/portfolio": "/portfolio /portfolio?chosen={proposal} /portfolio?call={call}&chosen={proposal}", "/portfolio/export": "/portfolio/export?format=csv&chosen={proposal}",
	"/attachments":     "!/attachments?kind=proposal&subject={proposal} /attachments?kind=question&subject={question}",
	"/attachments/:id": "!/attachments/{file}", "/attachments/:id/content": "!/attachments/{file}/content",
	"/operational-rates": "/operational-rates", "/bank-accounts": "-", "/bank-statements": "-", "/bank-statements/:id": "-", "/bank-movements": "-", "/reconciliation": "-", "/reconciliation/counts": "-", "/bank-lines/:id": "-", "/proof": "-",
	"/seats": "/seats", "/seat-terms/:id/letter": "/seat-terms/{proposal}/letter", "/constituencies": "/constituencies", "/executive-committee": "/executive-committee", "/rotation": "/rotation", "/rotation/outlook": "-",
	"/standing-interests": "/standing-interests",
	"/meetings":           "/meetings /meetings?q={word}", "/meetings/export": "/meetings/export?format=csv", "/meetings/:id": "!/meetings/{meeting}", "/meetings/:id/calendar": "/meetings/{meeting}/calendar", "/calendar": "/calendar", "/calendars/:token": "/calendars/{token}.ics",
	"/meetings/:id/papers": "!/meetings/{meeting}/papers", "/questions/:id/papers": "!/questions/{question}/papers", "/meetings/:id/live": "/meetings/{meeting}/live", "/meetings/:id/accredited": "/meetings/{meeting}/accredited",
	"/silences": "/silences", "/questions/:id/thread": "/questions/{question}/thread",
	"/questions/:id": "!/questions/{question}", "/questions/:id/arithmetic": "!/questions/{question}/arithmetic", "/questions/:id/precedents": "/questions/{question}/precedents",
	"/decisions": "/decisions /decisions?q={word}", "/decisions/export": "/decisions/export?format=csv", "/decisions/key": "=", "/decisions/:number": "/decisions/2026-009", "/decisions/:number/file": "/decisions/2026-009/file",
	"/pipeline": "/pipeline", "/pipeline/sheet": "/pipeline/sheet", "/pipeline/entries/:id": "/pipeline/entries/{proposal}", "/pipeline/editions": "/pipeline/editions",
	"/pipeline/editions/:n": "/pipeline/editions/1", "/pipeline/editions/:n/content": "/pipeline/editions/1/content", "/pipeline/editions/:n/sheet": "/pipeline/editions/1/sheet",
	"/programmes": "/programmes /programmes?q={word}", "/programmes/export": "/programmes/export?format=csv", "/programmes/:id": "/programmes/{proposal}",
	"/programmes/:id/books": "/programmes/{proposal}/books", "/programmes/:id/expenditures": "-", "/expenditures": "/expenditures", "/programmes/:id/conditions": "/programmes/{proposal}/conditions", "/conditions": "/conditions",
	"/programmes/:id/change-requests": "!/programmes/{programme}/change-requests", "/change-requests": "!/change-requests",
	"/reports": "/reports", "/programmes/:id/reports": "/programmes/{proposal}/reports", "/programmes/:id/reports/:key": "/programmes/{programme}/reports/annual-2026", "/programmes/:id/reports/:key/versions/:n": "/programmes/{programme}/reports/annual-2026/versions/1",
}

// leaks is a body before which there are two items, and what would tell of them: a grant
// that is open, with all that belongs to it, and a change of a programme, listed.
type leaks struct {
	*story
	ids     map[string]string
	markers []string
	told    map[string][]string // by route: the ids by which the recused open an item and read why
	recused []string            // who asks
}

const word = "zibeline"

// conflicted is how those who are out of sight of the items came to be.
type conflicted struct {
	chair    bool         // the Chair has declared an interest too, and another presides
	standing bool         // donors-2 has declared theirs once, about the applicant and a partner
	merged   bool         // network-3 has none: the applicants are merged into it once the question was put
	before   func(*story) // done before anything is there
}

func newLeaks(t *testing.T) leaks { return leaksOf(t, conflicted{}) }

func leaksOf(t *testing.T, how conflicted) leaks {
	s, meeting := bodyOf13(t)
	if how.before != nil {
		how.before(s)
	}
	s.pot("unearmarked", "2000000.00")
	call := s.openCall()
	s.person("una", "expert", "UNICEF", "un")
	jp := s.granted2(meeting, call)
	note := s.note("RECIPIENTS-1")
	note["title"], note["summary"] = "The "+word+" of safe roads", "All of "+word+"."
	s.person("ana", "applicant", "PMU-RECIPIENTS-1", "un")
	s.person("foc", "focal-point", "RECIPIENTS-1", "state")
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	p := "/proposals/" + r.at("id")
	ref := r.at("ref")
	file := s.attaches("ana", p, word+".pdf", aPDF(900), "200")
	s.ask("foc", "POST", p+"/endorsement", `{"note":"NV `+word+`"}`, "200", ifMatch(s.ask("ana", "GET", p, "", "200").tag()))
	s.ask("ana", "POST", p+"/submission", "", "201")
	endorsement := fmt.Sprint(s.ask("sec", "GET", p+"/endorsements", "", "200").JSON()["states"].([]any)[0].(map[string]any)["endorsement"].(map[string]any)["id"])
	s.ask("sec", "POST", p+"/screening", allMet(1), "200")
	s.ask("sec", "POST", p+"/clarifications", `{"language":"en","text":"Which `+word+`?"}`, "200")
	s.ask("sec", "POST", p+"/advice", fmt.Sprintf(`{"organisation":%q,"language":"en","text":"Is the %s sound?"}`, s.orgs["UNICEF"], word), "200")
	for _, who := range []string{"donors-1", "donors-3", "stakeholders-1"} {
		s.ask(who, "POST", p+"/scores", strings.Replace(points(4), "Sound.", "A fine "+word+".", 1), "201")
	}
	q := s.listed(meeting, strings.NewReplacer("A grant", "Grant for a "+word, "approves it", "approves the "+word).Replace(grantOf(strings.TrimPrefix(p, "/proposals/"), "")))
	s.ask("otto", "POST", jp+"/change-requests", changeOf("no-cost-extension", `,"ends_on":"2028-08-28"`), "201")
	change := s.ask("sec", "GET", "/change-requests", "", "200").List()[0]
	x := s.listed(meeting, strings.Replace(revisionOf(fmt.Sprint(change["id"])), "A change", "Change of the quagga", 1))
	for _, item := range []string{q, x} {
		if !how.standing {
			s.ask("donors-2", "POST", item+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
		}
		if how.chair {
			s.ask("chair", "POST", item+"/interests", `{"kind":"personal","note":"A sister."}`, "201")
		}
	}
	if how.standing {
		for _, about := range []string{"PMU-RECIPIENTS-1", "ILO"} {
			s.ask("donors-2", "POST", "/standing-interests", fmt.Sprintf(`{"kind":"personal","note":"A brother.","about":%q}`, s.orgs[about]), "201")
		}
	}
	presides := "chair"
	if how.chair {
		presides = "donors-1" // the longest on the body
	}
	s.ask(presides, "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position":"abstain","reason":"Too much `+word+`."}`, "201")
	l := leaks{story: s, recused: []string{"donors-2", "recipients-1"}, ids: map[string]string{"proposal": p, "question": q, "change": x, "file": file, "endorsement": endorsement, "call": call, "meeting": meeting, "programme": jp,
		"state": s.orgs["RECIPIENTS-1"].String(), "scorer": s.orgs["DONORS-1"].String(), "word": word, "ref": ref}}
	if how.chair {
		l.recused = []string{"chair"}
	}
	if how.merged {
		l.recused = []string{"network-3"}
		for _, one := range []string{"PMU-RECIPIENTS-1", "PMU-QZ"} {
			s.merges(one, "NETWORK-3")
		}
	}
	for name, path := range l.ids {
		l.ids[name] = path[strings.LastIndex(path, "/")+1:]
	}
	l.ids["token"] = strings.TrimSuffix(strings.TrimPrefix(s.ask("donors-2", "POST", "/calendar", "", "201").at("path"), "/api/v1/calendars/"), ".ics")
	l.markers = []string{word, ref, l.ids["proposal"], l.ids["question"], l.ids["file"], l.ids["change"], fmt.Sprint(change["id"]), fmt.Sprint(change["ref"]), "quagga", "The rains came late."}
	l.told = map[string][]string{"/meetings/:id": {l.ids["question"], l.ids["change"]}, "/questions/:id": {l.ids["question"]}}
	return l
}

// granted2 is a programme under way, of another state.
func (s *story) granted2(meeting, call string) string {
	s.t.Helper()
	s.person("otto", "organisation", "ILO", "un")
	s.adopt(meeting, grantOf(s.noted(call, "QZ", "ILO 400000.00"), ""))
	jp := "/programmes/" + fmt.Sprint(s.ask("", "GET", "/programmes", "", "200").List()[0]["id"])
	must(s.t, s.DB.Exec(`INSERT INTO programme_steps (programme, n, step, state, starts_on, ends_on, person, at)
		SELECT id, version, 'start', 'active', '2026-03-01', '2028-02-28', ?, ? FROM programmes WHERE id = ?`, s.ids["sec"], s.Clock.Now(), jp[len("/programmes/"):]).Error)
	must(s.t, s.DB.Exec(`UPDATE programmes SET state = 'active', starts_on = '2026-03-01', ends_on = '2028-02-28', version = version + 1`).Error)
	return jp
}

var leakName = regexp.MustCompile(`\{[a-z]+\}`)

// of fills in an ask, with the item's own ids or with those of nothing.
func (l leaks) of(ask string, own bool) string {
	return leakName.ReplaceAllStringFunc(ask, func(name string) string {
		id := l.ids[strings.Trim(name, "{}")]
		if _, err := uuid.Parse(id); err == nil && !own {
			return uuid.NewSHA1(uuid.Nil, []byte(name)).String()
		}
		if !own {
			return "nothing"
		}
		return id
	})
}

// found are the markers in an answer that what was asked did not have.
func (l leaks) found(path string, r reply) (told []string) {
	for _, m := range l.markers {
		if strings.Contains(strings.ToLower(string(r.raw)+fmt.Sprint(r.header)), strings.ToLower(m)) && !strings.Contains(path, m) {
			told = append(told, m)
		}
	}
	return told
}

// Whoever has an interest that takes an item out of sight finds nothing of it by any
// route of the API: declared (donors-2) or following from the facts (recipients-1, whose
// state's it is). A route that is not in the table fails: how it is asked is to be said.
func TestNothingLeaks(t *testing.T) { walked(t, newLeaks(t)) }

// So it is with an interest that was declared once, before there was an item.
func TestNothingOfWhatAStandingInterestTouchesLeaks(t *testing.T) {
	walked(t, leaksOf(t, conflicted{standing: true}))
}

// And so it is with the Chair, by every route that is open to the Chair too.
func TestNothingLeaksToAConflictedChair(t *testing.T) { walked(t, leaksOf(t, conflicted{chair: true})) }

// And with whoever has come to be one organisation with those whose items they are.
func TestNothingLeaksToAMergedOrganisation(t *testing.T) {
	walked(t, leaksOf(t, conflicted{merged: true}))
}

func walked(t *testing.T, l leaks) {
	t.Helper()
	known := map[string]bool{}
	for _, r := range l.server.routes() {
		if r.method != http.MethodGet {
			continue
		}
		known[r.path] = true
		asks, ok := leakAsks[r.path]
		if !ok {
			t.Errorf("leakAsks does not say how GET %s is asked about an item that is out of sight", r.path)
			continue
		}
		if asks == "=" {
			continue
		}
		if asks == "-" && l.recused[0] == "chair" { // some of these are the Chair's
			for _, own := range []string{"proposal", "question", "change"} {
				path := pathParameter.ReplaceAllString(r.path, l.ids[own])
				if got := l.send("chair", "GET", path, ""); len(l.found(path, got)) > 0 {
					t.Errorf("GET %s tells the Chair of %v: %.600s", path, l.found(path, got), got.raw)
				}
			}
			continue
		}
		if asks == "-" {
			if got := l.send("donors-2", "GET", pathParameter.ReplaceAllString(r.path, uuid.NewString()), ""); got.status != 403 {
				t.Errorf("GET %s is called not the body's, and is answered %d", r.path, got.status)
			}
			continue
		}
		for _, ask := range strings.Fields(asks) {
			l.asked(r.path, strings.TrimPrefix(ask, "!"), strings.HasPrefix(ask, "!"))
		}
	}
	for path := range leakAsks {
		if !known[path] {
			t.Errorf("leakAsks speaks of GET %s, which is no route", path)
		}
	}
}

// No refusal tells of an item that is out of sight: whatever is done to it, with its own
// ids, by those who are recused from it.
func TestRefusalsDoNotLeak(t *testing.T) { refused(t, newLeaks(t)) }

func TestRefusalsDoNotLeakToAConflictedChair(t *testing.T) {
	refused(t, leaksOf(t, conflicted{chair: true}))
}

func TestRefusalsDoNotLeakWhatAStandingInterestTouches(t *testing.T) {
	refused(t, leaksOf(t, conflicted{standing: true}))
}

func TestRefusalsDoNotLeakToAMergedOrganisation(t *testing.T) {
	refused(t, leaksOf(t, conflicted{merged: true}))
}

func refused(t *testing.T, l leaks) {
	t.Helper()
	of := map[string]string{"proposals": "proposal", "questions": "question", "attachments": "file", "calls": "call", "meetings": "meeting", "programmes": "programme", "organisations": "state"}
	asked := 0
	for _, r := range l.server.routes() {
		parts := strings.Split(r.path, "/")
		if r.method == http.MethodGet || len(parts) < 3 || of[parts[1]] == "" || parts[2] != ":id" {
			continue
		}
		path := "/" + parts[1] + "/" + l.ids[of[parts[1]]] + strings.Join(append([]string{""}, parts[3:]...), "/")
		path = pathParameter.ReplaceAllString(path, l.ids["endorsement"])
		for _, who := range l.recused {
			for _, body := range []string{`{}`, `{"position":"agree","kind":"other","reason":"x","version":1,"points":{},"comment":"","language":"en","text":"x","note":"x"}`} {
				got := l.send(who, r.method, path, body, header("If-Match", `"1"`))
				asked++
				told := slices.DeleteFunc(l.found(path, got), func(m string) bool { return slices.Contains(l.markers[5:], m) && who == "recipients-1" })
				if own := parts[1] == "proposals" || parts[1] == "questions"; len(told) > 0 || own && got.status < 400 {
					t.Errorf("%s %s as %s is answered %d, and tells of %v: %.400s", r.method, path, who, got.status, told, got.raw)
				}
			}
		}
	}
	if asked < 50*len(l.recused) {
		t.Errorf("only %d were asked", asked)
	}
}

// asked asks once, as a member without interest and as those who have one. What belongs
// to the item alone is as missing to them as what there is not.
func (l leaks) asked(route, ask string, sees bool) {
	l.t.Helper()
	path := l.of(ask, true)
	control := l.send("donors-3", "GET", path, "")
	if sees && control.status != 200 || !sees && len(l.found(path, control)) > 0 {
		l.t.Errorf("GET %s: a member without interest is answered %d, and finds %v", ask, control.status, l.found(path, control))
	}
	for _, who := range l.recused {
		got, nothing := l.send(who, "GET", path, ""), l.send(who, "GET", l.of(ask, false), "")
		told := slices.DeleteFunc(l.found(path, got), func(m string) bool {
			ofChange := slices.Contains(l.markers[5:], m)
			return slices.Contains(l.told[route], m) || ofChange && who == "recipients-1" // the change is another state's
		})
		if len(told) > 0 {
			l.t.Errorf("GET %s tells %s of %v: %.600s", ask, who, told, got.raw)
		}
		if own := strings.Contains(ask, "{proposal}") || strings.Contains(ask, "{file}"); own && (got.status != nothing.status || got.status != 404 && got.status != 200) {
			l.t.Errorf("GET %s answers %s %d, and %d where there is nothing", ask, who, got.status, nothing.status)
		}
		if who == "donors-2" && sees && string(got.raw) == string(control.raw) {
			l.t.Errorf("GET %s answers %s what it answers to whoever has no interest", ask, who)
		}
	}
}
