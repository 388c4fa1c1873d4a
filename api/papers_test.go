package api

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
)

func init() { openapi3filter.RegisterBodyDecoder("application/zip", openapi3filter.FileBodyDecoder) }

// unzipped are the files of a ZIP by their names.
func unzipped(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		b, err := io.ReadAll(r)
		must(t, err)
		if _, twice := files[f.Name]; twice {
			t.Errorf("%s is there twice", f.Name)
		}
		files[f.Name] = string(b)
	}
	return files
}

// An item's papers come as one file: the text, the proposal as it was submitted, what is
// attached to it and what was found of it, each listed with its hash; whoever is recused has
// nothing of it, nor among the papers of the whole agenda.
func TestAnItemsPapersComeAsOneFile(t *testing.T) {
	l := newLeaks(t)
	item, agenda := "/questions/"+l.ids["question"]+"/papers", "/meetings/"+l.ids["meeting"]+"/papers"
	got := l.ask("donors-3", "GET", item, "", "200")
	files := unzipped(t, got.raw)
	ref := l.ids["ref"]
	for name, says := range map[string]string{"text-en.txt": "approves the " + word, "attachments/" + word + ".pdf": "%PDF", "checklist.txt": "v1", "papers.txt": ref} {
		if !strings.Contains(files[name], says) {
			t.Errorf("%s does not say %q: %.200q of %d files", name, says, files[name], len(files))
		}
	}
	if _, there := files[ref+"-v1-en.docx"]; !there || len(files) != 5 {
		t.Errorf("there are %d files, and the proposal: %t", len(files), there)
	}
	for name, content := range files {
		sum := sha256.Sum256([]byte(content))
		if name != "papers.txt" && (!strings.Contains(files["papers.txt"], "  "+name+"\n") || !strings.Contains(files["papers.txt"], hex.EncodeToString(sum[:]))) {
			t.Errorf("%s is not listed with its hash: %s", name, files["papers.txt"])
		}
	}
	// In another language its headings are a working translation, and called so.
	l.ask("donors-3", "PUT", "/session/language", `{"language":"ar"}`, "200")
	other := unzipped(t, l.ask("donors-3", "GET", item, "", "200").raw)
	found := false
	for name := range other {
		found = found || strings.HasSuffix(name, "-working-translation-ar.docx")
	}
	if !found || !strings.Contains(other["papers.txt"], "ترجمة عمل") {
		t.Errorf("a reader of Arabic has %s", other["papers.txt"])
	}
	all := unzipped(t, l.ask("donors-3", "GET", agenda, "", "200").raw)
	if !strings.Contains(fmt.Sprint(all), word) {
		t.Error("nor are they among those of the agenda")
	}
	for _, who := range l.recused {
		l.ask(who, "GET", item, "", "404 not-found")
		r := l.ask(who, "GET", agenda, "", "200")
		told := l.tells(inside(r.raw))
		if who == "recipients-1" { // the change is another state's
			told = slices.DeleteFunc(told, func(m string) bool { return slices.Contains(l.markers[5:], m) })
		}
		if len(told) > 0 || !strings.Contains(unzipped(t, r.raw)["papers.txt"], "Out of your sight") {
			t.Errorf("the agenda's papers tell %s of %v", who, told)
		}
	}
}

// What people called their files leads nowhere when they are unpacked, and hides no other.
func TestPapersHaveNamesOfTheirOwn(t *testing.T) {
	var b bytes.Buffer
	p := &papers{out: zip.NewWriter(&b), names: map[string]bool{}}
	for _, name := range []string{"attachments/a.pdf", "attachments/a.pdf", "attachments/..", "attachments/..\\x.pdf", "attachments/\u202eb.pdf", "attachments/a.pdf"} {
		must(t, p.put(name, "", strings.NewReader(name)))
	}
	must(t, p.out.Close())
	for name := range unzipped(t, b.Bytes()) {
		if !strings.HasPrefix(name, "attachments/") || strings.Contains(name, "..") || strings.ContainsAny(name, "\\\u202e") || strings.HasSuffix(name, "/") {
			t.Errorf("a file is called %q", name)
		}
	}
	if len(p.names) != 6 {
		t.Errorf("%d names", len(p.names))
	}
}
