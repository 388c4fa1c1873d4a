package api

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"startupfund/exchange/mail/mailtest"
	"startupfund/store"
)

// One test a path by which something could be learnt of an item that an interest takes out
// of sight; in each somebody without an interest finds it, so that it is known to look.

// tells are the markers in a text.
func (l leaks) tells(text string) (told []string) {
	for _, m := range l.markers {
		if strings.Contains(strings.ToLower(text), strings.ToLower(m)) {
			told = append(told, m)
		}
	}
	return told
}

// ways are how somebody came to be out of sight.
func ways() map[string]conflicted {
	return map[string]conflicted{"declared": {}, "standing": {standing: true}, "the Chair": {chair: true}, "merged": {merged: true}}
}

// Mail: neither its subject nor its text, whenever it is sent.
func TestMailDoesNotLeak(t *testing.T) {
	for name, how := range ways() {
		t.Run(name, func(t *testing.T) {
			var server *mailtest.Server
			how.before = func(s *story) { server = s.mailed() }
			l := leaksOf(t, how)
			l.work(l.server.Deliver)
			l.idle()
			seen := map[string]bool{}
			for _, m := range server.Taken() {
				who, _, _ := strings.Cut(m.To, "@")
				told := l.tells(m.Subject() + m.Body)
				seen[who] = seen[who] || len(told) > 0
				if slices.Contains(l.recused, who) && slices.ContainsFunc(told, func(x string) bool { return who != "recipients-1" || !slices.Contains(l.markers[5:], x) }) {
					t.Errorf("%s is mailed of %v: %s", who, told, m.Subject())
				}
			}
			if !seen["donors-3"] {
				t.Errorf("a member without interest is mailed nothing of it: %v", seen)
			}
		})
	}
}

// The public's pages, in every language, also while they are read by who is signed in.
func TestPublicPagesDoNotLeak(t *testing.T) {
	l := newLeaks(t)
	visit := func(who, path string) string {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		if who != "" {
			r.AddCookie(&http.Cookie{Name: "fund", Value: l.people[who]})
		}
		w := httptest.NewRecorder()
		l.handler.ServeHTTP(w, r)
		return w.Body.String() + fmt.Sprint(w.Header())
	}
	asked := 0
	paths := func(lang string) (list []string) {
		for _, v := range l.server.views() {
			for _, id := range []string{l.ids["ref"], l.ids["question"], l.ids["proposal"]} {
				list = append(list, "/"+lang+"/"+pathParameter.ReplaceAllString(v.path, id))
			}
		}
		return list
	}
	for _, lang := range []string{"en", "ar"} {
		for _, path := range paths(lang) {
			for _, who := range append([]string{""}, l.recused...) {
				asked++
				if told := slices.DeleteFunc(l.tells(strings.ReplaceAll(visit(who, path), path, "")), func(m string) bool { return strings.Contains(path, m) }); len(told) > 0 {
					t.Errorf("%s tells %q of %v", path, who, told)
				}
			}
		}
	}
	if asked < 100 {
		t.Errorf("only %d were read", asked)
	}
	// Once it is adopted it is everybody's.
	for _, who := range []string{"donors-3", "stakeholders-1"} {
		l.ask(who, "POST", "/questions/"+l.ids["question"]+"/positions", `{"position":"agree"}`, "201")
	}
	l.ask("chair", "POST", "/questions/"+l.ids["question"]+"/decision", `{}`, "201")
	if !strings.Contains(visit("", "/en/decisions"), word) {
		t.Error("nor do they tell what was adopted")
	}
}

// Search and counts: what is out of sight is found as little as a word that nobody wrote.
func TestSearchAndCountsDoNotLeak(t *testing.T) {
	for name, how := range ways() {
		t.Run(name, func(t *testing.T) {
			l := leaksOf(t, how)
			for _, ask := range []string{"/proposals?q=", "/proposals/counts?q=", "/meetings?q=", "/decisions?q=", "/programmes?q=", "/organisations?q="} {
				for _, who := range l.recused {
					got, nothing := l.send(who, "GET", ask+word, ""), l.send(who, "GET", ask+"zibelina", "")
					if got.status != nothing.status || strings.ReplaceAll(string(got.raw), word, "zibelina") != string(nothing.raw) {
						t.Errorf("GET %s%s answers %s otherwise than what there is not: %.300s", ask, word, who, got.raw)
					}
				}
			}
			one := l.ask("donors-3", "GET", "/proposals/counts?q="+word, "", "200")
			all, fewer := l.ask("donors-3", "GET", "/proposals/counts", "", "200"), l.ask(l.recused[0], "GET", "/proposals/counts", "", "200")
			if one.at("total") != "1" || all.at("total") == fewer.at("total") {
				t.Errorf("a member without interest counts %s, of %s; who has one, of %s", one.at("total"), all.at("total"), fewer.at("total"))
			}
		})
	}
}

// inside is a file with what is packed in it: the members of a ZIP (XLSX, DOCX), the
// streams of a PDF.
func inside(raw []byte) string {
	text := string(raw)
	if z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err == nil {
		for _, f := range z.File {
			if r, err := f.Open(); err == nil {
				b, _ := io.ReadAll(r)
				text += f.Name + inside(b)
			}
		}
	}
	for _, m := range regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`).FindAllSubmatch(raw, -1) {
		if r, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
			b, _ := io.ReadAll(r)
			text += string(b)
		}
	}
	return text
}

// Files: what is exported is unpacked and read.
func TestExportsDoNotLeak(t *testing.T) {
	for name, how := range ways() {
		t.Run(name, func(t *testing.T) {
			l := leaksOf(t, how)
			found := 0
			for _, list := range []string{"/proposals", "/meetings", "/decisions", "/programmes", "/organisations"} {
				for _, format := range []string{"csv", "xlsx", "json"} {
					path := list + "/export?format=" + format
					for _, who := range l.recused {
						if told := l.tells(inside(l.send(who, "GET", path, "").raw)); len(told) > 0 {
							t.Errorf("GET %s tells %s of %v", path, who, told)
						}
					}
					if r := l.send("donors-3", "GET", path, ""); list == "/proposals" && r.status == 200 && len(l.tells(inside(r.raw))) > 0 {
						found++
					}
				}
			}
			for _, format := range []string{"docx", "pdf", "html"} {
				path := "/proposals/" + l.ids["proposal"] + "/document?format=" + format
				for _, who := range l.recused {
					l.ask(who, "GET", path, "", "404 not-found")
				}
				if r := l.send("donors-3", "GET", path, ""); r.status == 200 {
					found++
				}
			}
			if found < 3 {
				t.Errorf("a member without interest finds it in %d files", found)
			}
		})
	}
}

// Decisions: whoever was out of sight of an item reads what was decided, and not who said what.
func TestDecisionFilesDoNotLeak(t *testing.T) {
	l := newLeaks(t)
	for _, who := range []string{"donors-3", "stakeholders-1"} {
		l.ask(who, "POST", "/questions/"+l.ids["question"]+"/positions", `{"position":"agree","reason":"It is of the quagga too."}`, "201")
	}
	number := l.ask("chair", "POST", "/questions/"+l.ids["question"]+"/decision", `{}`, "201").at("number")
	private := []string{"Too much", "of the quagga too", "A brother", `\"positions\"`, `\"presences\"`, `\"interests\"`}
	control := string(l.ask("donors-3", "GET", "/decisions/"+number, "", "200").raw)
	for _, who := range l.recused {
		got := l.ask(who, "GET", "/decisions/"+number, "", "200")
		for _, m := range private {
			if strings.Contains(string(got.raw), m) {
				t.Errorf("the decision tells %s %q", who, m)
			}
			if !strings.Contains(control, m) {
				t.Errorf("it does not tell a member without interest %q", m)
			}
		}
		if got.at("complete") != "false" {
			t.Errorf("%s is told that the record is whole", who)
		}
	}
}

// Runs: what was put off by one, whatever it is called, is no other's to see.
func TestRunsDoNotLeak(t *testing.T) {
	l := newLeaks(t)
	l.person("pia", "agent-preparer", "MPTFO", "un")
	run := l.ask("pia", "POST", "/bank-statements", camt(t, "S1", "2026-03-02", "0.00", "5.00", "5.00"), "202", xml, async, header("Content-Description", "For%20the%20"+word)).at("id")
	if told := l.tells(string(l.ask("pia", "GET", "/runs/"+run, "", "200").raw)); len(told) == 0 {
		t.Error("it is not told to its own person")
	}
	for _, who := range l.recused {
		got, nothing := l.ask(who, "GET", "/runs/"+run, "", "404 not-found"), l.ask(who, "GET", "/runs/"+strings.Replace(run, run[:8], "00000000", 1), "", "404 not-found")
		if len(got.raw) != len(nothing.raw) || len(l.tells(string(l.ask(who, "GET", "/runs", "", "200").raw))) > 0 {
			t.Errorf("%s is told of another's run: %s", who, got.raw)
		}
	}
}

// outside is what an answer shows without its content: status, size, and headers.
func outside(r reply, id string) string {
	h := r.header.Clone()
	for _, own := range []string{"Date", "X-Request-Id", "Server-Timing"} {
		h.Del(own)
	}
	return strings.ReplaceAll(fmt.Sprint(r.status, len(r.raw), h), id, "ID")
}

// Sizes and headers: a hidden item's answer has those of any other that is hidden,
// whatever is inside, and a hidden proposal's those of one that there is not.
func TestSizesAndHeadersDoNotLeak(t *testing.T) {
	l := newLeaks(t)
	meeting := "/meetings/" + l.ids["meeting"]
	long := strings.Replace(policyVote, "The body endorses it.", strings.Repeat("The body endorses the "+word+". ", 200), 1)
	long = strings.Replace(long, "A paper", "A paper on the "+strings.Repeat(word+" ", 9), 1)
	items := []string{l.listed(meeting, policyVote), l.listed(meeting, long)}
	for _, q := range items {
		l.ask("donors-2", "POST", q+"/interests", `{"kind":"personal","note":"A brother."}`, "201")
	}
	l.ask("donors-1", "POST", items[1]+"/interests", `{"kind":"other","note":"We wrote some."}`, "201")
	l.ask("donors-1", "POST", items[0]+"/interests", `{"kind":"other","note":""}`, "201")
	shape := func(who string, n int, rest string) string {
		return outside(l.send(who, "GET", items[n]+rest, ""), items[n][len("/questions/"):])
	}
	for _, rest := range []string{"", "/arithmetic"} {
		if shape("donors-2", 0, rest) != shape("donors-2", 1, rest) {
			t.Errorf("of what is hidden %s shows\n%s\n%s", rest, shape("donors-2", 0, rest), shape("donors-2", 1, rest))
		}
	}
	if shape("donors-3", 0, "") == shape("donors-3", 1, "") {
		t.Error("nor does it show to a member without interest which is the longer")
	}
	for _, who := range l.recused {
		for _, rest := range []string{"", "/scores", "/document", "/versions/1", "/budget", "/screenings", "/endorsements"} {
			path, nothing := "/proposals/"+l.ids["proposal"], "/proposals/"+strings.Replace(l.ids["proposal"], l.ids["proposal"][:8], "00000000", 1)
			a, b := outside(l.send(who, "GET", path+rest, ""), l.ids["proposal"]), outside(l.send(who, "GET", nothing+rest, ""), nothing[len("/proposals/"):])
			if a != b {
				t.Errorf("%s shows %s\n%s\nand of what there is not\n%s", rest, who, a, b)
			}
		}
	}
}

// statements counts what a store asks the database.
type statements struct{ n atomic.Int64 }

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	s.n.Add(1)
	return ctx
}
func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// Time is not measured, since a machine is shared: a hidden proposal costs the database as
// many statements as one that there is not.
func TestTimingDoesNotLeak(t *testing.T) {
	for name, how := range ways() {
		t.Run(name, func(t *testing.T) {
			l := leaksOf(t, how)
			var heard statements
			counted, err := store.Open(context.Background(), store.Options{URL: l.URL, Clock: l.Clock.Now, Blobs: l.Blobs, Scratch: t.TempDir(), Trace: &heard})
			must(t, err)
			t.Cleanup(func() { counted.Close() })
			l.server = &Server{Store: counted, Policy: l.server.Policy, Words: l.server.Words, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
			l.handler = l.server.Handler()
			cost := func(who, path string) int64 {
				l.send(who, "GET", path, "") // what is kept once read
				before := heard.n.Load()
				l.send(who, "GET", path, "")
				return heard.n.Load() - before
			}
			nothing := strings.Replace(l.ids["proposal"], l.ids["proposal"][:8], "00000000", 1)
			for _, rest := range []string{"", "/scores", "/document", "/versions/1", "/budget", "/screenings", "/endorsements", "/clarifications", "/lacks", "/advice"} {
				for _, who := range l.recused {
					if own, none := cost(who, "/proposals/"+l.ids["proposal"]+rest), cost(who, "/proposals/"+nothing+rest); own != none {
						t.Errorf("GET /proposals/:id%s asks the database %d times for %s, and %d for what there is not", rest, own, who, none)
					}
				}
				if seen, none := cost("donors-3", "/proposals/"+l.ids["proposal"]+rest), cost("donors-3", "/proposals/"+nothing+rest); rest == "" && seen == none {
					t.Errorf("of what a member sees it asks %d times, as of nothing", seen)
				}
			}
		})
	}
}
