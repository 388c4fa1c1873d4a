package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"startupfund/domain/charter"
)

// twoStages is an announced call whose case runs in two stages, on the newest forms.
func (s *story) twoStages() string {
	s.t.Helper()
	if _, ok := s.people["sec"]; !ok {
		s.person("sec", "secretariat", "IOM-FMU", "un")
	}
	now := s.Clock.Now()
	return s.announced(s.ask("sec", "POST", "/calls", fmt.Sprintf(`{"title":"In two stages","text":"Notes first.","stages":2,"concept_form":2,
		"document_form":1,"opens_at":%q,"closes_at":%q,"areas":["area-1","area-2","area-3","area-4","area-5"]}`,
		now.Format(time.RFC3339), now.AddDate(0, 0, 30).Format(time.RFC3339)), "201"))
}

// conceptAnswers are those that the second concept note's form asks.
const conceptAnswers = `{"sdg_goals":["8","10"],"problem":"Fees bind workers.","approach":"Agencies answer for subagents.","results_in_brief":"Fewer pay.",
	"months":24,"government_partners":[{"name":"Ministry of Labour","level":"national"},{"name":"Northmark","level":"local"}],
	"stakeholders":[{"name":"Returnees","kind":"migrants"},{"name":"Unions","kind":"workers"}]}`

func answersOf(t *testing.T, text string) (a map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// documentAnswers are the example's own, of a state and three organisations.
func (s *story) documentAnswers(state, ilo, iom, unwomen string) map[string]any {
	s.t.Helper()
	text, err := os.ReadFile("../cmd/fund/example/document.json")
	must(s.t, err)
	return answersOf(s.t, strings.NewReplacer("2026-10-0", "2026-01-0", "2026-03-04", "2026-01-04", "{{state}}", s.org(state, "state").String(),
		"{{ilo}}", s.org(ilo, "un").String(), "{{iom}}", s.org(iom, "un").String(), "{{unwomen}}", s.org(unwomen, "un").String()).Replace(string(text)))
}

// A concept note is selected by the body, becomes a document, and the document is
// what a grant is decided on. The wrong people, stages and times are refused.
func TestTwoStages(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	call := s.twoStages()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-XX", "un")
	s.person("foc", "focal-point", "QM", "state")
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")

	// What the form does not ask is refused at its key; what it asks and is missing is listed by section.
	note["answers"] = map[string]any{"colour": "red"}
	if r := s.ask("ana", "POST", call+"/proposals", text(note), "422 not-in-the-form"); r.at("field") != "/answers/colour" {
		t.Errorf("refused at %s", r.at("field"))
	}
	note["answers"] = map[string]any{}
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + r.at("id")
	var lacks struct {
		Lacks    []struct{ Code, Field, Section string }
		Sections []struct {
			Section string
			Missing int
			Begun   bool
		}
	}
	must(t, json.Unmarshal(s.ask("ana", "GET", path+"/lacks", "", "200").raw, &lacks))
	for _, sec := range lacks.Sections {
		want := map[string]int{"scope": 1, "idea": 4, "partners": 2}[sec.Section]
		if begun := sec.Section != "idea" && sec.Section != "partners"; sec.Missing != want || sec.Begun != begun {
			t.Errorf("%s lacks %d, begun %v", sec.Section, sec.Missing, sec.Begun)
		}
	}
	note["answers"] = answersOf(t, conceptAnswers)
	r = s.ask("ana", "PUT", path, text(note), "200", ifMatch(r.tag()))
	r = s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(r.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	id := strings.TrimPrefix(path, "/proposals/")
	select_ := `{"kind": "pipeline", "procedure": "consensus", "title": "Selection", "text": "The body selects it.", "language": "en", "proposal": "` + id + `"}`
	s.ask("sec", "POST", meeting+"/questions", select_, "409 proposal-not-decidable")
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	s.ask("sec", "POST", meeting+"/questions", grantOf(id, ""), "409 document-comes-first")

	// The body selects it: the same proposal is a draft again, in its second phase.
	s.adopted(meeting, select_)
	r = s.ask("ana", "GET", path, "", "200")
	if r.at("due") != "2026-06-30T22:00:00Z" {
		t.Errorf("the document is to be here before %s", r.at("due"))
	}
	if r.at("phase") != "document" || r.at("stage") != "draft" || r.at("answers", "situation") != "Fees bind workers." || r.at("endorsed") != "false" {
		t.Fatalf("after its selection it is %s", r.raw)
	}
	s.ask("sec", "POST", meeting+"/questions", select_, "409 proposal-not-decidable")
	s.ask("sec", "POST", path+"/screening", allMet(1), "409 wrong-stage")
	s.ask("ana", "POST", path+"/submission", "", "422 required")

	// The call has closed long since; the document is written all the same.
	s.days(60)
	for _, task := range s.ask("ana", "GET", "/tasks", "", "200").JSON()["tasks"].([]any) {
		if due, dated := task.(map[string]any)["due"]; dated && due != "2026-06-30T22:00:00Z" {
			t.Errorf("the document is due %v, which is not when it is to be here", due)
		}
	}
	note["answers"] = s.documentAnswers("QM", "ILO", "UNHCR", "UNWOMEN")
	note["budget"] = s.budgetOf("ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	s.ask("eve", "PUT", path, text(note), "404 not-found", ifMatch(r.tag()))
	r = s.ask("ana", "PUT", path, text(note), "200", ifMatch(r.tag()))
	s.ask("ana", "POST", path+"/submission", "", "409 not-endorsed")
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 2"}`, "200", ifMatch(r.tag()))
	if n := s.ask("ana", "POST", path+"/submission", "", "201").at("n"); n != "2" {
		t.Errorf("the document is version %s", n)
	}
	s.ask("sec", "POST", meeting+"/questions", grantOf(id, ""), "409 proposal-not-decidable")
	s.ask("sec", "POST", path+"/screening", allMet(2), "200")
	s.adopted(meeting, grantOf(id, ""))
	if stage := s.ask("ana", "GET", path, "", "200").at("stage"); stage != "approved" {
		t.Errorf("after the grant it is %s", stage)
	}
}

// budgetOf plans each organisation's whole amount on one line of the first year.
func (s *story) budgetOf(shares ...string) (cells []map[string]any) {
	for _, sh := range shares {
		org, amount, _ := strings.Cut(sh, " ")
		cells = append(cells, map[string]any{"organisation": s.org(org, "un"), "line": charter.MustDefault().Budget.Lines[0].Key, "year": 1,
			"amount": map[string]string{"amount": amount, "currency": "USD"}})
	}
	return cells
}

// adopted puts a question and lets the body join it.
func (s *story) adopted(meeting, question string) string {
	s.t.Helper()
	q := s.listed(meeting, question)
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	return s.ask("chair", "POST", q+"/decision", `{}`, "201").at("number")
}

// In a call of one stage what is handed in is the document, by the call's deadline, and a
// grant is decided on that.
func TestOneStageIsDecidedOnTheDocument(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("foc", "focal-point", "QM", "state")
	now := s.Clock.Now()
	call := s.announced(s.ask("sec", "POST", "/calls", fmt.Sprintf(`{"title":"One stage","text":"Documents.","stages":1,"concept_form":2,
		"opens_at":%q,"closes_at":%q,"areas":["area-2"]}`, now.Format(time.RFC3339), now.AddDate(0, 0, 30).Format(time.RFC3339)), "201"))
	if n := s.ask("sec", "GET", call, "", "200").at("concept_form"); n != "0" {
		t.Errorf("a call of one stage has form %s of a concept note", n)
	}
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + r.at("id")
	if r.at("phase") != "document" || r.at("form") != "1" {
		t.Fatalf("it is begun as %s", r.raw)
	}
	var lacks struct {
		Lacks []struct{ Code, Field string }
	}
	must(t, json.Unmarshal(s.ask("ana", "GET", path+"/lacks", "", "200").raw, &lacks))
	asked := map[string]bool{}
	for _, l := range lacks.Lacks {
		asked[l.Field] = true
	}
	for _, field := range []string{"/answers/results", "/answers/risks", "/answers/workplan", "/answers/sdg_targets", "/answers/cooperation_outcome", "/budget"} {
		if !asked[field] {
			t.Errorf("%s is not asked for: %v", field, asked)
		}
	}
	if due := s.ask("ana", "GET", "/tasks", "", "200").JSON()["tasks"].([]any)[0].(map[string]any)["due"]; due == nil {
		t.Error("the draft of the document has no deadline")
	}
	note["answers"] = s.documentAnswers("QM", "ILO", "UNHCR", "UNWOMEN")
	note["budget"] = s.budgetOf("ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	r = s.ask("ana", "PUT", path, text(note), "200", ifMatch(r.tag()))
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(r.tag()))

	// The deadline holds for the first version, and for that alone.
	s.days(31)
	if tasks := s.ask("ana", "GET", "/tasks", "", "200").JSON()["tasks"].([]any); len(tasks) != 0 {
		t.Errorf("after the call has closed there is left to do %v", tasks)
	}
	s.ask("ana", "POST", path+"/submission", "", "409 call-closed")
	s.days(-31)
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	s.adopted(meeting, grantOf(strings.TrimPrefix(path, "/proposals/"), ""))
	if stage := s.ask("ana", "GET", path, "", "200").at("stage"); stage != "approved" {
		t.Errorf("after the grant it is %s", stage)
	}
}

// A call of one stage that was announced on the concept note keeps it: a word of the
// pipeline selects nothing, and a grant needs no document.
func TestOneStageOnNotesStaysAsItIs(t *testing.T) {
	s, meeting := bodyOf13(t)
	path := s.eligible(s.openCall(), "QM")
	s.adopted(meeting, `{"kind": "pipeline", "procedure": "consensus", "title": "Pipeline", "text": "It stays.", "language": "en", "proposal": "`+strings.TrimPrefix(path, "/proposals/")+`"}`)
	if r := s.ask("applicant-qm", "GET", path, "", "200"); r.at("phase") != "concept" || r.at("stage") != "eligible" {
		t.Errorf("it is %s, %s", r.at("phase"), r.at("stage"))
	}
}

// Sections come from an earlier proposal of one's own organisation, and of no other.
func TestSectionsAreCopied(t *testing.T) {
	s := newStory(t)
	call := s.twoStages()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-XX", "un")
	note := s.note("QM")
	note["answers"] = answersOf(t, conceptAnswers)
	earlier := s.ask("ana", "POST", call+"/proposals", text(note), "201").at("id")
	theirs := s.ask("eve", "POST", call+"/proposals", text(note), "201").at("id")
	fresh := maps.Clone(note)
	fresh["answers"], fresh["title"] = map[string]any{"problem": "Mine."}, "Another"
	r := s.ask("ana", "POST", call+"/proposals", text(fresh), "201")
	path := "/proposals/" + r.at("id") + "/copying"
	s.ask("ana", "POST", path, `{"from":"`+theirs+`","sections":["partners"]}`, "422 unknown-value", ifMatch(r.tag()))
	s.ask("ana", "POST", path, `{"from":"`+earlier+`","sections":["nowhere"]}`, "422 unknown-value", ifMatch(r.tag()))
	s.ask("eve", "POST", path, `{"from":"`+theirs+`","sections":["partners"]}`, "404 not-found", ifMatch(r.tag()))
	s.ask("ana", "POST", path, `{"from":"`+earlier+`","sections":["partners"]}`, "412 changed-since", ifMatch(`"99"`))
	got := s.ask("ana", "POST", path, `{"from":"`+earlier+`","sections":["partners"]}`, "200", ifMatch(r.tag()))
	if got.at("answers", "problem") != "Mine." || got.at("title") != "Another" || !strings.Contains(string(got.raw), "Northmark") {
		t.Errorf("copied to %s", got.raw)
	}
}

// A form is there for everybody, and says what complete answers are.
func TestForms(t *testing.T) {
	s := newStory(t)
	if n := len(s.ask("", "GET", "/forms", "", "200").List()); n < 3 {
		t.Errorf("%d forms", n)
	}
	r := s.ask("", "GET", "/forms/document/versions/1", "", "200")
	if r.at("schema", "additionalProperties") != "false" || r.at("schema", "$schema") == "" {
		t.Errorf("its schema is %s", r.at("schema", "$schema"))
	}
	s.ask("", "GET", "/forms/document/versions/99", "", "404 not-found")
}
