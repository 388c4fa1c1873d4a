package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// reporting is a story with a programme that was granted on a joint programme
// document, and its people.
type reporting struct {
	*story
	programme string // "/programmes/…"
}

// granted takes a proposal of QM through both stages to a programme: ana leads its
// team, eli edits, ILO convenes (its ivo is not of the team).
func granted(t *testing.T) *reporting {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	call := s.twoStages()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eli", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-XX", "un")
	s.person("ivo", "applicant", "ILO", "un")
	s.person("foc", "focal-point", "QM", "state")
	s.person("otto", "organisation", "UNHCR", "un")
	s.person("audrey", "auditor", "AUDIT", "un")
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	note["answers"] = answersOf(t, conceptAnswers)
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + r.at("id")
	s.ask("eli", "POST", path+"/team-joining", "", "200")
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(r.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	id := strings.TrimPrefix(path, "/proposals/")
	s.adopted(meeting, `{"kind": "pipeline", "procedure": "consensus", "title": "Selection", "text": "The body selects it.", "language": "en", "proposal": "`+id+`"}`)
	note["answers"] = s.documentAnswers("QM", "ILO", "UNHCR", "UNWOMEN")
	note["budget"] = s.budgetOf("ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	r = s.ask("ana", "PUT", path, text(note), "200", ifMatch(s.ask("ana", "GET", path, "", "200").tag()))
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 2"}`, "200", ifMatch(r.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("sec", "POST", path+"/screening", allMet(2), "200")
	s.adopted(meeting, grantOf(id, ""))
	return &reporting{s, "/programmes/" + s.ask("", "GET", "/programmes", "", "200").List()[0]["id"].(string)}
}

// runs gives the programme its days, as its start does.
func (s *reporting) runs(from, to string) {
	s.t.Helper()
	id := strings.TrimPrefix(s.programme, "/programmes/")
	must(s.t, s.DB.Exec(`INSERT INTO programme_steps (programme, n, step, state, starts_on, ends_on, person, at)
		SELECT id, version, 'start', 'active', ?::date, ?::date, ?, ? FROM programmes WHERE id = ?`, from, to, s.ids["sec"], s.Clock.Now(), id).Error)
	must(s.t, s.DB.Exec(`UPDATE programmes SET state = 'active', starts_on = ?::date, ends_on = ?::date, version = version + 1 WHERE id = ?`, from, to, id).Error)
}

func (s *story) on(day string) {
	d, err := time.Parse(time.DateOnly, day)
	must(s.t, err)
	s.Clock.Set(d.Add(9 * time.Hour))
}

// calendar is "key state late" of each line as somebody sees it.
func (s *reporting) calendar(who string) (all []string) {
	s.t.Helper()
	for _, x := range s.ask(who, "GET", s.programme+"/reports", "", "200").JSON()["items"].([]any) {
		l := x.(map[string]any)
		all = append(all, fmt.Sprintf("%s %s %v", l["key"], l["state"], l["late_days"]))
	}
	return all
}

func (s *reporting) shows(who string, want ...string) {
	s.t.Helper()
	if got := s.calendar(who); !slices.Equal(got, want) {
		s.t.Errorf("%q sees %q, not %q", who, got, want)
	}
}

// lastTold is what somebody was told last, the latest first.
func (s *story) lastTold(who string, want ...string) {
	s.t.Helper()
	if got := s.told(who); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		s.t.Errorf("%s was told %v, and last not %v", who, got, want)
	}
}

// said is a report that lacks nothing: each indicator at its target.
func (s *reporting) said(of reply) map[string]any {
	s.t.Helper()
	var v reportView
	must(s.t, json.Unmarshal(of.raw, &v))
	results, outputs := map[string]any{}, map[string]any{}
	for _, o := range v.Framework {
		for _, x := range o.Outputs {
			outputs[x.Code] = "under-way"
			for _, i := range x.Indicators {
				results[i.Key] = map[string]any{"value": i.Target, "note": ""}
			}
		}
	}
	return map[string]any{"language": "en", "results": results, "outputs": outputs, "answers": map[string]any{"summary": "Desks opened.", "deviations": "None.",
		"beneficiaries": []any{map[string]any{"group": "migrants", "women": 120, "men": 80, "girls": 0, "boys": 0}}, "participation": "Five of eleven steer.", "lessons": "Evenings."}}
}

// A year's report: begun by its team, written over the version that was read, held
// against that year's targets, handed in late, returned, mended and accepted; the
// wrong people and times beside the right ones.
func TestAReportIsWrittenReturnedAndAccepted(t *testing.T) {
	s := granted(t)
	s.shows("ana") // it has not begun: nothing is due
	s.runs("2026-04-01", "2028-03-31")
	s.shows("ana", "annual-2026 open 0", "annual-2027 open 0", "final open 0", "evaluation open 0")
	annual := s.programme + "/reports/annual-2026"
	s.on("2026-03-31")
	s.ask("ana", "POST", annual+"/beginning", "", "409 report-too-early")
	s.on("2026-11-20")
	for who, want := range map[string]string{"eve": "404 not-found", "sec": "403 not-permitted", "foc": "403 not-permitted", "": "403 not-permitted"} {
		if who == "" {
			want = "401 sign-in-first"
		}
		s.ask(who, "POST", annual+"/beginning", "", want)
	}
	s.ask("ana", "POST", s.programme+"/reports/annual-2030/beginning", "", "404 report-not-asked")
	s.ask("ana", "POST", s.programme+"/reports/evaluation/beginning", "", "404 report-not-asked")
	r := s.ask("eli", "POST", annual+"/beginning", "", "200")
	if again := s.ask("ana", "POST", annual+"/beginning", "", "200"); again.at("id") != r.at("id") {
		t.Error("begun twice, it is two")
	}
	for _, who := range []string{"eve", "sec", "chair", "otto", ""} {
		s.ask(who, "GET", annual, "", "404 not-found") // a draft is its authors'
	}
	s.ask("foc", "GET", annual, "", "200")
	s.ask("audrey", "GET", annual, "", "200")
	s.shows("sec", "annual-2026 open 0", "annual-2027 open 0", "final open 0", "evaluation open 0")

	said := s.said(r)
	s.ask("eli", "PUT", annual, text(said), "428 say-which-version")
	s.ask("eve", "PUT", annual, text(said), "404 not-found", ifMatch(r.tag()))
	s.ask("foc", "PUT", annual, text(said), "403 not-permitted", ifMatch(r.tag()))
	said["results"].(map[string]any)["9.9-1"] = map[string]any{"value": "1", "note": ""}
	s.ask("eli", "PUT", annual, text(said), "422 no-such-indicator", ifMatch(r.tag()))
	delete(said["results"].(map[string]any), "9.9-1")
	first := slices.Sorted(maps.Keys(said["results"].(map[string]any)))[0]
	target := said["results"].(map[string]any)[first].(map[string]any)["value"]
	said["results"].(map[string]any)[first] = map[string]any{"value": "about half", "note": ""}
	saved := s.ask("eli", "PUT", annual, text(said), "200", ifMatch(r.tag()))
	s.ask("ivo", "PUT", annual, text(said), "412 changed-since", ifMatch(r.tag()))
	if !strings.Contains(string(saved.raw), "not-a-figure") || !strings.Contains(string(saved.raw), "report-too-early") {
		t.Errorf("what it lacks: %s", saved.at("lacks"))
	}
	said["results"].(map[string]any)[first] = map[string]any{"value": "-1", "note": ""}
	saved = s.ask("ivo", "PUT", annual, text(said), "200", ifMatch(saved.tag()))

	// It comes two days late, by the lead or the convening organisation.
	s.on("2027-03-31")
	s.ask("eli", "POST", annual+"/submission", "", "403 not-your-part")
	s.ask("ana", "POST", annual+"/submission", "", "422 shortfall-not-explained")
	said["results"].(map[string]any)[first] = map[string]any{"value": "-1", "note": "The by-law waits."}
	saved = s.ask("eli", "PUT", annual, text(said), "200", ifMatch(saved.tag()))
	s.on("2027-04-02")
	s.shows("sec", "annual-2026 open 2", "annual-2027 open 0", "final open 0", "evaluation open 0")
	s.shows("", "annual-2026 open 0", "annual-2027 open 0", "final open 0", "evaluation open 0")
	if due := s.ask("sec", "GET", "/reports", "", "200").List(); len(due) != 1 || due[0]["convening"] != "ILO" || due[0]["key"] != "annual-2026" {
		t.Errorf("the secretariat watches %v", due)
	}
	s.ask("ana", "GET", "/reports", "", "403 not-permitted")
	s.ask("ana", "POST", annual+"/submission", "", "428 idempotency-key-required", header("Idempotency-Key", ""))
	s.ask("ana", "POST", annual+"/submission", "", "200")
	s.ask("ana", "POST", annual+"/submission", "", "409 wrong-report-state")
	s.ask("eli", "PUT", annual, text(said), "409 wrong-report-state", ifMatch(s.ask("eli", "GET", annual, "", "200").tag()))
	got := s.ask("sec", "GET", annual, "", "200")
	if got.at("state") != "submitted" || got.at("late_days") != "2" {
		t.Errorf("handed in, it is %s", got.raw)
	}
	s.ask("otto", "GET", annual, "", "200") // a participating organisation
	s.ask("", "GET", annual, "", "404 not-found")
	s.ask("eve", "GET", annual, "", "404 not-found")

	// Returned with points, mended, and accepted.
	s.ask("ana", "POST", annual+"/finding", `{"outcome":"accepted","remark":"","points":[]}`, "403 not-permitted")
	s.ask("sec", "POST", annual+"/finding", `{"outcome":"returned","remark":"","points":[]}`, "422 required")
	s.ask("sec", "POST", annual+"/finding", `{"outcome":"lost","remark":"","points":[]}`, "422 unknown-value")
	s.ask("sec", "POST", annual+"/finding", `{"outcome":"returned","remark":"Nearly.","points":[{"section":"people","todo":"Count the girls."}]}`, "200")
	s.ask("sec", "POST", annual+"/finding", `{"outcome":"accepted","remark":"","points":[]}`, "409 wrong-report-state")
	r = s.ask("eli", "GET", annual, "", "200")
	if !strings.Contains(string(r.raw), "Count the girls.") || strings.Contains(r.at("findings"), "sec@") {
		t.Errorf("the team reads %s", r.at("findings"))
	}
	said["answers"].(map[string]any)["summary"] = "Desks opened, and girls were counted."
	s.ask("eli", "PUT", annual, text(said), "200", ifMatch(r.tag()))
	if got := s.ask("sec", "GET", annual, "", "200"); strings.Contains(string(got.raw), "girls were counted") {
		t.Error("what is being mended is read before it is handed in")
	}
	s.on("2027-05-10")
	s.ask("ivo", "POST", annual+"/submission", "", "200")
	s.ask("sec", "POST", annual+"/finding", `{"outcome":"accepted","remark":"Thank you.","points":[]}`, "200")
	s.ask("eli", "PUT", annual, text(said), "409 wrong-report-state", ifMatch(s.ask("eli", "GET", annual, "", "200").tag()))
	public := s.ask("", "GET", annual, "", "200")
	if public.at("state") != "accepted" || public.at("late_days") != "2" || public.at("findings") != "[]" || strings.Contains(string(public.raw), `"by"`) {
		t.Errorf("the public reads %s", public.raw)
	}
	s.ask("", "GET", annual+"/versions/1", "", "404 not-found")
	frozen := s.ask("", "GET", annual+"/versions/2", "", "200")
	if !strings.Contains(string(frozen.raw), `"target":"`+fmt.Sprint(target)+`"`) {
		t.Errorf("the frozen report says no target: %s", frozen.raw)
	}
	s.shows("", "annual-2026 accepted 2", "annual-2027 open 0", "final open 0", "evaluation open 0")
}

// A programme is brought to its end: reminded of its reports, closed operationally,
// evaluated and answered, reported on, and closed in the books, after which nothing
// can be charged. Each step is refused to the wrong people and before its time.
func TestAProgrammeIsBroughtToItsEnd(t *testing.T) {
	s := granted(t)
	s.person("rui", "agent-releaser", "MPTFO", "agent")
	s.person("pia", "agent-preparer", "MPTFO", "agent")
	s.runs("2026-04-01", "2026-12-31")
	final := s.programme + "/reports/final"
	remind := func(day string) {
		s.on(day)
		must(t, s.RemindReports(t.Context()))
		must(t, s.RemindReports(t.Context()))
	}
	s.ask("ana", "POST", s.programme+"/operational-closure", `{"closed_on":"","reason":""}`, "409 activities-not-over")
	s.on("2027-01-02")
	s.ask("eve", "POST", s.programme+"/operational-closure", `{"closed_on":"","reason":""}`, "404 not-found")
	s.ask("eli", "POST", s.programme+"/operational-closure", `{"closed_on":"","reason":""}`, "403 not-your-part")
	s.ask("rui", "POST", s.programme+"/financial-closure", `{"statements":{},"reason":""}`, "409 programme-state")
	s.ask("ivo", "POST", s.programme+"/operational-closure", `{"closed_on":"2027-01-01","reason":""}`, "422 not-a-day-of-the-programme")
	s.ask("ivo", "POST", s.programme+"/operational-closure", `{"closed_on":"2026-11-30","reason":"All is handed over."}`, "200")
	s.ask("sec", "POST", s.programme+"/operational-closure", `{"closed_on":"","reason":""}`, "409 programme-state")
	s.lastTold("pia", "operations-closed")
	s.waitsOn("ana", "report.write JP-2026-001")
	s.waitsOn("ivo", "report.write JP-2026-001")
	s.waitsOn("eve")

	// Due three months after activities ended; reminded before and after, once a day.
	remind("2027-01-29") // thirty days before 28 February
	s.lastTold("eli", "report-due", "operations-closed")
	remind("2027-02-10")
	s.lastTold("eli", "report-due", "operations-closed")
	remind("2027-03-01")
	s.lastTold("eli", "report-overdue", "report-due", "operations-closed")
	s.shows("sec", "final open 1", "evaluation open 0")
	if due := s.ask("sec", "GET", "/reports", "", "200").List(); len(due) != 1 || due[0]["reminded_at"] == nil {
		t.Errorf("the secretariat watches %v", due)
	}

	// Evaluated by somebody independent, answered by the convening organisation.
	found := `{"title":"Evaluation of desks","evaluator":"An institute","language":"en","completed_on":"2027-02-20","findings":"They work.","recommendations":["Open on Saturdays.","Close the third desk."]}`
	s.ask("ana", "POST", s.programme+"/evaluation", found, "403 not-permitted")
	s.ask("sec", "POST", s.programme+"/evaluation", strings.Replace(found, "2027-02-20", "2027-09-20", 1), "422 not-a-day-of-the-programme")
	s.person("sue", "secretariat", "IOM", "un")
	s.workedOn(s.programme, "sue", "")
	s.ask("sue", "POST", s.programme+"/evaluation", found, "403 worked-on-it")
	e := s.ask("sec", "POST", s.programme+"/evaluation", found, "200").at("evaluation")
	s.ask("sec", "POST", s.programme+"/evaluation", found, "409 evaluation-on-record")
	if e == "<nil>" || s.ask("", "GET", s.programme+"/reports", "", "200").at("evaluation") != "<nil>" {
		t.Error("an evaluation without its document is public")
	}
	var id string
	must(t, s.DB.Raw(`SELECT id FROM evaluations`).Row().Scan(&id))
	answer := `{"answers":[{"uptake":"accepted","reason":"","action":"Staff is hired.","due_on":"2027-06-30","organisation":null},{"uptake":"rejected","reason":"It is the busiest.","action":"","due_on":""}]}`
	s.ask("ivo", "POST", s.programme+"/evaluation/response", answer, "409 evaluation-without-document")
	s.attaches("sec", "/evaluations/"+id, "evaluation.txt", "What was found.", "200")
	s.ask("sec", "POST", s.programme+"/evaluation/response", answer, "403 not-permitted")
	s.ask("eve", "POST", s.programme+"/evaluation/response", answer, "404 not-found")
	s.ask("ivo", "POST", s.programme+"/evaluation/response", `{"answers":[]}`, "422 required")
	s.ask("ivo", "POST", s.programme+"/evaluation/response", strings.Replace(answer, "It is the busiest.", "", 1), "422 required")
	s.ask("ivo", "POST", s.programme+"/evaluation/response", strings.Replace(answer, "2027-06-30", "2027-01-30", 1), "422 day-is-over")
	s.ask("ivo", "POST", s.programme+"/evaluation/response", strings.Replace(answer, "null", text(s.orgs["IOM"]), 1), "422 not-a-participating-organisation")
	s.ask("ivo", "POST", s.programme+"/evaluation/response", strings.Replace(answer, "null", text(s.orgs["UNHCR"]), 1), "200")
	s.ask("ana", "POST", s.programme+"/evaluation/response", answer, "409 evaluation-on-record")
	s.lastTold("sec", "evaluation-answered", "report-overdue", "operations-closed")

	s.followed(t)

	// The final report leaves no output under way; then the books are closed on papers.
	r := s.ask("ana", "POST", final+"/beginning", "", "200")
	said := s.said(r)
	said["answers"].(map[string]any)["afterwards"] = "The ministry pays."
	r = s.ask("ana", "PUT", final, text(said), "200", ifMatch(r.tag()))
	s.ask("ana", "POST", final+"/submission", "", "422 output-left-under-way")
	for code := range said["outputs"].(map[string]any) {
		said["outputs"].(map[string]any)[code] = "delivered"
	}
	s.ask("ana", "PUT", final, text(said), "200", ifMatch(r.tag()))
	s.ask("ana", "POST", final+"/submission", "", "200")
	s.waitsOn("ana")
	statements := `{"statements":{"ILO":"CFS-1","UNHCR":"CFS-2","UNWOMEN":"CFS-3"},"reason":""}`
	s.ask("sec", "POST", s.programme+"/financial-closure", statements, "409 final-report-not-accepted")
	s.ask("sec", "POST", final+"/finding", `{"outcome":"accepted","remark":"","points":[]}`, "200")
	s.ask("ana", "POST", s.programme+"/financial-closure", statements, "403 not-permitted")
	s.ask("pia", "POST", s.programme+"/financial-closure", statements, "403 not-permitted")
	s.ask("rui", "POST", s.programme+"/financial-closure", strings.Replace(statements, "CFS-2", " ", 1), "409 final-statement-missing")
	if got := s.ask("rui", "POST", s.programme+"/financial-closure", statements, "200"); !strings.Contains(string(got.raw), "financially-closed") {
		t.Errorf("closed, it is %s", got.raw)
	}
	s.ask("sec", "POST", s.programme+"/transfer-requests", fmt.Sprintf(`{"organisation":%q,"amount":%s,"purpose":"Late"}`, s.orgs["ILO"], usd("1.00")), "409 programme-takes-no-transfers")
	for _, lang := range languages { // what was found, answered and reached is everybody's
		body := string(s.page("/"+lang+"/programmes/JP-2026-001", lang).raw)
		for _, want := range []string{"Open on Saturdays.", "Staff is hired.", "It is the busiest.", "An institute", "100.0 %"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page in %s lacks %q", lang, want)
			}
		}
	}
	if left := s.DB.Exec(`SELECT FROM balances WHERE account LIKE 'fund:allocated:%' AND held <> 0`).RowsAffected; left != 0 {
		t.Errorf("%d balances stand allocated to what is closed", left)
	}
}

// followed lets what the management response promised be followed up: by those who
// promised, of what they promised, for days on which it can have been so; what is late
// is a task and stands on the public page.
func (s *reporting) followed(t *testing.T) {
	t.Helper()
	path := s.programme + "/evaluation/follow-ups"
	says := func(n int, state, words, on string) string {
		return fmt.Sprintf(`{"recommendation":%d,"state":%q,"text":%q,"language":"en","on":%s}`, n, state, words, on)
	}
	one := func(who string) map[string]any {
		return s.ask(who, "GET", s.programme+"/reports", "", "200").JSON()["evaluation"].(map[string]any)["recommendations"].([]any)[0].(map[string]any)
	}
	hired := says(1, "under-way", "Two of five are hired.", `null`)
	s.ask("sec", "POST", path, hired, "403 not-permitted")
	s.ask("eve", "POST", path, hired, "404 not-found")
	s.ask("foc", "POST", path, hired, "403 not-permitted")
	s.ask("ana", "POST", path, says(2, "done", "It was closed after all.", `null`), "409 nothing-promised")
	s.ask("ana", "POST", path, says(3, "done", "There is no third.", `null`), "404 not-found")
	s.ask("ana", "POST", path, says(1, "begun", " ", `"2027-02-01"`), "422 required")
	s.ask("ana", "POST", path, says(1, "begun", "Hired.", `null`), "422 unknown-value")
	s.ask("ana", "POST", path, says(1, "done", "Hired.", `"2027-02-01"`), "422 not-a-day-of-the-follow-up")
	s.ask("ana", "POST", path, says(1, "done", "Hired.", `"2028-02-01"`), "422 not-a-day-of-the-follow-up")
	s.on("2027-06-15") // what is due within two months waits on them
	s.waitsOn("eli", "report.write JP-2026-001", "evaluation.follow-up JP-2026-001")
	s.waitsOn("otto", "evaluation.follow-up JP-2026-001") // UNHCR promised it
	s.ask("eli", "POST", path, hired, "200")
	s.lastTold("sec", "evaluation-followed-up", "evaluation-answered")
	if one("")["overdue"] == true {
		t.Error("overdue before its day is over")
	}
	s.on("2027-07-01")
	for _, lang := range languages {
		if body := string(s.page("/"+lang+"/programmes/JP-2026-001", lang).raw); !strings.Contains(body, `<span class="tag warn">`) || !strings.Contains(body, "Two of five are hired.") {
			t.Errorf("the page in %s does not say that a promise is overdue, or what was said of it", lang)
		}
	}
	s.waitsOn("otto", "evaluation.follow-up JP-2026-001")
	s.ask("otto", "POST", path, says(1, "done", "All five are hired.", `"2027-06-14"`), "422 not-a-day-of-the-follow-up") // before the last
	s.ask("otto", "POST", path, says(1, "done", "All five are hired.", `"2027-06-30"`), "200")
	s.waitsOn("otto")
	last := one("")
	if last["overdue"] == true || last["state"] != "done" || len(last["follow_ups"].([]any)) != 2 || last["follow_ups"].([]any)[1].(map[string]any)["by"] != "" {
		t.Errorf("everybody reads %v", last)
	}
	if by := one("sec")["follow_ups"].([]any)[1].(map[string]any)["by"]; by == "" {
		t.Error("the secretariat does not read who said so")
	}
}
