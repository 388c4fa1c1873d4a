package api

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"startupfund/domain"
	"startupfund/store"
	"startupfund/store/blob"
	"startupfund/store/storetest"
)

// aPDF is one of a size, never the same twice.
func aPDF(size int) string {
	head := "%PDF-1.7\n% " + uuid.NewString() + "\n"
	return head + strings.Repeat("0 0 m ", (size-len(head)-6)/6+1)[:size-len(head)-6] + "\n%%EOF"
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// names says that a file belongs to something.
func (s *story) names(who, to, name, content, want string) reply {
	s.t.Helper()
	kind, id := subjectOf(to)
	return s.ask(who, "POST", "/attachments", text(map[string]any{"kind": kind, "subject": id, "name": name, "size": len(content), "sha256": hashOf(content)}), want)
}

// subjectOf reads "/proposals/ID".
func subjectOf(path string) (kind, id string) {
	parts := strings.Split(path, "/")
	return strings.TrimSuffix(parts[1], "s"), parts[2]
}

func (s *story) attachedTo(who, to, more, want string) reply {
	s.t.Helper()
	kind, id := subjectOf(to)
	return s.ask(who, "GET", "/attachments?kind="+kind+"&subject="+id+more, "", want)
}

// part sends the one at an offset.
func (s *story) part(who, file string, offset int, content, want string) reply {
	s.t.Helper()
	end := min(offset+domain.PartBytes, len(content))
	return s.rawPart(who, file, offset, content[offset:end], content[offset:end], want)
}

func (s *story) rawPart(who, file string, offset int, sent, hashed, want string) reply {
	s.t.Helper()
	sum := sha256.Sum256([]byte(hashed))
	return s.ask(who, "PUT", fmt.Sprintf("%s/parts/%d", file, offset), sent, want, key(""), header("Content-Type", "application/octet-stream"),
		header("Content-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":"))
}

// attaches takes a file all the way, and gives its path.
func (s *story) attaches(who, to, name, content, want string) string {
	s.t.Helper()
	r := s.names(who, to, name, content, "201")
	file := "/attachments/" + r.at("id")
	for at := 0; at < len(content); at += domain.PartBytes {
		s.part(who, file, at, content, "200")
	}
	s.ask(who, "POST", file+"/arrival", "", want)
	return file
}

// draft is one that lacks nothing but files.
func (s *story) draft(call string) string {
	s.t.Helper()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("fay", "focal-point", "QM", "state")
	r := s.ask("ana", "POST", call+"/proposals", text(s.note("QM")), "201")
	path := "/proposals/" + r.at("id")
	s.ask("fay", "POST", path+"/endorsement", `{"note":"NV 12/2026"}`, "200", ifMatch(r.tag()))
	return path
}

func states(list reply) string {
	list.t.Helper()
	var out []string
	for _, i := range list.JSON()["items"].([]any) {
		m := i.(map[string]any)
		out = append(out, fmt.Sprint(m["name"], " ", m["state"]))
	}
	return strings.Join(out, ", ")
}

// A file goes from its name to a submission, in parts, in any order and twice, and
// is read by those whom the proposal reaches.
func TestAFileGoesWithItsProposal(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.draft(call)
	s.person("bob", "applicant", "ILO", "un")
	s.person("mia", "member", "XD", "state")
	plan := aPDF(3*domain.PartBytes/2 + 7)

	s.names("bob", p, "plan.pdf", plan, "404 not-found") // another organisation's
	s.names("fay", p, "plan.pdf", plan, "403 not-permitted")
	s.names("sec", p, "plan.pdf", plan, "404 not-found") // a draft is nobody else's
	r := s.names("ana", p, `C:\docs\..\plan.pdf`, plan, "201")
	file := "/attachments/" + r.at("id")
	if r.at("name") != "plan.pdf" || r.at("state") != "arriving" || r.at("next") != "0" {
		t.Errorf("%s", r.raw)
	}
	if again := s.names("ana", p, "other name.pdf", plan, "201"); again.at("id") != r.at("id") {
		t.Error("the same file named again is another one")
	}

	s.part("bob", file, 0, plan, "404 not-found")
	s.ask("ana", "POST", file+"/arrival", "", "409 file-not-arrived")
	s.ask("ana", "GET", file+"/content", "", "409 file-not-arrived")
	s.rawPart("ana", file, 0, plan[:domain.PartBytes], "other", "422 part-differs-from-its-hash")
	s.rawPart("ana", file, 1, plan[1:domain.PartBytes+1], plan[1:domain.PartBytes+1], "422 part-out-of-place")
	s.rawPart("ana", file, 0, plan[:100], plan[:100], "422 part-out-of-place")
	s.part("ana", file, domain.PartBytes, plan, "200") // the last first
	if where := s.ask("ana", "GET", file, "", "200"); where.at("next") != "0" || where.at("received") != fmt.Sprint(len(plan)-domain.PartBytes) {
		t.Errorf("it does not say where it stands: %s", where.raw)
	}
	s.part("ana", file, 0, plan, "200")
	s.part("ana", file, 0, plan, "200")
	s.rawPart("ana", file, 0, strings.Repeat("%PDF-1.7 ", domain.PartBytes)[:domain.PartBytes], strings.Repeat("%PDF-1.7 ", domain.PartBytes)[:domain.PartBytes], "409 part-already-there")
	if done := s.ask("ana", "POST", file+"/arrival", "", "200"); done.at("type") != "pdf" || done.at("state") != "arrived" {
		t.Errorf("%s", done.raw)
	}
	s.ask("ana", "POST", file+"/arrival", "", "200")
	s.part("ana", file, 0, plan, "200")

	s.ask("sec", "GET", file+"/content", "", "404 not-found")
	s.ask("bob", "GET", file, "", "404 not-found")
	s.ask("", "GET", file, "", "404 not-found")
	s.ask("ana", "POST", p+"/submission", "", "201")
	for _, who := range []string{"ana", "fay", "sec", "mia"} {
		got := s.ask(who, "GET", file+"/content", "", "200")
		if string(got.raw) != plan {
			t.Errorf("%s reads other bytes", who)
		}
		if list := s.attachedTo(who, p, "", "200"); states(list) != "plan.pdf arrived" {
			t.Errorf("%s sees %s", who, list.raw)
		}
	}
	s.ask("bob", "GET", file+"/content", "", "404 not-found")
	s.attachedTo("bob", p, "", "404 not-found")
	version := s.ask("sec", "GET", p+"/versions/1", "", "200")
	if !strings.Contains(string(version.raw), `"attachments":[{"name":"plan.pdf","sha256":"`+hashOf(plan)+`"`) {
		t.Errorf("the version does not name its file: %s", version.raw)
	}
	s.ask("ana", "POST", file+"/removal", "", "409 wrong-stage") // what was handed in stands
	s.names("ana", p, "late.pdf", aPDF(500), "409 wrong-stage")

	// Given back, it is taken away and another comes; the first version keeps its own.
	s.ask("sec", "POST", p+"/screening", `{"version":1,"outcome":"returned","reason":"The plan is of last year."}`, "200")
	s.ask("bob", "POST", file+"/removal", "", "404 not-found")
	s.ask("ana", "POST", file+"/removal", "", "204")
	s.ask("ana", "POST", file+"/removal", "", "204")
	s.attaches("ana", p, "plan of this year.pdf", aPDF(900), "200")
	if list := s.attachedTo("sec", p, "", "200"); states(list) != "plan.pdf arrived" {
		t.Errorf("what is being mended is seen: %s", list.raw)
	}
	s.ask("ana", "POST", p+"/submission", "", "201")
	if now, then := states(s.attachedTo("sec", p, "", "200")), states(s.attachedTo("sec", p, "&version=1", "200")); now != "plan of this year.pdf arrived" || then != "plan.pdf arrived" {
		t.Errorf("%s; %s", now, then)
	}
	must(t, s.SweepFiles(context.Background()))
	s.days(3)
	must(t, s.SweepFiles(context.Background()))
	s.ask("mia", "GET", file+"/content", "", "200")
}

// Nothing that a browser could run comes back as anything but a file to save.
func TestAFileIsNeverAPage(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	s.names("ana", p, "passwd\u202efdp.exe", aPDF(300), "422 hidden-characters") // it would read passwdexe.pdf
	for name, want := range map[string]string{
		"<b>a\"b;c\r\n.pdf":               `attachment; filename="<b>a_b_c.pdf"; filename*=UTF-8''%3Cb%3Ea%22b%3Bc.pdf`,
		"../../etc/passwd.exe":            `attachment; filename=passwd.exe.pdf; filename*=UTF-8''passwd.exe.pdf`,
		"خطة.pdf":                         `attachment; filename=___.pdf; filename*=UTF-8''%D8%AE%D8%B7%D8%A9.pdf`,
		"..":                              `attachment; filename=file.pdf; filename*=UTF-8''file.pdf`,
		strings.Repeat("x", 300) + ".pdf": `attachment; filename=` + strings.Repeat("x", 116) + `.pdf; filename*=UTF-8''` + strings.Repeat("x", 116) + `.pdf`,
	} {
		h := s.ask("ana", "GET", s.attaches("ana", p, name, aPDF(300), "200")+"/content", "", "200").header
		if got := h.Get("Content-Disposition"); got != want {
			t.Errorf("%q:\n got %s\nwant %s", name, got, want)
		}
		if h.Get("Content-Type") != "application/pdf" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") ||
			h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%v", h)
		}
	}
}

// Its name and what a browser says of it count for nothing.
func TestWhatIsInAFileCounts(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	docx := zipped("[Content_Types].xml", `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	for _, c := range []struct{ name, content, early, late string }{
		{"report.pdf", "MZ\x90\x00\x03 this program cannot be run", "422 file-type-not-taken", ""},
		{"picture.png", "<!DOCTYPE html><script>alert(1)</script>", "422 file-type-not-taken", ""},
		{"run.txt", "#!/bin/sh\nrm -rf /\n", "422 file-type-not-taken", ""},
		{"old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100), "422 file-type-not-taken", ""},
		{"cut.pdf", "%PDF-1.7\nand no end", "200", "422 file-damaged"},
		{"both.pdf", "%PDF-1.7\n" + zipped("a.html", "x") + "\n%%EOF", "200", "422 file-damaged"},
		{"macro.docx", zipped("[Content_Types].xml", `<Types/>`, "word/vbaProject.bin", "x"), "200", "422 file-with-macros"},
		{"any.docx", zipped("a.txt", "x"), "200", "422 file-type-not-taken"},
		{"fine.exe", docx, "200", "200"},
		{"table.csv", "a;b\n1;2\n", "200", "200"},
	} {
		r := s.names("ana", p, c.name, c.content, "201")
		file := "/attachments/" + r.at("id")
		s.part("ana", file, 0, c.content, c.early)
		if c.early == "200" {
			s.ask("ana", "POST", file+"/arrival", "", c.late)
		}
	}
	s.names("ana", p, "none.pdf", "", "422 file-empty")
	kind, id := subjectOf(p)
	for body, want := range map[string]string{
		`"size":26214401,"sha256":"` + hashOf("a") + `"`:           "413 file-too-large",
		`"size":26214400,"sha256":"` + hashOf("b") + `"`:           "201",
		`"size":5,"sha256":"ABC"`:                                  "422 unknown-value",
		`"size":5,"sha256":"` + strings.ToUpper(hashOf("a")) + `"`: "422 unknown-value",
	} {
		s.ask("ana", "POST", "/attachments", `{"kind":"`+kind+`","subject":"`+id+`","name":"x.pdf",`+body+`}`, want)
	}
	s.ask("ana", "POST", "/attachments", `{"kind":"voucher","subject":"`+id+`","name":"x","size":1,"sha256":"`+hashOf("a")+`"}`, "422 nothing-attaches-there")
	for i := range 4 {
		want := "201"
		if i == 3 {
			want = "413 files-too-large-together"
		}
		s.ask("ana", "POST", "/attachments", fmt.Sprintf(`{"kind":"%s","subject":"%s","name":"x.pdf","size":25000000,"sha256":"%s"}`, kind, id, hashOf(fmt.Sprint("large", i))), want)
	}
}

// zipped is an archive of names and contents.
func zipped(files ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// A call has its papers, for everybody to read and the secretariat to keep.
func TestACallHasItsPapers(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "IOM", "un")
	s.names("ana", call, "guide.pdf", aPDF(300), "404 not-found")
	file := s.attaches("sec", call, "guide.pdf", aPDF(300), "200")
	s.ask("", "GET", file+"/content", "", "200")
	if list := s.attachedTo("", call, "", "200"); states(list) != "guide.pdf arrived" || fmt.Sprint(list.JSON()["may"]) != "[]" {
		t.Errorf("%s", list.raw)
	}
	s.ask("sec", "POST", file+"/removal", "", "204")
	s.ask("", "GET", file, "", "404 not-found")
}

// What a submission names may finish arriving for the charter's minutes after the
// call closes, to the microsecond; what does not is told once, and the secretariat
// sees which it is.
func TestBytesMayComeForAWhile(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.draft(call)
	closes := s.Clock.Now().AddDate(0, 0, 30)
	due := closes.Add(30 * time.Minute)
	one, two := aPDF(700), aPDF(800)
	s.Clock.Set(closes.Add(-time.Microsecond))
	first, second := "/attachments/"+s.names("ana", p, "one.pdf", one, "201").at("id"), "/attachments/"+s.names("ana", p, "two.pdf", two, "201").at("id")
	s.ask("ana", "POST", p+"/submission", "", "201")
	s.Clock.Set(closes)
	if list := s.attachedTo("sec", p, "", "200"); states(list) != "one.pdf arriving, two.pdf arriving" {
		t.Errorf("%s", list.raw)
	}
	s.ask("sec", "POST", second+"/arrival", "", "404 not-found") // nobody else's to send
	s.part("ana", second, 0, two, "200")
	s.part("ana", first, 0, one, "200")
	must(t, s.MissAttachments(context.Background(), uuid.MustParse(strings.TrimPrefix(p, "/proposals/")), 1))
	s.Clock.Set(due.Add(-time.Microsecond))
	s.ask("ana", "POST", first+"/arrival", "", "200")
	s.Clock.Set(due)
	s.ask("ana", "POST", second+"/arrival", "", "409 file-too-late")
	s.part("ana", second, 0, two, "409 file-too-late")
	if list := s.attachedTo("sec", p, "", "200"); states(list) != "one.pdf arrived, two.pdf missing" {
		t.Errorf("%s", list.raw)
	}
	for range 2 {
		must(t, s.MissAttachments(context.Background(), uuid.MustParse(strings.TrimPrefix(p, "/proposals/")), 1))
	}
	for _, who := range []string{"ana", "sec"} {
		told := s.ask(who, "GET", "/notices", "", "200")
		if n := strings.Count(string(told.raw), `"files-missing"`); n != 1 {
			t.Errorf("%s is told %d times: %s", who, n, told.raw)
		}
	}
	if got := s.ask("sec", "GET", p, "", "200"); got.at("stage") != "submitted" || got.at("submission", "late") != "false" {
		t.Errorf("the submission does not stand: %s", got.raw)
	}
}

// A program that is killed between any two steps goes on from there: what was
// answered is kept, and nothing is there twice.
func TestAKillBetweenPartsCostsNothing(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	content := aPDF(3 * domain.PartBytes)
	file := "/attachments/" + s.names("ana", p, "plan.pdf", content, "201").at("id")
	for at := 0; at < len(content); at += domain.PartBytes {
		s.part("ana", file, at, content, "200")
		s.restarted()
		if next := s.ask("ana", "GET", file, "", "200"); at+domain.PartBytes < len(content) && !strings.Contains(string(next.raw), fmt.Sprintf(`"next":%d,`, at+domain.PartBytes)) {
			t.Errorf("after a kill it does not go on at %d: %s", at+domain.PartBytes, next.raw)
		}
	}
	s.ask("ana", "POST", file+"/arrival", "", "200")
	s.restarted()
	if got := s.ask("ana", "GET", file+"/content", "", "200"); string(got.raw) != content {
		t.Error("other bytes")
	}
	if n, faults, err := s.CheckFiles(context.Background(), true); n != 1 || len(faults) > 0 || err != nil {
		t.Errorf("%d, %v, %v", n, faults, err)
	}
}

// restarted is the program begun again over the same database and folder.
func (s *story) restarted() {
	s.t.Helper()
	again, err := store.Open(context.Background(), store.Options{URL: s.URL, Clock: s.Clock.Now, Blobs: s.Blobs, Scratch: s.t.TempDir()})
	must(s.t, err)
	s.t.Cleanup(func() { again.Close() })
	s.server.Store = again
}

// Several files come at once, one of them by two browsers: each is there once.
func TestFilesComeAtOnce(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	content := aPDF(domain.PartBytes + 5)
	file := "/attachments/" + s.names("ana", p, "plan.pdf", content, "201").at("id")
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			s.part("ana", file, 0, content, "200")
			s.part("ana", file, domain.PartBytes, content, "200")
			s.ask("ana", "POST", file+"/arrival", "", "200")
		})
		wait.Go(func() { s.attaches("ana", p, "other.pdf", aPDF(400), "200") })
	}
	wait.Wait()
	var events int
	must(t, s.DB.Raw(`SELECT count(*) FROM attachment_arrivals`).Row().Scan(&events))
	if events != 5 {
		t.Errorf("%d arrivals", events)
	}
}

// late keeps a part, and does something before it says so.
type late struct {
	blob.Blobs
	once atomic.Bool
	do   func()
}

func (l *late) Put(ctx context.Context, k blob.Key, r io.Reader, size int64) error {
	err := l.Blobs.Put(ctx, k, r, size)
	if !l.once.Swap(true) {
		l.do()
	}
	return err
}

// A part that one browser sends while the same part of another makes the file whole is
// forgotten with the others.
func TestAPartThatComesTooLate(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	content := aPDF(domain.PartBytes + 5)
	file := "/attachments/" + s.names("ana", p, "plan.pdf", content, "201").at("id")
	s.part("ana", file, 0, content, "200")
	sent, ending := make(chan bool), make(chan bool)
	s.Blobs = &late{Blobs: s.Blobs, do: func() { close(sent); <-ending }}
	s.restarted()
	var slow sync.WaitGroup
	slow.Go(func() { s.part("ana", file, domain.PartBytes, content, "200") })
	<-sent
	s.part("ana", file, domain.PartBytes, content, "200")
	waiting := func() (n int) {
		must(t, s.DB.Raw(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Row().Scan(&n))
		return n
	}
	s.Gate(t, `LOCK TABLE events IN EXCLUSIVE MODE`, 2, func() {
		slow.Go(func() { s.ask("ana", "POST", file+"/arrival", "", "200") })
		storetest.Eventually(t, func() bool { return waiting() == 1 }) // its parts are gone, and nobody knows yet
		close(ending)
		slow.Wait()
	})
}

// full is a folder whose disk is full.
type full struct{ blob.Blobs }

func (full) Put(context.Context, blob.Key, io.Reader, int64) error {
	return errors.New("no space left on device")
}

// A full disk is said as such, and costs nothing that was kept.
func TestAFullDisk(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	content := aPDF(domain.PartBytes + 5)
	file := "/attachments/" + s.names("ana", p, "plan.pdf", content, "201").at("id")
	s.part("ana", file, 0, content, "200")
	kept := s.Blobs
	s.Blobs = full{kept}
	s.restarted()
	s.part("ana", file, domain.PartBytes, content, "503 files-cannot-be-kept")
	s.Blobs = kept
	s.restarted()
	s.part("ana", file, domain.PartBytes, content, "200")
	s.Blobs = full{kept}
	s.restarted()
	s.ask("ana", "POST", file+"/arrival", "", "503 files-cannot-be-kept")
	s.Blobs = kept
	s.restarted()
	s.ask("ana", "POST", file+"/arrival", "", "200")
}

// What nobody names is swept, and nothing else: parts of a file given up, and
// bytes taken away everywhere, but not those that two share while one stands.
func TestWhatIsSwept(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.draft(call)
	shared, given := aPDF(500), aPDF(domain.PartBytes+9)
	mine, papers := s.attaches("ana", p, "mine.pdf", shared, "200"), s.attaches("sec", call, "guide.pdf", shared, "200")
	up := "/attachments/" + s.names("ana", p, "given up.pdf", given, "201").at("id")
	s.part("ana", up, 0, given, "200")
	count := func() (files, parts int) {
		must(t, s.Blobs.Each(context.Background(), blob.Files, func(blob.Entry) error { files++; return nil }))
		must(t, s.DB.Raw(`SELECT count(*) FROM attachment_parts`).Row().Scan(&parts))
		return files, parts
	}
	expect := func(when string, files, parts int) {
		t.Helper()
		must(t, s.SweepFiles(context.Background()))
		if f, p := count(); f != files || p != parts {
			t.Errorf("%s: %d files and %d parts, not %d and %d", when, f, p, files, parts)
		}
	}
	s.ask("ana", "POST", mine+"/removal", "", "204")
	s.days(6)
	expect("while the call's stands", 1, 1)
	s.ask("sec", "POST", papers+"/removal", "", "204")
	s.days(2)
	expect("when nobody names it", 0, 0)
	if r := s.ask("ana", "GET", up, "", "200"); r.at("next") != "0" {
		t.Errorf("a file given up does not begin anew: %s", r.raw)
	}
	s.part("ana", up, 0, given, "200")
	s.part("ana", up, domain.PartBytes, given, "200")
	s.ask("ana", "POST", up+"/arrival", "", "200")

	// Rot is found: another size, another hash, nothing at all.
	key := blob.File(mustHex(hashOf(given)))
	for _, c := range []struct{ bytes, fault string }{{strings.Repeat("x", len(given)), "has another hash"}, {"short", "bytes instead of"}, {"", "is not there"}} {
		if c.bytes == "" {
			must(t, s.Blobs.Remove(context.Background(), key))
		} else {
			must(t, s.Blobs.Put(context.Background(), key, strings.NewReader(c.bytes), int64(len(c.bytes))))
		}
		if _, faults, err := s.CheckFiles(context.Background(), true); err != nil || len(faults) != 1 || !strings.Contains(faults[0], c.fault) {
			t.Errorf("%v, %v", faults, err)
		}
	}
}

// In a bucket files come, break off, go on after a restart, are read, and are missed
// where somebody else took them away, as in a folder.
func TestFilesInABucket(t *testing.T) {
	kept := s3mem.New()
	must(t, kept.CreateBucket("fund"))
	server := httptest.NewServer(gofakes3.New(kept).Server())
	defer server.Close()
	bucket, err := blob.Address("s3://key:secret@" + strings.TrimPrefix(server.URL, "http://") + "/fund?http=true&region=us-east-1")
	must(t, err)
	s := newStory(t)
	p := s.draft(s.openCall())
	folder := s.Blobs
	s.Blobs = bucket
	s.restarted()
	content := aPDF(2*domain.PartBytes + 5)
	file := "/attachments/" + s.names("ana", p, "plan.pdf", content, "201").at("id")
	s.part("ana", file, 2*domain.PartBytes, content, "200")
	s.part("ana", file, 0, content, "200")
	s.restarted()
	if r := s.ask("ana", "GET", file, "", "200"); r.at("next") != fmt.Sprint(domain.PartBytes) {
		t.Errorf("it goes on at %s", r.raw)
	}
	s.part("ana", file, domain.PartBytes, content, "200")
	s.ask("ana", "POST", file+"/arrival", "", "200")
	if got := s.ask("ana", "GET", file+"/content", "", "200"); string(got.raw) != content {
		t.Error("other bytes")
	}
	looked := func(want ...string) {
		t.Helper()
		n, faults, err := s.server.Store.CheckFiles(context.Background(), true)
		if must(t, err); n != 1 || len(faults) != len(want) || len(want) > 0 && !strings.Contains(faults[0], want[0]) {
			t.Errorf("%d files: %v, not %v", n, faults, want)
		}
	}
	looked()

	// To a folder and on from there.
	done, err := blob.Copy(context.Background(), bucket, folder)
	if must(t, err); done.Files != 1 || done.Bytes != int64(len(content)) {
		t.Errorf("%+v", done)
	}
	must(t, bucket.Remove(context.Background(), blob.File(mustHex(hashOf(content)))))
	looked("is not there")
	s.ask("ana", "GET", file+"/content", "", "503 files-cannot-be-kept")
	s.Blobs = folder
	s.restarted()
	looked()
	if got := s.ask("ana", "GET", file+"/content", "", "200"); string(got.raw) != content {
		t.Error("other bytes")
	}
}

func mustHex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// The letter on which the secretariat submitted for an applicant is read by both sides,
// and is the file that was named.
func TestTheLetterOfASubmissionOnBehalf(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	p := s.draft(call)
	_, id := subjectOf(p)
	letter := aPDF(900)
	r := s.ask("ana", "GET", p, "", "200")
	hash := s.ask("ana", "GET", p+"/endorsements", "", "200").at("hash")
	s.names("sec", "/behalfs/"+id, "letter.pdf", letter, "404 not-found") // nothing was submitted for them yet
	s.ask("sec", "POST", "/submissions-on-behalf", text(map[string]any{"proposal": r.at("ref"), "content_hash": hash, "reason": "Their line was cut.",
		"reference": "Letter of 1 March 2026", "document_hash": hashOf(letter)}), "201")
	s.person("eve", "applicant", "ILO", "un")
	s.names("ana", "/behalfs/"+id, "letter.pdf", letter, "404 not-found")
	s.names("sec", "/behalfs/"+id, "letter.pdf", aPDF(901), "409 file-other-than-named")
	s.attaches("sec", "/behalfs/"+id, "letter.pdf", letter, "200")
	for who, want := range map[string]string{"ana": "200", "fay": "200", "sec": "200", "eve": "404 not-found"} {
		s.attachedTo(who, "/behalfs/"+id, "", want)
	}
}

// A signed paper, and the note that accredits a focal point, have the scan that they
// were recorded with and no other; a paper that was checked keeps its own.
func TestScansAreThoseThatWereNamed(t *testing.T) {
	s := newStory(t)
	p := s.draft(s.openCall())
	s.person("sue", "secretariat", "IOM-FMU", "un")
	s.person("other", "applicant", "ILO", "un")
	s.person("foe", "focal-point", "QP", "state")
	content := aPDF(700)
	all := s.ask("ana", "GET", p+"/endorsements", "", "200")
	s.ask("ana", "POST", p+"/papers", text(map[string]any{"kind": "endorsement", "state": s.orgs["QM"], "content_hash": all.at("hash"), "signer": "A. Minister",
		"title": "Minister", "body": "Ministry of Labour", "signed_on": "2026-03-01", "reference": "NV 7", "document_hash": hashOf(content)}), "200")
	paper := "/papers/" + fmt.Sprint(s.ask("sue", "GET", "/papers", "", "200").List()[0]["id"])
	s.names("other", paper, "scan.pdf", content, "404 not-found")
	s.names("foe", paper, "scan.pdf", content, "403 not-permitted")
	s.names("ana", paper, "scan.pdf", aPDF(701), "409 file-other-than-named")
	file := s.attaches("ana", paper, "scan.pdf", content, "200")
	s.ask("sue", "GET", file+"/content", "", "200")
	s.ask("other", "GET", file, "", "404 not-found")
	s.ask("foe", "GET", file, "", "404 not-found")
	s.ask("sue", "POST", paper+"/check", `{"accepted":true}`, "200")
	s.ask("ana", "POST", file+"/removal", "", "409 paper-checked-already")
	s.names("ana", paper, "scan.pdf", content, "409 paper-checked-already")

	note := aPDF(300)
	r := s.ask("sue", "POST", "/accreditation-notes", text(map[string]any{"state": s.orgs["QP"], "name": "Nana", "email": "nana@example.org", "from": "2026-03-02",
		"reference": "NV 8", "document_hash": hashOf(note)}), "201")
	of := "/accreditations/" + r.at("id")
	s.names("sue", of, "note.pdf", content, "409 file-other-than-named")
	file = s.attaches("sue", of, "note.pdf", note, "200")
	s.ask("foe", "GET", file+"/content", "", "200")
	s.ask("ana", "GET", file, "", "404 not-found")
	s.names("ana", of, "note.pdf", note, "404 not-found")
	s.names("sue", "/accreditations/"+uuid.NewString(), "note.pdf", note, "404 not-found")
}
