package api

import (
	"encoding/json"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"startupfund/domain"
	"startupfund/frontend"
)

// appPolicy is the content policy of the signed-in pages. The one style that is
// allowed by its hash is React Aria's own (1.22.1); the browser tests run under
// this policy and fail on any word from it (frontend/vite.config.ts has it too).
const appPolicy = "default-src 'self'; style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"

// app is the signed-in pages as they were built: one document, and files whose
// names change with what is in them.
type app struct {
	files    fs.FS
	document string              // "" when the pages were not built
	chunks   map[string]appChunk // by source, as Vite's manifest tells
}

type appChunk struct {
	File    string   `json:"file"`
	Imports []string `json:"imports"`
	CSS     []string `json:"css"`
}

// loadApp reads what `make pages` built. Nothing built is no fault: the program
// says so where the pages would be.
func loadApp(files fs.FS) (*app, error) {
	a := &app{files: files}
	document, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return a, nil
	}
	manifest, err := fs.ReadFile(files, ".vite/manifest.json")
	if err != nil {
		return nil, err
	}
	a.document = string(document)
	return a, json.Unmarshal(manifest, &a.chunks)
}

// needs are the files of a source and of all that it cannot start without.
func (a *app) needs(source string, seen map[string]bool) (scripts, styles []string) {
	chunk, ok := a.chunks[source]
	if !ok || seen[source] {
		return nil, nil
	}
	seen[source] = true
	scripts, styles = []string{"/app/" + chunk.File}, nil
	for _, css := range chunk.CSS {
		styles = append(styles, "/app/"+css)
	}
	for _, next := range chunk.Imports {
		js, css := a.needs(next, seen)
		scripts, styles = append(scripts, js...), append(styles, css...)
	}
	return scripts, styles
}

// ahead are what a browser may fetch while a person signs in.
func (a *app) ahead(language string) []string {
	seen := map[string]bool{}
	scripts, styles := a.needs("index.html", seen)
	words, _ := a.needs("src/words/"+language+"/common.po", seen)
	return append(append(scripts, styles...), words...)
}

// page is the document in the reader's language, with what the first screen
// would otherwise have to ask for: the fund's names, its zone, and the files of
// the language and of the first page.
func (a *app) page(language, rest string, about any) (string, error) {
	known, err := json.Marshal(about)
	if err != nil {
		return "", err
	}
	seen := map[string]bool{}
	a.needs("index.html", seen) // these stand in the document already
	sources := []string{"src/routes.tsx", "src/words/files.ts", "src/words/" + language + "/common.po"}
	if strings.Trim(rest, "/") == "" {
		sources = append(sources, "src/tasks/TasksPage.tsx")
	}
	var links strings.Builder
	for _, source := range sources {
		scripts, _ := a.needs(source, seen)
		for _, file := range scripts {
			links.WriteString(`<link rel="modulepreload" crossorigin href="` + template.HTMLEscapeString(file) + `">`)
		}
	}
	dir := "ltr"
	if language == "ar" {
		dir = "rtl"
	}
	return strings.NewReplacer(
		`<html lang="en" dir="ltr">`, `<html lang="`+language+`" dir="`+dir+`">`,
		`<!--fund-->`, `<meta name="fund" content="`+template.HTMLEscapeString(string(known))+`">`,
		`<!--preload-->`, links.String(),
	).Replace(a.document), nil
}

// worker is what keeps the pages standing while the line is down.
const worker = "sw.js"

// mountApp serves the signed-in pages. They hold nothing of the fund's but its
// name: what they show they ask of the API, under the reader's own session.
func (s *Server) mountApp(g *gin.Engine, site *site, built *app) {
	g.GET("/app", func(c *gin.Context) { c.Redirect(http.StatusMovedPermanently, "/app/") })
	g.GET("/app/*rest", func(c *gin.Context) {
		rest := c.Param("rest")
		if strings.HasPrefix(rest, "/assets/") {
			s.appFile(c, site, built, strings.TrimPrefix(rest, "/"))
			return
		}
		if rest == "/"+worker {
			s.appFile(c, site, built, worker)
			return
		}
		s.appDocument(c, site, built, rest)
	})
}

func (s *Server) appDocument(c *gin.Context, site *site, built *app, rest string) {
	if _, err := s.who(c, "session.start"); err != nil { // for the language alone: nobody need be signed in
		s.refusePage(site, c, err)
		return
	}
	if built.document == "" {
		p := s.plain(c, site)
		p.Title, p.Data = p.say("site.unbuilt.title", nil), p.say("site.unbuilt.detail", nil)
		if err := s.render(site, c, http.StatusServiceUnavailable, "refusal", p); err != nil {
			s.refuse(c, err)
		}
		return
	}
	fund, err := s.Store.Fund(c.Request.Context())
	if err != nil {
		s.refusePage(site, c, err)
		return
	}
	names := map[string]string{}
	for _, l := range languages {
		names[l] = fund.NameIn(l)
	}
	language := languageOf(c)
	document, err := built.page(language, rest, gin.H{"names": names, "example": fund.Example, "zone": fund.Zone, "prints": s.Print != nil})
	if err != nil {
		s.refusePage(site, c, err)
		return
	}
	c.Header("Content-Security-Policy", appPolicy)
	c.Header("Content-Language", language)
	packed(c, http.StatusOK, "text/html; charset=utf-8", []byte(document))
}

// appFile sends one built file, packed where the browser takes it so.
func (s *Server) appFile(c *gin.Context, site *site, built *app, name string) {
	body, err := fs.ReadFile(built.files, name)
	if err != nil || path.Ext(name) == ".gz" || path.Ext(name) == ".br" {
		s.refusePage(site, c, domain.ErrMissing)
		return
	}
	if name != worker { // a new build is a new worker, under its old name
		forGood(c)
	}
	c.Header("Vary", "Accept-Encoding")
	for _, packed := range []struct{ name, end string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if smaller, err := fs.ReadFile(built.files, name+packed.end); err == nil && accepts(c.GetHeader("Accept-Encoding"), packed.name) {
			c.Header("Content-Encoding", packed.name)
			body = smaller
			break
		}
	}
	c.Data(http.StatusOK, mime.TypeByExtension(path.Ext(name)), body)
}

// accepts tells whether an Accept-Encoding names a way of packing and does not
// refuse it.
func accepts(header, way string) bool {
	for _, part := range strings.Split(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != way {
			continue
		}
		q := strings.TrimPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		return strings.Trim(q, "0.") != "" || q == ""
	}
	return false
}

// appBuilt is the app inside the program.
func appBuilt() *app {
	a, err := loadApp(frontend.Dist())
	if err != nil {
		panic(err) // the pages are part of the program
	}
	return a
}
