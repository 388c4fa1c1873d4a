package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/store"
)

// A request that takes long may be put off (RFC 7240: Prefer: respond-async): it is
// answered at once with where to look, and done by a job as its person would have
// done it. It has a key: done twice, it is done once.

const longestName = 200

// runKey finds, in a context, the run that a request is made for.
type runKey struct{}

func runOf(ctx context.Context) (store.Run, bool) {
	r, ok := ctx.Value(runKey{}).(store.Run)
	return r, ok
}

// later is a handler that may be put off by who prefers that. Its route is keyed.
func (s *Server) later(do handler) handler {
	return func(a *asked) (answer, error) {
		if _, running := runOf(a.ctx); running || !strings.EqualFold(a.GetHeader("Prefer"), "respond-async") {
			return do(a)
		}
		return s.putOff(a)
	}
}

func (s *Server) putOff(a *asked) (answer, error) {
	raw, err := io.ReadAll(a.Request.Body)
	if err != nil {
		return answer{}, unreadable(err)
	}
	name, err := url.PathUnescape(a.GetHeader("Content-Description")) // what a header holds is ASCII
	if err != nil || !isText(name) || len(name) > longestName {
		name = ""
	}
	run, err := s.Store.Defer(a, store.Run{ID: uuid.New(), By: a.by, Language: languageOf(a.Context), Method: a.Request.Method, Path: a.Request.URL.Path,
		ContentType: a.GetHeader("Content-Type"), IfMatch: a.GetHeader("If-Match"), Key: a.ask.Key, Hash: a.ask.Hash, Body: raw, Name: name})
	if err != nil {
		return answer{}, err
	}
	a.Header("Preference-Applied", "respond-async")
	return answer{status: http.StatusAccepted, body: runViewOf(run), location: "/api/v1/runs/" + run.ID.String()}, nil
}

// Perform answers a request that was put off, as its person would be answered now.
func (s *Server) Perform(ctx context.Context, r store.Run) (status int, location string, answer []byte) {
	request, err := http.NewRequestWithContext(context.WithValue(ctx, runKey{}, r), r.Method, r.Path, bytes.NewReader(r.Body))
	if err != nil {
		return http.StatusInternalServerError, "", nil
	}
	for name, value := range map[string]string{"Content-Type": r.ContentType, "If-Match": r.IfMatch, "Idempotency-Key": r.Key, "Accept-Language": r.Language} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	w := &written{header: http.Header{}, status: http.StatusOK}
	s.engine.ServeHTTP(w, request)
	return w.status, w.header.Get("Location"), w.body.Bytes()
}

// written keeps what is answered.
type written struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *written) Header() http.Header         { return w.header }
func (w *written) WriteHeader(status int)      { w.status = status }
func (w *written) Write(b []byte) (int, error) { return w.body.Write(b) }

// told tells how much of what is read was read.
type told struct {
	io.Reader
	ctx      context.Context
	read, of int64
}

func (r *told) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.read += int64(n)
	store.Progress(r.ctx, store.Reading, r.read, r.of)
	return n, err
}

// runState is how far a run is.
type runState string

const (
	runWaiting runState = "waiting"
	runUnder   runState = "running"
	runStalled runState = "stalled" // begun, and begun again soon: whoever did it is gone
	runDone    runState = "done"
	runRefused runState = "refused"
	runFailed  runState = "failed" // a fault of the program's; nothing was done
)

type runView struct {
	ID       uuid.UUID       `json:"id"`
	Asked    string          `json:"asked"` // "POST /bank-statements"
	Name     string          `json:"name"`
	State    runState        `json:"state"`
	Phase    store.Phase     `json:"phase,omitempty"`
	Done     int64           `json:"done"`
	Total    int64           `json:"total"`
	Location string          `json:"location,omitempty"`
	Answer   json.RawMessage `json:"answer,omitempty"`
	Problem  json.RawMessage `json:"problem,omitempty"`
	AskedAt  time.Time       `json:"asked_at"`
	EndedAt  *time.Time      `json:"ended_at"`
}

func runViewOf(r store.Run) runView {
	v := runView{ID: r.ID, Asked: r.Method + " " + strings.TrimPrefix(r.Path, "/api/v1"), Name: r.Name, State: runWaiting, Phase: r.Phase, Done: r.Done, Total: r.Total,
		Location: r.Location, AskedAt: r.AskedAt.UTC(), EndedAt: r.EndedAt}
	switch {
	case r.Stalled:
		v.State = runStalled
	case r.EndedAt == nil && r.StartedAt != nil:
		v.State = runUnder
	case r.EndedAt == nil:
	case r.Status < 300:
		v.State, v.Answer = runDone, r.Answer
	case r.Status < 500:
		v.State, v.Problem = runRefused, r.Answer
	default:
		v.State, v.Problem = runFailed, r.Answer
	}
	return v
}

// runs lists one's own.
func (s *Server) runs(a *asked) (answer, error) {
	return whole(runViewOf)(s.Store.Runs(a, a.by))
}

// run opens one of one's own.
func (s *Server) run(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	r, err := s.Store.Run(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return shown(runViewOf(r))
}
