package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"
	"github.com/goccy/go-yaml"
)

// page fetches one of the site's pages.
func (s *story) page(path, accept string) reply {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", accept)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return reply{s.t, w.Code, w.Header(), w.Body.Bytes()}
}

func TestPublicPagesSpeakSixLanguages(t *testing.T) {
	s := newStory(t)
	for _, lang := range languages {
		for path, status := range map[string]int{"/": 200, "/" + lang + "/": 200, "/" + lang + "/statement?as_of=2026-01-31": 200, "/" + lang + "/statement/transfers": 200,
			"/" + lang + "/contributions": 200, "/" + lang + "/body": 200, "/" + lang + "/contributions?as_of=yesterday": 422,
			"/" + lang + "/statement/nonsense": 404, "/" + lang + "/vouchers/x": 404, "/" + lang + "/nowhere": 404, "/" + lang + "/charter": 200, "/" + lang + "/charter/body": 200, "/" + lang + "/charter/nothing": 404, "/" + lang + "/charter?on=2018-01-01": 409, "/" + lang + "/statement?as_of=yesterday": 422} {
			got := s.page(path, lang)
			// The one script of the pages with charts is a file of ours; all else would be inline.
			body := regexp.MustCompile(`<script type="module" src="/app/assets/[\w-]+\.js"></script>`).ReplaceAllString(string(got.raw), "")
			if got.status != status {
				t.Errorf("%s in %s: %d\n%s", path, lang, got.status, body)
			}
			if !strings.Contains(body, `<html lang="`+lang+`"`) || (lang == "ar") != strings.Contains(body, `dir="rtl"`) {
				t.Errorf("%s is not in %s", path, lang)
			}
			if h := got.header.Get("Content-Language"); h != lang {
				t.Errorf("%s says it is in %q", path, h)
			}
			if strings.Contains(body, "<script") || strings.Contains(body, "style=") || strings.Contains(body, "http://") || strings.Contains(body, "https://") {
				t.Errorf("%s would break the policy on content, or calls elsewhere", path)
			}
		}
	}
}

// The words of the site are there in every language: a page without one fails.
func TestWordsAreCompleteInSixLanguages(t *testing.T) {
	ids := map[string][]string{}
	for _, lang := range languages {
		for _, id := range wordIDs(t, lang) {
			ids[id] = append(ids[id], lang)
		}
	}
	for id, has := range ids {
		if id == "site.unreviewed" {
			continue // of a translation: English has none
		}
		if len(has) != len(languages) {
			t.Errorf("%s is only in %v", id, has)
		}
	}
}

// wordIDs lists what a language has a sentence for.
func wordIDs(t *testing.T, lang string) (ids []string) {
	t.Helper()
	files, err := wordFiles.ReadDir("words")
	must(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), "."+lang+".yaml") {
			continue
		}
		b, err := wordFiles.ReadFile("words/" + f.Name())
		must(t, err)
		var entries map[string]any
		must(t, yaml.Unmarshal(b, &entries))
		for id, text := range entries {
			if text == "" || text == nil {
				t.Errorf("%s is empty in %s", id, lang)
			}
			ids = append(ids, id)
		}
	}
	return ids
}

// form posts the sign-in page's form, as a browser without script does.
func (s *story) form(path string, fields url.Values) reply {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return reply{s.t, w.Code, w.Header(), w.Body.Bytes()}
}

func TestSignInPageWorksWithoutScript(t *testing.T) {
	s := newStory(t)
	for _, lang := range languages {
		body := string(s.page("/"+lang+"/sign-in?next=/app/proposals", "en").raw)
		if !strings.Contains(body, `<html lang="`+lang+`"`) || !strings.Contains(body, `action="/`+lang+`/sign-in"`) || !strings.Contains(body, `value="/app/proposals"`) || strings.Contains(body, "<script") {
			t.Errorf("the page in %s:\n%s", lang, body)
		}
	}
	got := s.form("/fr/sign-in", url.Values{"email": {"ana@example.org"}, "password": {"wrong <b>"}, "next": {"/app/x"}})
	body := string(got.raw)
	if got.status != http.StatusUnauthorized && got.status != http.StatusForbidden && got.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong password: %d", got.status)
	}
	if !strings.Contains(body, `role="alert"`) || !strings.Contains(body, `value="ana@example.org"`) || !strings.Contains(body, `<html lang="fr"`) || strings.Contains(body, "wrong") {
		t.Errorf("the page after a wrong password:\n%s", body)
	}
}

func TestSignInLeadsToTheAppAndNowhereElse(t *testing.T) {
	for next, want := range map[string]string{
		"/app/proposals?stage=draft": "/app/proposals?stage=draft", "": "/app/", "/": "/app/", "//evil.example/app/": "/app/",
		"https://evil.example/app/": "/app/", `/\evil.example/app/`: "/app/", "/app/\r\nSet-Cookie: x": "/app/", "javascript:alert(1)": "/app/",
	} {
		if got := backTo(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

// builtPages are pages as Vite builds them, small.
var builtPages = fstest.MapFS{
	"index.html":           {Data: []byte(`<!doctype html><html lang="en" dir="ltr"><head><!--fund--><!--preload--></head></html>`)},
	".vite/manifest.json":  {Data: []byte(`{"index.html":{"file":"assets/index-1.js","css":["assets/index-1.css"]},"src/words/ar/common.po":{"file":"assets/ar-1.js"},"src/tasks/TasksPage.tsx":{"file":"assets/tasks-1.js","imports":["index.html","_shared.js"]},"_shared.js":{"file":"assets/shared-1.js"}}`)},
	"assets/index-1.js":    {Data: []byte("plain")},
	"assets/index-1.js.br": {Data: []byte("packed")},
}

func TestTheAppIsServedAsBuilt(t *testing.T) {
	s := newStory(t)
	built, err := loadApp(builtPages)
	must(t, err)
	site, err := loadSite()
	must(t, err)
	g := gin.New()
	g.ContextWithFallback = true
	s.server.mountApp(g, site, built)
	s.handler = g

	got := s.page("/app/proposals/1", "ar")
	body := string(got.raw)
	for _, want := range []string{`<html lang="ar" dir="rtl">`, `<meta name="fund" content="{&#34;example&#34;:false,`, `href="/app/assets/ar-1.js"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the document lacks %s:\n%s", want, body)
		}
	}
	if strings.Contains(body, "tasks-1") || strings.Contains(body, `href="/app/assets/index-1.js"`) {
		t.Errorf("it fetches what this page does not need ahead:\n%s", body)
	}
	if p := got.header.Get("Content-Security-Policy"); p != appPolicy || strings.Contains(p, "unsafe") {
		t.Errorf("policy %q", p)
	}
	if home := string(s.page("/app/", "en").raw); !strings.Contains(home, "tasks-1") || !strings.Contains(home, "shared-1") {
		t.Errorf("the home page's files are not fetched ahead:\n%s", home)
	}
	file := s.page("/app/assets/index-1.js", "en")
	if string(file.raw) != "plain" || !strings.Contains(file.header.Get("Cache-Control"), "immutable") || !strings.Contains(file.header.Get("Content-Type"), "javascript") {
		t.Errorf("the script: %q %v", file.raw, file.header)
	}
	for _, path := range []string{"/app/assets/none.js", "/app/assets/index-1.js.br", "/app/assets/../.vite/manifest.json"} {
		if got := s.page(path, "en"); got.status != http.StatusNotFound && strings.Contains(string(got.raw), "assets/index-1.js\"") {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	for header, want := range map[string]bool{"gzip, br": true, "br;q=0": false, "br;q=0.5": true, "gzip": false, "": false} {
		if accepts(header, "br") != want {
			t.Errorf("%q accepts br: %v", header, !want)
		}
	}
}

func TestPagesThatWereNotBuiltSaySo(t *testing.T) {
	s := newStory(t)
	built, err := loadApp(fstest.MapFS{})
	must(t, err)
	site, err := loadSite()
	must(t, err)
	g := gin.New()
	g.ContextWithFallback = true
	s.server.mountApp(g, site, built)
	s.handler = g
	if got := s.page("/app/", "en"); got.status != http.StatusServiceUnavailable || !strings.Contains(string(got.raw), "make build") {
		t.Errorf("%d %s", got.status, got.raw)
	}
}

func TestAPageThatIsNowhereSpeaksTheLanguageOfItsAddress(t *testing.T) {
	s := newStory(t)
	if got := s.page("/ar/nowhere", "en"); got.status != 404 || !strings.Contains(string(got.raw), `<html lang="ar" dir="rtl">`) {
		t.Errorf("%d %s", got.status, got.raw)
	}
}

// Pages with charts carry the script, others do not; where it was not built the
// tables stand alone.
func TestOnlyPagesWithChartsCarryTheScript(t *testing.T) {
	s := newStory(t)
	for _, scripts := range [][]string{{"/app/assets/public-1.js", "/app/assets/shared-1.js"}, nil} {
		site, err := loadSite()
		must(t, err)
		site.scripts = scripts
		g := gin.New()
		g.ContextWithFallback = true
		for _, v := range s.server.views() {
			g.GET("/en/"+v.path, s.server.mountView(site, v, "en"))
		}
		s.handler = g
		for path, charts := range map[string]bool{"/en/": true, "/en/body": true, "/en/statement": false, "/en/contributions": false} {
			body := string(s.page(path, "en").raw)
			want := charts && scripts != nil
			if strings.Contains(body, `<script type="module" src="/app/assets/public-1.js"></script>`) != want ||
				strings.Contains(body, `<link rel="modulepreload" href="/app/assets/shared-1.js">`) != want {
				t.Errorf("%s with %v:\n%s", path, scripts, body)
			}
		}
	}
}
