package api

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// A note on a name stands, from its day to its end, below every page on which the
// name does, and in six languages or not at all.
func TestFootnotes(t *testing.T) {
	s := newStory(t)
	s.person("ada", "administrator", "IOM", "un")
	s.person("sam", "secretariat", "FMU", "un")
	s.person("ana", "applicant", "QMZ", "state")
	path := "/organisations/" + s.org("QMZ", "state").String() + "/footnotes"
	note := `{"texts":{"en":"As the Assembly has it.","fr":"Selon l'Assemblée.","es":"Según la Asamblea.","ar":"وفقاً للجمعية.","ru":"Как решила Ассамблея.","zh":"依大会所定。"},"from_on":"2026-03-01","source":"A/RES/1"}`
	s.ask("ana", "POST", path, note, "403 not-permitted")
	s.ask("sam", "POST", path, strings.Replace(note, `"ru":"Как решила Ассамблея.",`, "", 1), "422 required")
	s.ask("sam", "POST", path, strings.Replace(note, "2026-03-01", "", 1), "422 required")
	s.ask("sam", "POST", "/organisations/00000000-0000-4000-8000-000000000000/footnotes", note, "404 not-found")
	id := s.ask("sam", "POST", path, note, "201").at("id")

	page := func(lang string) string {
		r := httptest.NewRequest("GET", "/"+lang+"/body", nil)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		return w.Body.String()
	}
	if strings.Contains(page("fr"), "Selon l") {
		t.Error("it stands where the name does not")
	}
	s.ask("", "GET", "/footnotes?on=2026-02-28", "", "200")
	if n := len(s.ask("", "GET", "/footnotes?on=2026-02-28", "", "200").List()); n != 0 {
		t.Errorf("%d before its day", n)
	}
	if list := s.ask("", "GET", "/footnotes?on=2026-03-01", "", "200").List(); len(list) != 1 || list[0]["text"] != "As the Assembly has it." {
		t.Errorf("on its day: %v", list)
	}
	s.seat("QMZ", "recipients")
	for lang, want := range map[string]string{"fr": "Selon l&#39;Assemblée.", "ar": "وفقاً للجمعية."} {
		if !strings.Contains(page(lang), want) {
			t.Errorf("%s: it does not stand below the name", lang)
		}
	}
	s.ask("ada", "POST", "/footnotes/"+id+"/ending", `{"until_on":"2026-02-01","reason":"A/RES/2"}`, "422 footnote-ends-before-it-begins")
	s.ask("ada", "POST", "/footnotes/"+id+"/ending", `{"until_on":"2026-03-02","reason":""}`, "422 required")
	s.ask("ada", "POST", "/footnotes/"+id+"/ending", `{"until_on":"2026-03-02","reason":"A/RES/2"}`, "200")
	s.ask("ada", "POST", "/footnotes/"+id+"/ending", `{"until_on":"2026-03-03","reason":"A/RES/2"}`, "409 footnote-ended")
	if n := len(s.ask("", "GET", "/footnotes?organisation="+s.org("QMZ", "state").String(), "", "200").List()); n != 1 {
		t.Errorf("%d on record", n)
	}
	if strings.Contains(page("fr"), "Selon l") {
		t.Error("it stands after its end")
	}
}
