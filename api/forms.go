package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"startupfund/domain/problem"
	"startupfund/store"
)

// form is a page of the site with something to send, usable without script. It is
// sent to where it was shown, from this site alone.
type form struct {
	path, act, title string
	open             func(*asked) error // refuses what cannot be sent any more; nil where nothing does
	send             func(*asked) error
}

// formData fills a form: what was typed, unless it is secret, and why it was refused.
type formData struct {
	Action, Email, Token string
	Refused, Why         string
	Done                 bool
	Spent                bool // the link was used, or is too old: there is nothing to fill in
}

// forms are what somebody needs who cannot sign in, or has no script to sign out with.
func (s *Server) forms() []form {
	return []form{
		{"forgotten-password", "password.forget", "site.forgotten.title", nil, func(a *asked) error {
			return s.Store.ForgetPassword(a, a.PostForm("email"), a.address())
		}},
		{"password", "invitation.accept", "site.password.title", func(a *asked) error {
			return s.Store.Invited(a, store.Token(a.Query("token")))
		}, func(a *asked) error {
			if err := s.Store.AcceptInvitation(a, store.Token(a.PostForm("token")), a.PostForm("password")); err != nil {
				return err
			}
			s.setCookie(a.Context, "") // of whoever was signed in here: a new password is a new start
			return nil
		}},
		{"sign-out", "session.end", "site.sign-out.title", nil, s.endHere},
	}
}

func (s *Server) mountForms(g *gin.Engine, site *site) {
	for _, f := range s.forms() {
		for _, lang := range languages {
			at := "/" + lang + "/" + f.path
			g.GET(at, s.showForm(site, f, lang, false))
			g.POST(at, s.showForm(site, f, lang, true))
		}
	}
}

// showForm shows a form, after it was sent with what came of that.
func (s *Server) showForm(site *site, f form, lang string, sent bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Set("language", lang)
		c.Header("Referrer-Policy", "no-referrer") // the address may hold a one-time link
		a, err := s.admit(c, f.act)
		if err != nil {
			s.refusePage(site, c, err)
			return
		}
		c.Set("language", lang)
		p, err := s.blank(a, site)
		if err != nil {
			s.refusePage(site, c, err)
			return
		}
		data, status := formData{Action: c.Request.URL.Path, Email: c.PostForm("email"), Token: c.Query("token")}, http.StatusOK
		do := f.open
		if sent {
			data.Token, do = c.PostForm("token"), f.send
		}
		if do != nil {
			var refusal problem.Problem
			switch err := do(a); {
			case err == nil:
				data.Done = sent
			case errors.As(err, &refusal):
				data.Refused, data.Why, status = p.title(refusal), p.detail(refusal), statusOf[refusal.Kind]
				data.Spent = refusal.Is(store.ErrInvitation)
			default:
				s.refusePage(site, c, err)
				return
			}
		}
		p.Title, p.Data, p.SignedIn = p.say(f.title, nil), data, p.SignedIn && !data.Done
		if err := s.render(site, c, status, f.path, p); err != nil {
			s.refusePage(site, c, err)
		}
	}
}

// about are the parts of the page on privacy, in their order.
var about = []string{"account", "sign-in", "acts", "mail", "browser", "long", "ask"}

func (s *Server) privacyPage(_ *asked, p page) (string, page, error) {
	p.Title, p.Data = p.say("privacy.title", nil), about
	return "privacy", p, nil
}
