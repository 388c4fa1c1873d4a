// Package api speaks HTTP. It reads a request, names the act, and writes what
// came of it. It decides nothing: policy says who may, domain says whether.
package api

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/exchange/mail"
	"startupfund/policy"
	"startupfund/store"
)

// Server answers the fund's requests.
type Server struct {
	Store  *store.Store
	Policy *policy.Policy
	Log    *slog.Logger
	Words  *Words
	// Post takes letters to people, who reach the fund at PublicURL. Where they are
	// Mailed for good, and not kept in a folder, one-time links are told to nobody else.
	Post      mail.Post
	PublicURL string
	Mailed    bool
	Secure    bool // the fund is reached by https: cookies say so

	// Print makes a PDF of a page of HTML; nil where nobody set up what does.
	Print func(ctx context.Context, page []byte) ([]byte, error)

	// Live is how long one stream of events goes on, two minutes where it is zero; Ending, once
	// it is closed, ends them all.
	Live   time.Duration
	Ending <-chan struct{}

	// SetupToken lets whoever reads it on the program's own machine set up an
	// empty fund over HTTP; empty where the fund is set up.
	SetupToken string
	// TrustedProxies are the addresses whose X-Forwarded-For is believed; none,
	// where people reach the program itself.
	TrustedProxies []string

	engine http.Handler // what Handler made, for requests that are answered later
}

// asked is one request, read: who asks, under which hat, for what.
type asked struct {
	*gin.Context
	ctx context.Context
	by  domain.Actor
	ask store.Ask // by, with the idempotency key where one was sent
}

// What an asked lends to the store ends with the request and is nobody else's:
// gin uses its own context again for the next request while the database's
// driver may still be watching this one.
func (a *asked) Deadline() (time.Time, bool) { return a.ctx.Deadline() }
func (a *asked) Done() <-chan struct{}       { return a.ctx.Done() }
func (a *asked) Err() error                  { return a.ctx.Err() }
func (a *asked) Value(key any) any           { return a.ctx.Value(key) }

// handler answers one route. It reads, names the act, answers.
type handler func(*asked) (answer, error)

// route is one line of routes.go.
type route struct {
	method, path string
	act          string // a word of policy/policy.csv
	answer       handler
	key          keyRule
}

// keyRule says whether a route wants an Idempotency-Key.
type keyRule bool

const keyed keyRule = true // money, submissions and positions: never without a key

// Handler is the whole of the fund's HTTP.
func (s *Server) Handler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	g := gin.New()
	g.ContextWithFallback = true // a gin.Context ends when its request does; by default it never ends
	g.RemoteIPHeaders = []string{"X-Forwarded-For"}
	if err := g.SetTrustedProxies(s.TrustedProxies); err != nil {
		panic(err)
	}
	g.Use(gin.CustomRecoveryWithWriter(nil, s.recovered), s.guard)
	for _, r := range s.routes() {
		g.Handle(r.method, "/api/v1"+r.path, s.mount(r))
	}
	s.pages(g)
	g.HandleMethodNotAllowed = true
	g.NoMethod(s.noMethod)
	s.engine = g
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(http.HandlerFunc(s.refuseCrossOrigin))
	return crossOrigin.Handler(headIsGet(g))
}

// headIsGet answers HEAD as GET; net/http leaves the body out.
func headIsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.WithContext(r.Context())
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// noMethod answers a method that an address does not take. Which it takes stands
// in Allow, which gin has set; OPTIONS asks for nothing else.
func (s *Server) noMethod(c *gin.Context) {
	if c.Request.Method == http.MethodOptions {
		c.Status(http.StatusNoContent)
		c.Writer.WriteHeaderNow()
		return
	}
	s.refuse(c, errMethod.With("allowed", c.Writer.Header().Get("Allow")))
}

// headers are what every answer carries, refusals among them.
func (s *Server) headers(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	h.Set("X-Request-Id", uuid.NewString())
}

// guard sets what every answer carries and bounds what every request may send.
func (s *Server) guard(c *gin.Context) {
	s.headers(c.Writer.Header())
	if c.Request.Body != nil {
		sent := c.Request.Body
		c.Request.Body = http.MaxBytesReader(c.Writer, sent, largestBody)
		defer hearOut(c, sent)
	}
	if err := legible(c.Request.URL); err != nil {
		s.refuse(c, err)
		return
	}
	if c.Request.ContentLength > largestBody {
		s.refuse(c, domain.ErrTooLarge.With("limit", largestBody))
		return
	}
	c.Next()
}

// What is heard of a body after its answer was given, so that the answer arrives.
const (
	heardAnyway    = 256 << 10 // by net/http itself
	mostUnheard    = 8 * largestBody
	longestUnheard = 30 * time.Second
)

// hearOut reads what is left of a body that was refused before it was all here. Whoever
// still sends it would see the line cut, and not the refusal.
func hearOut(c *gin.Context, sent io.Reader) {
	short := c.Request.ContentLength >= 0 && c.Request.ContentLength <= heardAnyway
	if short || c.Writer.Status() < http.StatusBadRequest {
		return
	}
	line := http.NewResponseController(c.Writer)
	if line.Flush() != nil || line.SetReadDeadline(time.Now().Add(longestUnheard)) != nil {
		return
	}
	_, _ = io.CopyN(io.Discard, sent, mostUnheard)
}

// legible refuses an address that says something twice, or what no text holds: a
// NUL or broken UTF-8, which the database would choke on.
func legible(u *url.URL) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || !isText(u.Path) {
		return domain.ErrMalformed
	}
	for name, values := range query {
		if len(values) > 1 || !isText(name) || !isText(values[0]) {
			return domain.ErrMalformed.With("parameter", short(name))
		}
	}
	return nil
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// admit is the one place where it is asked who calls and whether they may.
func (s *Server) admit(c *gin.Context, act string) (*asked, error) {
	by, err := s.who(c, act)
	if err != nil {
		return nil, err
	}
	role := by.Hat.Role
	if role == "" {
		role = domain.Public
	}
	scope, may := s.Policy.May(role, act)
	switch {
	case !may && by.Person == uuid.Nil:
		return nil, domain.ErrUnsigned
	case !may:
		return nil, domain.ErrForbidden.With("act", act, "role", by.Hat.Role, "roles", s.Policy.Who(act))
	}
	by.Scope = scope
	return &asked{Context: c, ctx: c.Request.Context(), by: by, ask: store.Ask{Actor: by}}, nil
}

// mount puts a route behind admit and writes what its handler answers.
func (s *Server) mount(r route) gin.HandlerFunc {
	taken := parameters()[r.method+" "+r.path]
	return func(c *gin.Context) {
		a, err := s.admit(c, r.act)
		if err != nil {
			s.refuse(c, err)
			return
		}
		if err := knownOnly(c.Request.URL.Query(), taken); err != nil {
			s.refuse(c, err)
			return
		}
		if err := a.readKey(r); err != nil {
			s.refuse(c, err)
			return
		}
		answer, err := r.answer(a)
		if err != nil {
			s.refuse(c, err)
			return
		}
		s.write(c, answer)
	}
}

func (s *Server) recovered(c *gin.Context, panicked any) {
	s.Log.ErrorContext(c, "panic", "value", panicked, "path", c.FullPath())
	s.refuse(c, errors.New("panic"))
}

func (s *Server) refuseCrossOrigin(w http.ResponseWriter, r *http.Request) {
	s.headers(w.Header())
	c, _ := gin.CreateTestContext(w)
	c.Request = r
	s.refuse(c, errCrossOrigin)
}
