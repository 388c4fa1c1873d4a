package api

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"startupfund/domain/problem"
	"startupfund/store"
)

// The sign-in page is HTML from here, usable without script; it fetches the app
// ahead while a password is typed.

// signInData fills the sign-in page.
type signInData struct {
	Action, Next, Email string
	Refused, Why        string   // title and detail of a refusal
	Ahead               []string // files of the app
	Chosen              bool     // the language was chosen here: it is the account's from then on
}

// mountSignIn mounts the page in each language, and in the one asked for. The
// form is sent to where the page was.
func (s *Server) mountSignIn(g *gin.Engine, site *site, built *app) {
	for _, lang := range append([]string{""}, languages...) {
		at := "/sign-in"
		if lang != "" {
			at = "/" + lang + at
		}
		v := view{act: "session.start", show: func(a *asked, p page) (string, page, error) {
			return "sign-in", signInPage(a.Context, p, built, a.Query("next")), nil
		}}
		g.GET(at, s.mountView(site, v, lang))
		g.POST(at, s.signInByForm(site, built, lang))
	}
}

func signInPage(c *gin.Context, p page, built *app, next string) page {
	p.Title = p.say("site.sign-in.title", nil)
	// Who takes a language from this page's list says so; who came by a link into one has chosen nothing.
	for i, l := range p.Languages {
		if u, err := url.Parse(l.Href); err == nil {
			q := u.Query()
			q.Set("chosen", "yes")
			u.RawQuery = q.Encode()
			p.Languages[i].Href = u.String()
		}
	}
	p.Data = signInData{Chosen: c.Query("chosen") != "" || c.PostForm("chosen") != "", Action: c.Request.URL.Path, Next: backTo(next), Email: c.PostForm("email"), Ahead: built.ahead(p.language)}
	return p
}

// backTo is where a person goes once signed in: a page of the app, never
// another site.
func backTo(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/app/") || strings.ContainsAny(next, "\\\t\r\n") {
		return "/app/"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}

// signInByForm opens a session and leads on, or shows the page again with why not.
func (s *Server) signInByForm(site *site, built *app, lang string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if lang != "" {
			c.Set("language", lang)
		}
		a, err := s.admit(c, "session.start")
		if err == nil {
			var session store.Session
			if session, err = s.open(a, c.PostForm("email"), c.PostForm("password")); err == nil {
				if lang != "" && c.PostForm("chosen") != "" && session.Language != lang {
					if err := s.Store.SetLanguage(a, store.As(session.Actor), lang); err != nil {
						s.Log.WarnContext(a, "language not kept", "err", err) // they are in all the same
					}
				}
				c.Redirect(http.StatusSeeOther, backTo(c.PostForm("next")))
				return
			}
		}
		var refusal problem.Problem
		if a == nil || !errors.As(err, &refusal) {
			s.refusePage(site, c, err)
			return
		}
		p, err := s.blank(a, site)
		if err != nil {
			s.refusePage(site, c, err)
			return
		}
		p = signInPage(c, p, built, c.PostForm("next"))
		filled := p.Data.(signInData)
		filled.Refused, filled.Why = p.title(refusal), p.detail(refusal)
		p.Data = filled
		if err := s.render(site, c, statusOf[refusal.Kind], "sign-in", p); err != nil {
			s.refuse(c, err)
		}
	}
}
