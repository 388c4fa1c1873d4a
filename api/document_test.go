package api

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"

	"startupfund/exchange/document"
)

func init() {
	for _, media := range []string{document.Media, "application/pdf", "text/html"} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.FileBodyDecoder)
	}
}

// unpacked is the text of a word processor's file, without its marks.
func unpacked(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(t, err)
	f, err := z.Open("word/document.xml")
	must(t, err)
	raw, err := io.ReadAll(f)
	must(t, err)
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(string(raw), "</w:p>", "\n"), "")
}

// A proposal is had as a file, as it stands or in a version, by those who may read it.
func TestProposalAsAFile(t *testing.T) {
	s := newStory(t)
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-XX", "un")
	s.person("foc", "focal-point", "QM", "state")
	s.person("mem", "member", "QO", "state")
	call := s.twoStages()
	note := s.note("QM", "ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	note["answers"] = answersOf(t, conceptAnswers)
	note["budget"] = s.budgetOf("ILO 700000.00", "UNHCR 350000.00", "UNWOMEN 150000.00")
	r := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + r.at("id")
	said := unpacked(t, s.ask("ana", "GET", path+"/document", "", "200").raw)
	for _, want := range []string{"draft as it stood on", "Fees bind workers.", "Ministry of Labour", "700,000.00", "1,200,000.00", "7. Fewer vulnerabilities in migration"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, said)
		}
	}
	s.ask("eve", "GET", path+"/document", "", "404 not-found")
	s.ask("mem", "GET", path+"/document", "", "404 not-found")
	s.ask("ana", "GET", path+"/document?version=1", "", "404 not-found")
	s.ask("ana", "GET", path+"/document?format=odt", "", "422 unknown-value")

	// Its files are named with what each is held to; whose they are, and what did not come.
	const arabic, chinese = "خطاب الوزارة.pdf", "支持函（签字）.pdf"
	letter, support := aPDF(1500), aPDF(2<<20)
	if !strings.Contains(said, "No files are attached.") {
		t.Errorf("no files: %s", said)
	}
	s.attaches("ana", path, arabic, letter, "200")
	s.names("ana", path, chinese, support, "201")
	said = unpacked(t, s.ask("ana", "GET", path+"/document", "", "200").raw)
	whole := arabic + "\nPDF\n1 KB\nPMU-QM\n" + hashOf(letter) + "\n" + chinese + "\nArriving\n2.0 MB\nPMU-QM\n" + hashOf(support)
	if !strings.Contains(said, whole) {
		t.Errorf("its files are not in %s", said)
	}

	r = s.ask("ana", "GET", path, "", "200")
	r = s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(r.tag()))
	hash := s.ask("ana", "POST", path+"/submission", "", "201").at("hash")
	for _, who := range []string{"ana", "mem"} { // as it stands now is as it was submitted
		said = unpacked(t, s.ask(who, "GET", path+"/document?language=ar", "", "200").raw)
		if !strings.Contains(said, "النسخة 1") || !strings.Contains(said, hash) || !strings.Contains(said, "Fees bind workers.") {
			t.Errorf("%s reads %s", who, said)
		}
	}
	// What is attached later is not the version's; it and the paper made of it keep theirs.
	page := s.ask("mem", "GET", path+"/document?version=1&format=html&language=fr", "", "200")
	for _, want := range []string{`<td dir="auto">2,0 MB</td>`, `<th scope="row" dir="auto">` + chinese, hashOf(letter)} {
		if !bytes.Contains(page.raw, []byte(want)) {
			t.Errorf("%s is not in %s", want, page.raw)
		}
	}
	if got := page.header.Get("Content-Type"); !strings.HasPrefix(got, "text/html") || !bytes.Contains(page.raw, []byte("Enregistrer au format PDF")) {
		t.Errorf("a page to be printed: %s %s", got, page.raw)
	}
	// Where nothing makes a PDF, another file is not passed off as one.
	if r := s.ask("mem", "GET", path+"/document?version=1&format=pdf", "", "422 no-pdf-here"); r.at("field") != "/format" || !strings.Contains(r.at("detail"), "format=html") {
		t.Errorf("%s", r.raw)
	}
	s.server.Print = func(_ context.Context, page []byte) ([]byte, error) {
		if bytes.Contains(page, []byte("Save as PDF")) {
			t.Error("what is printed tells how to print it")
		}
		return []byte("%PDF-1.7"), nil
	}
	if got := s.ask("ana", "GET", path+"/document?version=1&format=pdf", "", "200").header.Get("Content-Type"); got != "application/pdf" {
		t.Errorf("with one: %s", got)
	}
	s.server.Print = func(context.Context, []byte) ([]byte, error) { return nil, errors.New("out of memory") }
	s.ask("ana", "GET", path+"/document?format=pdf", "", "503 document-not-made")
}

// What an objective is called stands once for the pages and once for Go's files.
func TestObjectivesAreCalledTheSame(t *testing.T) {
	entry := regexp.MustCompile(`(?m)^msgid "(objective\.\d+)"\nmsgstr "(.*)"$`)
	for _, language := range []string{"en", "fr", "es", "ar", "ru", "zh"} {
		app, err := os.ReadFile("../frontend/src/words/" + language + "/proposal.po")
		must(t, err)
		ours, err := os.ReadFile("words/document." + language + ".yaml")
		must(t, err)
		found := entry.FindAllStringSubmatch(string(app), -1)
		for _, e := range found {
			if !strings.Contains(string(ours), e[1]+`: "`+e[2]+`"`+"\n") {
				t.Errorf("%s: %s is %q in the app alone", language, e[1], e[2])
			}
		}
		if len(found) != 23 {
			t.Errorf("%s has %d objectives", language, len(found))
		}
	}
}
