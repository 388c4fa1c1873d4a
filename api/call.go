package api

import (
	"time"

	"startupfund/domain"
	"startupfund/domain/problem"
	"startupfund/store"
)

type callRequest struct {
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	OpensAt  string   `json:"opens_at"`
	ClosesAt string   `json:"closes_at"`
	Areas    []string `json:"areas"`
	Ceiling  *money   `json:"ceiling"`
}

type callView struct {
	ID             string          `json:"id"`
	Ref            string          `json:"ref"`
	Title          string          `json:"title"`
	Text           string          `json:"text"`
	State          string          `json:"state"`
	OpensAt        time.Time       `json:"opens_at"`
	ClosesAt       time.Time       `json:"closes_at"`
	Areas          []string        `json:"areas"`
	Ceiling        any             `json:"ceiling"`
	Extensions     []extensionView `json:"extensions"`
	CharterVersion int             `json:"charter_version"`
	Version        int             `json:"version"`
	May            []string        `json:"may"`
}

type extensionView struct {
	N      int       `json:"n"`
	Was    time.Time `json:"was"`
	To     time.Time `json:"to"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

func (s *Server) callView(a *asked, f store.CallFile) callView {
	v := callView{ID: f.ID.String(), Ref: f.Ref, Title: f.Title, Text: f.Text, State: string(f.State), OpensAt: f.OpensAt.UTC(),
		ClosesAt: f.ClosesAt.UTC(), Areas: f.Areas, Extensions: []extensionView{}, CharterVersion: f.CharterVersion, Version: f.Version,
		May: s.may(a.by, f.May)}
	if f.Ceiling != nil {
		v.Ceiling = *f.Ceiling
	}
	for _, e := range f.Extensions {
		v.Extensions = append(v.Extensions, extensionView{e.N, e.Was.UTC(), e.To.UTC(), e.Reason, e.At.UTC()})
	}
	return v
}

// createCall announces a call.
func (s *Server) createCall(a *asked) (answer, error) {
	in, err := body[callRequest](a)
	if err != nil {
		return answer{}, err
	}
	c := domain.Call{Title: in.Title, Text: in.Text, Areas: in.Areas}
	var found faults
	c.OpensAt = found.instant(in.OpensAt, "/opens_at")
	c.ClosesAt = found.instant(in.ClosesAt, "/closes_at")
	if in.Ceiling != nil {
		m, err := in.Ceiling.at("/ceiling")
		found.add(err)
		c.Ceiling = &m
	}
	if err := found.join(); err != nil {
		return answer{}, err
	}
	f, err := s.Store.CreateCall(a, a.ask, c)
	if err != nil {
		return answer{}, err
	}
	return made("/calls/"+f.ID.String(), s.callView(a, f), f.Version)
}

type extensionRequest struct {
	ClosesAt string `json:"closes_at"`
	Reason   string `json:"reason"`
}

// extendCall moves the deadline, for all.
func (s *Server) extendCall(a *asked) (answer, error) {
	id, version, in, err := change[extensionRequest](a)
	if err != nil {
		return answer{}, err
	}
	var found faults
	to := found.instant(in.ClosesAt, "/closes_at")
	if err := found.join(); err != nil {
		return answer{}, err
	}
	f, err := s.Store.ExtendCall(a, a.ask, id, version, domain.Extension{To: to, Reason: in.Reason})
	if err != nil {
		return answer{}, err
	}
	return versioned(s.callView(a, f), f.Version)
}

func (s *Server) call(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Call(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.callView(a, f), f.Version)
}

func (s *Server) calls(a *asked) (answer, error) {
	w, err := a.window()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Calls(a, a.by, w)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(f store.CallFile) callView { return s.callView(a, f) })
}

// errInstant refuses what is no instant.
var errInstant = problem.New(problem.Invalid, "bad-instant")

// instantAt reads an instant, "2026-04-30T22:00:00Z", that stood at field: RFC 3339
// with its zone, kept to the microsecond, as the database keeps it.
func instantAt(text, field string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return time.Time{}, errInstant.With("given", short(text)).At(field)
	}
	return t.UTC().Truncate(time.Microsecond), nil
}

// faults gathers what is wrong with the fields of one request.
type faults []problem.Problem

func (f *faults) add(err error) {
	if p, ok := err.(problem.Problem); ok {
		*f = append(*f, p)
	}
}

func (f *faults) instant(text, field string) time.Time {
	t, err := instantAt(text, field)
	f.add(err)
	return t
}

func (f faults) join() error { return problem.Join(f) }
