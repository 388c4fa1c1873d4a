package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"startupfund/domain"
	"startupfund/domain/problem"
)

// problemView is a refusal as RFC 9457 writes it. Errors holds each of several,
// the first among them.
type problemView struct {
	Type   string        `json:"type"`
	Title  string        `json:"title"`
	Status int           `json:"status"`
	Detail string        `json:"detail,omitempty"`
	Code   string        `json:"code"`
	Field  string        `json:"field,omitempty"`
	Roles  []domain.Role `json:"roles,omitempty"` // who may, where the reader's role may not
	Errors []problemItem `json:"errors,omitempty"`
}

type problemItem struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Field  string `json:"field,omitempty"`
}

var statusOf = map[problem.Kind]int{
	problem.Invalid:      http.StatusUnprocessableEntity,
	problem.Unsigned:     http.StatusUnauthorized,
	problem.Denied:       http.StatusForbidden,
	problem.Missing:      http.StatusNotFound,
	problem.Conflict:     http.StatusConflict,
	problem.Stale:        http.StatusPreconditionFailed,
	problem.Precondition: http.StatusPreconditionRequired,
	problem.TooLarge:     http.StatusRequestEntityTooLarge,
	problem.TooMany:      http.StatusTooManyRequests,
	problem.Unavailable:  http.StatusServiceUnavailable,
}

// refuse is the one place where an error becomes an answer. A refusal of the
// domain is put into the reader's language; anything else is logged, and shown
// to nobody.
func (s *Server) refuse(c *gin.Context, err error) {
	p, view := s.viewOfProblem(c, err)
	status := view.Status
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		wait, ok := p.Params()["seconds"].(int)
		if !ok {
			wait = 30
		}
		c.Header("Retry-After", strconv.Itoa(wait))
	}
	c.Header("Content-Type", "application/problem+json")
	c.Header("Content-Language", s.Words.in(languageOf(c)).language)
	c.AbortWithStatusJSON(status, view)
}

// viewOfProblem puts an error into the reader's words.
func (s *Server) viewOfProblem(c *gin.Context, err error) (problem.Problem, problemView) {
	p, ours := s.problemOf(c, err)
	status := statusOf[p.Kind]
	switch {
	case ours:
		status = http.StatusInternalServerError
	case p.Is(errMethod):
		status = http.StatusMethodNotAllowed
	}
	words := s.Words.in(languageOf(c))
	view := problemView{Type: "/problems/" + p.Code, Title: words.title(p), Status: status, Detail: words.detail(p), Code: p.Code, Field: p.Field}
	view.Roles, _ = p.Params()["roles"].([]domain.Role)
	if len(p.Also) > 0 {
		for _, q := range append([]problem.Problem{p}, p.Also...) {
			view.Errors = append(view.Errors, words.item(q))
		}
	}
	return p, view
}

// item is one refusal among several, or one that is told and stops nothing yet.
func (t tongue) item(p problem.Problem) problemItem {
	return problemItem{p.Code, t.title(p), t.detail(p), p.Field}
}

// byName says what people call the organisations that a refusal names by their codes.
func (s *Server) byName(c *gin.Context, p problem.Problem) problem.Problem {
	named := func(q problem.Problem) (code string, ok bool) {
		code, ok = q.Params()["organisation"].(string)
		return code, ok && code != ""
	}
	if _, any := named(p); !any && !slices.ContainsFunc(p.Also, func(q problem.Problem) bool { _, any := named(q); return any }) {
		return p
	}
	names, err := s.Store.OrganisationNames(c.Request.Context(), languageOf(c))
	if err != nil {
		return p // a refusal is told in any case
	}
	called := func(q problem.Problem) problem.Problem {
		if code, ok := named(q); ok && names[code].Short != "" {
			return q.With("organisation", names[code].Short)
		}
		return q
	}
	p.Also = slices.Clone(p.Also)
	for i, q := range p.Also {
		p.Also[i] = called(q)
	}
	return called(p)
}

// problemOf tells a refusal from a fault of ours, which it writes to the log.
func (s *Server) problemOf(c *gin.Context, err error) (p problem.Problem, ours bool) {
	if errors.As(err, &p) {
		return s.byName(c, p), false
	}
	s.Log.ErrorContext(c, "fault", "err", err, "method", c.Request.Method, "path", c.FullPath(), "request", c.Writer.Header().Get("X-Request-Id"))
	return domain.ErrFault, true
}
