package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
)

// ownFacts are those of a programme without a proposal.
func (s *story) ownFacts(title, state string) string {
	s.t.Helper()
	return text(map[string]any{"title": title, "purpose": "Returnees find work.", "language": "en", "scope": "national", "states": []any{s.org(state, "state")},
		"area": "area-4", "objectives": []int{6, 19}, "organisations": []any{s.org("ILO", "un"), s.org("UNDP", "un")},
		"budget": map[string]string{"amount": "900000.00", "currency": "USD"}, "months": 24, "partners": []string{"Ministry of Labour"}, "stage": "concept-note"})
}

func (s *story) inPipeline() (refs []string) {
	s.t.Helper()
	for _, e := range s.ask("", "GET", "/pipeline", "", "200").JSON()["entries"].([]any) {
		refs = append(refs, e.(map[string]any)["ref"].(string)+" "+e.(map[string]any)["stage"].(string))
	}
	return refs
}

func wantRefs(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("in the pipeline: %v, want %v", got, want)
	}
}

const enters = `{"kind":"pipeline","procedure":"consensus","title":"Pipeline","text":"It enters.","language":"en",%s}`

func pipelineQuestion(what string) string { return strings.Replace(enters, "%s", what, 1) }

// A programme enters by decision, is published, and leaves by decision: as a
// proposal, with a grant's own; without one, for the reason that the body gives.
func TestPipeline(t *testing.T) {
	s, meeting := bodyOf13(t)
	s.pot("unearmarked", "2000000.00")
	wantRefs(t, s.inPipeline())
	id := s.noted(s.openCall(), "QM")

	// What moves nothing in the pipeline, and what cannot.
	q := func(what, want string) reply {
		t.Helper()
		return s.ask("sec", "POST", meeting+"/questions", pipelineQuestion(what), want)
	}
	q(`"pipeline":{"move":"sideways"}`, "422 unknown-value")
	if r := q(`"pipeline":{"move":"leave"}`, "422 required"); r.at("field") != "/pipeline/entry" {
		t.Errorf("refused at %s", r.at("field"))
	}
	if r := q(`"pipeline":{"move":"enter"}`, "422 required"); r.at("field") != "/proposal" {
		t.Errorf("refused at %s", r.at("field"))
	}
	q(`"pipeline":{"move":"leave","entry":"`+id+`","reason":"withdrawn"}`, "422 unknown-value")
	q(`"proposal":"`+id+`","pipeline":{"move":"enter","facts":`+s.ownFacts("Other", "QN")+`}`, "409 facts-come-from-the-proposal")
	s.ask("sec", "POST", meeting+"/questions", strings.Replace(pipelineQuestion(`"pipeline":{"move":"enter"}`), `"kind":"pipeline"`, `"kind":"policy"`, 1), "422 moves-belong-to-the-pipeline")
	bad := s.ask("sec", "POST", meeting+"/questions", pipelineQuestion(`"pipeline":{"move":"enter","facts":{"title":"","purpose":"","language":"xx","area":"","organisations":["`+s.org("QM", "state").String()+`"],"months":-1}}`), "422 required")
	for _, at := range []string{"/pipeline/facts/title", "/pipeline/facts/states", "/pipeline/facts/area", "/pipeline/facts/organisations", "/pipeline/facts/months", "/pipeline/facts/language"} {
		if !strings.Contains(string(bad.raw), at) {
			t.Errorf("nothing is said at %s: %s", at, bad.raw)
		}
	}

	// Two enter: a proposal, and a programme that has none.
	first, second := q(`"proposal":"`+id+`"`, "201"), q(`"proposal":"`+id+`"`, "201")
	if first.at("pipeline", "move") != "enter" {
		t.Errorf("the question says %s", first.raw)
	}
	s.agreed("/questions/" + first.at("id"))
	s.ask("chair", "POST", "/questions/"+second.at("id")+"/opening", "", "409 in-the-pipeline-already")
	q(`"proposal":"`+id+`"`, "409 in-the-pipeline-already")
	s.adopted(meeting, pipelineQuestion(`"pipeline":{"move":"enter","facts":`+s.ownFacts("Work for returnees", "QN")+`}`))
	wantRefs(t, s.inPipeline(), "PL-2026-001 concept-note", "PL-2026-002 concept-note")
	list := s.ask("", "GET", "/pipeline", "", "200")
	for _, part := range []string{`"proposal":"P-2026-001"`, `"amount":"1000000.00"`, `"entered_by":"2026-002"`, `"Ministry of Labour"`} {
		if !strings.Contains(string(list.raw), part) {
			t.Errorf("the list lacks %s: %s", part, list.raw)
		}
	}

	// The first edition stays as it is.
	s.ask("", "POST", "/pipeline/editions", `{"foreword":"","language":"en"}`, "401 sign-in-first")
	s.ask("chair", "POST", "/pipeline/editions", `{"foreword":"","language":"en"}`, "403 not-permitted")
	s.ask("sec", "POST", "/pipeline/editions", `{"foreword":"","language":"xx"}`, "422 unknown-value")
	once := key("edition")
	s.ask("sec", "POST", "/pipeline/editions", `{"foreword":"After the second meeting.","language":"en"}`, "201", once)
	s.ask("sec", "POST", "/pipeline/editions", `{"foreword":"After the second meeting.","language":"en"}`, "201", once)
	kept := s.ask("", "GET", "/pipeline/editions/1/content", "", "200")
	sum := sha256.Sum256(kept.raw)
	if n := len(s.ask("", "GET", "/pipeline/editions", "", "200").List()); n != 1 {
		t.Errorf("%d editions", n)
	}
	s.ask("", "GET", "/pipeline/editions/2", "", "404 not-found")

	// What is told of the second is corrected, with a reason; of the first, its proposal says it.
	entry := s.entry("PL-2026-002")
	facts := strings.Replace(s.ownFacts("Work for returnees", "QN"), "900000.00", "950000.00", 1)
	s.ask("sec", "PUT", entry, `{"facts":`+facts+`,"reason":""}`, "422 required", ifMatch(`"1"`))
	s.ask("sec", "PUT", entry, `{"facts":`+facts+`,"reason":"The partners agreed on more."}`, "412 changed-since", ifMatch(`"7"`))
	if s.ask("sec", "PUT", entry, `{"facts":`+facts+`,"reason":"The partners agreed on more."}`, "200", ifMatch(`"1"`)).tag() != `"2"` {
		t.Error("a correction is no second telling")
	}
	s.ask("donors-1", "PUT", entry, `{"facts":`+facts+`,"reason":"x"}`, "403 not-permitted", ifMatch(`"2"`))
	s.ask("sec", "PUT", s.entry("PL-2026-001"), `{"facts":`+facts+`,"reason":"x"}`, "409 facts-come-from-the-proposal", ifMatch(`"1"`))

	// The proposal is granted, and off the list with that decision; the other leaves for a reason.
	s.adopted(meeting, grantOf(id, ""))
	wantRefs(t, s.inPipeline(), "PL-2026-002 concept-note")
	other := strings.TrimPrefix(entry, "/pipeline/entries/")
	leave := `"pipeline":{"move":"leave","entry":"` + other + `","reason":"%"}`
	q(strings.Replace(leave, "%", "funded", 1), "422 unknown-value") // that follows from a grant alone
	q(strings.Replace(leave, "%", "", 1), "422 required")
	going := q(strings.Replace(leave, "%", "superseded", 1), "201")
	if going.at("pipeline", "ref") != "PL-2026-002" {
		t.Errorf("it says %s", going.raw)
	}
	s.agreed("/questions/" + going.at("id"))
	wantRefs(t, s.inPipeline())
	q(strings.Replace(leave, "%", "superseded", 1), "409 not-in-the-pipeline")
	s.ask("sec", "PUT", entry, `{"facts":`+facts+`,"reason":"x"}`, "409 not-in-the-pipeline", ifMatch(`"2"`))

	// The edition says what it said; what differs since is shown beside it.
	r := s.ask("", "GET", "/pipeline/editions/1", "", "200")
	var e struct {
		Hash  string `json:"content_sha256"`
		Since struct {
			Added []any
			Left  []struct{ Ref, Reason string }
		}
	}
	must(t, json.Unmarshal(r.raw, &e))
	if e.Hash != hex.EncodeToString(sum[:]) || string(s.ask("", "GET", "/pipeline/editions/1/content", "", "200").raw) != string(kept.raw) {
		t.Error("the edition is not what was published")
	}
	if len(e.Since.Left) != 2 || e.Since.Left[0].Reason != "funded" || e.Since.Left[1].Reason != "superseded" || len(e.Since.Added) != 0 {
		t.Errorf("since then: %+v", e.Since)
	}
	for _, lang := range languages { // the site shows both, in every language
		today, then := s.page("/"+lang+"/pipeline", lang), s.page("/"+lang+"/pipeline/editions/1", lang)
		if today.status != 200 || !strings.Contains(string(today.raw), "PL-2026-002") || !strings.Contains(string(today.raw), "/editions/1") {
			t.Errorf("the list in %s: %d %s", lang, today.status, today.raw)
		}
		if then.status != 200 || !strings.Contains(string(then.raw), "After the second meeting.") || !strings.Contains(string(then.raw), e.Hash) {
			t.Errorf("the edition in %s: %d %s", lang, then.status, then.raw)
		}
	}
	if got := s.page("/en/pipeline/editions/9", "en"); got.status != 404 {
		t.Errorf("an edition that is not is %d", got.status)
	}
	if second := s.ask("sec", "POST", "/pipeline/editions", `{"foreword":"","language":"fr"}`, "201"); second.at("n") != "2" || second.at("entries") != "0" {
		t.Errorf("the second edition is %s", second.raw)
	}
	for _, path := range []string{"/pipeline/sheet", "/pipeline/editions/1/sheet"} {
		if got := string(s.ask("", "GET", path, "", "200").raw); !strings.HasPrefix(got, "\ufeffref,proposal,title") {
			t.Errorf("%s is %s", path, got)
		}
	}
}

// entry is the path of one by its ref.
func (s *story) entry(ref string) string {
	s.t.Helper()
	for _, e := range s.ask("", "GET", "/pipeline", "", "200").JSON()["entries"].([]any) {
		if m := e.(map[string]any); m["ref"] == ref {
			return "/pipeline/entries/" + m["id"].(string)
		}
	}
	s.t.Fatalf("%s is not in the pipeline", ref)
	return ""
}

// agreed lets the body join a question that is listed.
func (s *story) agreed(q string) {
	s.t.Helper()
	s.ask("chair", "POST", q+"/opening", "", "200")
	s.ask("donors-1", "POST", q+"/positions", `{"position": "agree"}`, "201")
	s.ask("chair", "POST", q+"/decision", `{}`, "201")
}

// Whoever has a stake in what enters or leaves takes no part in it, with a proposal
// or without; and what the public reads of a document is what was found eligible.
func TestPipelineStakesAndStages(t *testing.T) {
	s, meeting := bodyOf13(t)
	facts := strings.Replace(s.ownFacts("For the first recipients", "RECIPIENTS-1"), s.org("UNDP", "un").String(), s.orgs["NETWORK-1"].String(), 1)
	r := s.ask("sec", "POST", meeting+"/questions", pipelineQuestion(`"pipeline":{"move":"enter","facts":`+facts+`}`), "201")
	q := "/questions/" + r.at("id")
	if h := s.ask("recipients-1", "GET", q, "", "200"); h.at("hidden") != "own-state" {
		t.Errorf("the state itself reads %s", h.raw)
	}
	interests := string(s.ask("sec", "GET", q, "", "200").raw)
	for _, who := range []string{"RECIPIENTS-1", "NETWORK-1"} {
		if !strings.Contains(interests, who) {
			t.Errorf("%s has no interest on record: %s", who, interests)
		}
	}
	s.agreed(q)

	// Of two stages: the note is in the pipeline while its document is written, and no word of a draft is public.
	call := s.twoStages()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("foc", "focal-point", "QM", "state")
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	note["answers"] = answersOf(t, conceptAnswers)
	p := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + p.at("id")
	p = s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(p.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("sec", "POST", path+"/screening", allMet(1), "200")
	s.adopted(meeting, pipelineQuestion(`"proposal":"`+p.at("id")+`"`))
	wantRefs(t, s.inPipeline(), "PL-2026-001 concept-note", "PL-2026-002 in-preparation")
	p = s.ask("ana", "GET", path, "", "200")
	note["title"], note["answers"] = "Another title", s.documentAnswers("QM", "ILO", "UNHCR", "UNWOMEN")
	note["budget"] = s.budgetOf("ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	p = s.ask("ana", "PUT", path, text(note), "200", ifMatch(p.tag()))
	if strings.Contains(string(s.ask("", "GET", "/pipeline", "", "200").raw), "Another title") {
		t.Error("the public reads a draft")
	}
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 2"}`, "200", ifMatch(p.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	if strings.Contains(string(s.ask("", "GET", "/pipeline", "", "200").raw), "Another title") {
		t.Error("the public reads what nobody has screened")
	}
	s.ask("sec", "POST", path+"/screening", allMet(2), "200")
	got := string(s.ask("", "GET", "/pipeline", "", "200").raw)
	if !strings.Contains(got, "Another title") || !strings.Contains(got, `"sdg":["`) || !strings.Contains(got, `"stage":"document-submitted"`) {
		t.Errorf("of the document it says %s", got)
	}

	// Taken back by its applicant, it still stands, and says so, until the body takes it off.
	s.ask("ana", "POST", path+"/withdrawal", "", "200")
	wantRefs(t, s.inPipeline(), "PL-2026-001 concept-note", "PL-2026-002 withdrawn")
	s.adopted(meeting, pipelineQuestion(`"pipeline":{"move":"leave","entry":"`+strings.TrimPrefix(s.entry("PL-2026-002"), "/pipeline/entries/")+`","reason":"withdrawn"}`))
	wantRefs(t, s.inPipeline(), "PL-2026-001 concept-note")
}
