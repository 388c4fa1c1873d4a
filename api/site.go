package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/frontend"
)

// site is the public pages' templates and style, read once.
type site struct {
	pages map[string]*template.Template // by the name of the file that fills "content"
	style []byte
	tag   string // changes with the style, so that a browser may keep it for ever
	// scripts draw the charts: the first is run, the others it starts with. None
	// where the pages were not built; the tables stand without.
	scripts []string
}

// shared are the templates that every page has at hand.
var shared = []string{"site/layout.html", "site/statement.html"}

func loadSite() (*site, error) {
	s := &site{pages: map[string]*template.Template{}}
	files, err := fs.Glob(frontend.Site, "site/*.html")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		t, err := template.ParseFS(frontend.Site, append(shared[:len(shared):len(shared)], file)...)
		if err != nil {
			return nil, err
		}
		s.pages[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	for _, file := range []string{"src/ui/tokens.css", "site/site.css", "src/chart/chart.css"} {
		b, err := frontend.Site.ReadFile(file)
		if err != nil {
			return nil, err
		}
		s.style = append(s.style, b...)
	}
	sum := sha256.Sum256(s.style)
	s.tag = hex.EncodeToString(sum[:6])
	return s, nil
}

// charted are the pages with a chart: they alone carry the script.
var charted = map[string]bool{"home": true, "body": true, "programmes": true}

// page is what every template is given. Data is the page's own.
type page struct {
	tongue
	Title     string
	FundName  string
	Example   bool
	SignedIn  bool // by a session that holds
	Menu      []link
	Languages []link
	Style     string
	Scripts   []string // what draws the page's charts
	Data      any
	Notes     []domain.Footnote // on names, as they stand today
	Footnotes []domain.Footnote // those that go with what the page says
}

type link struct {
	Code, Name, Href string
	Here             bool
}

// languageNames are each language's name for itself.
var languageNames = map[string]string{"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "ru": "Русский", "zh": "中文"}

func (p page) Lang() string { return p.language }

// Dir is the direction in which the language is written.
func (p page) Dir() string {
	if p.language == "ar" {
		return "rtl"
	}
	return "ltr"
}

// Unreviewed tells that no person has reviewed this language's words yet.
func (p page) Unreviewed() bool { return p.language != "en" }

// To is the address of one of the site's pages in the reader's language.
func (p page) To(rest string) string { return "/" + p.language + "/" + rest }

// T is the sentence under id, filled in with names and values.
func (p page) T(id string, particulars ...any) (string, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(particulars); i += 2 {
		m[particulars[i].(string)] = particulars[i+1]
	}
	if s := p.say(id, m); s != "" {
		return s, nil
	}
	return "", fmt.Errorf("api/words has no %s in %s", id, p.language)
}

// Money is an amount as the reader writes it.
func (p page) Money(m ledger.Money) string { return p.amount(m) }

// Both hands a part of a page to a template of its own, with the page.
func (p page) Both(part any) []any { return []any{p, part} }

// Day is a day as the United Nations writes it in the reader's language.
func (p page) Day(t time.Time) string { return p.longDay(t) }

// view is one public page: what it is called in the menu, the act that reads it,
// and what fills it.
type view struct {
	path string // after the language: "statement/:code"
	act  string
	show func(*asked, page) (name string, filled page, err error)
}

// pages mounts what is no part of the contract: the public site, in the six
// languages, with "/" in the one that is asked for; and the site's style.
func (s *Server) pages(g *gin.Engine) {
	site, err := loadSite()
	if err != nil {
		panic(err) // the templates are part of the program
	}
	for _, v := range s.views() {
		if v.path == "" {
			g.GET("/", s.mountView(site, v, ""))
		}
		for _, lang := range languages {
			g.GET("/"+lang+"/"+v.path, s.mountView(site, v, lang))
		}
	}
	s.mountForms(g, site)
	g.GET("/site/site.css", func(c *gin.Context) { forGood(c); c.Data(http.StatusOK, "text/css; charset=utf-8", site.style) })
	g.GET("/site/mark.svg", func(c *gin.Context) { forGood(c); c.FileFromFS("site/mark.svg", http.FS(frontend.Site)) })
	built := appBuilt()
	site.scripts, _ = built.needs("src/public.ts", map[string]bool{})
	s.mountSignIn(g, site, built)
	s.mountApp(g, site, built)
	g.NoRoute(func(c *gin.Context) { s.noRoute(site, c) })
}

// forGood lets a browser keep what changes its address when it changes.
func forGood(c *gin.Context) { c.Header("Cache-Control", "public, max-age=31536000, immutable") }

// mountView asks policy like mount does, and writes a page in place of JSON.
func (s *Server) mountView(site *site, v view, lang string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if lang != "" {
			c.Set("language", lang)
		} else {
			c.Header("Vary", "Accept-Language")
		}
		a, err := s.admit(c, v.act)
		if err != nil {
			s.refusePage(site, c, err)
			return
		}
		if lang != "" {
			c.Set("language", lang) // the address says so, whatever the session prefers
		}
		p, err := s.blank(a, site)
		if err == nil {
			var name string
			if name, p, err = v.show(a, p); err == nil {
				err = s.render(site, c, http.StatusOK, name, p)
			}
		}
		if err != nil {
			s.refusePage(site, c, err)
		}
	}
}

// blank is a page with all but its title and data.
func (s *Server) blank(a *asked, site *site) (page, error) {
	fund, err := s.Store.Fund(a)
	if err != nil {
		return page{}, err
	}
	notes, err := s.Store.Footnotes(a, a.by, uuid.Nil, time.Time{})
	if err != nil {
		return page{}, err
	}
	p := s.plain(a.Context, site)
	p.Notes = notes
	p.FundName, p.Example, p.SignedIn = fund.NameIn(p.language), fund.Example, a.by.Person != uuid.Nil
	return p, nil
}

// plain is a page that needs nothing of the database, so that a refusal can
// always be shown.
func (s *Server) plain(c *gin.Context, site *site) page {
	p := page{tongue: s.Words.in(languageOf(c)), Style: site.tag, FundName: "Start-up Fund"}
	rest := c.Request.URL.Path
	for _, l := range languages {
		if cut, ok := strings.CutPrefix(rest, "/"+l+"/"); ok {
			rest = "/" + cut
		}
	}
	query := ""
	if q := c.Request.URL.Query(); len(q) > 0 {
		query = "?" + q.Encode()
	}
	for _, l := range languages {
		p.Languages = append(p.Languages, link{l, languageNames[l], (&url.URL{Path: "/" + l + rest}).EscapedPath() + query, l == p.language})
	}
	for _, m := range []string{"", "statement", "contributions", "programmes", "pipeline", "body", "decisions", "calls"} {
		id := "site.menu." + m
		if m == "" {
			id = "site.menu.home"
		}
		p.Menu = append(p.Menu, link{Name: p.say(id, nil), Href: p.To(m), Here: strings.Trim(rest, "/") == m})
	}
	return p
}

func (s *Server) render(site *site, c *gin.Context, status int, name string, p page) error {
	if charted[name] {
		p.Scripts = site.scripts
	}
	var b bytes.Buffer
	if err := site.pages[name].ExecuteTemplate(&b, "page", p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	if notes := named(p.Notes, b.String()); len(notes) > 0 {
		p.Footnotes = notes
		b.Reset()
		if err := site.pages[name].ExecuteTemplate(&b, "page", p); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
	}
	c.Header("Content-Language", p.language)
	packed(c, status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// named are the notes that go with what a page says, written as HTML.
func named(notes []domain.Footnote, html string) (on []domain.Footnote) {
	for _, f := range notes {
		escaped := f
		escaped.Names = make([]string, len(f.Names))
		for i, name := range f.Names {
			escaped.Names[i] = template.HTMLEscapeString(name)
		}
		if escaped.On(html) {
			on = append(on, f)
		}
	}
	return on
}

// refusePage shows a refusal as a page, in the words that the API gives it.
func (s *Server) refusePage(site *site, c *gin.Context, err error) {
	refusal, ours := s.problemOf(c, err)
	status := statusOf[refusal.Kind]
	if ours {
		status = http.StatusInternalServerError
	}
	p := s.plain(c, site)
	p.Title, p.Data = p.title(refusal), p.detail(refusal)
	if err := s.render(site, c, status, "refusal", p); err != nil {
		s.refuse(c, err)
	}
	c.Abort()
}

// noRoute answers what is nowhere: a page to a browser, a problem to a program.
func (s *Server) noRoute(site *site, c *gin.Context) {
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		s.refuse(c, domain.ErrMissing)
		return
	}
	for _, lang := range languages {
		if strings.HasPrefix(c.Request.URL.Path, "/"+lang+"/") {
			c.Set("language", lang) // as the address says, here too
		}
	}
	s.refusePage(site, c, domain.ErrMissing)
}
