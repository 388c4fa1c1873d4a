package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

const (
	largestBody = 32 << 20 // a bank's statement; JSON is held to less
	largestJSON = 1 << 20
	deepestJSON = 32
)

var (
	errCrossOrigin = problem.New(problem.Denied, "cross-origin")
	errNotJSON     = problem.New(problem.Invalid, "not-json")
	errUnknown     = problem.New(problem.Invalid, "unknown-member")
	errTwice       = problem.New(problem.Invalid, "member-given-twice")
	errType        = problem.New(problem.Invalid, "wrong-type")
	errMethod      = problem.New(problem.Missing, "method-not-allowed") // answered as 405
	errDay         = problem.New(problem.Invalid, "bad-day")
)

// readKey reads the Idempotency-Key and, with it, the hash of what was asked:
// the same key with another body is another request.
func (a *asked) readKey(r route) error {
	if a.Request.Method == http.MethodGet {
		return nil
	}
	key := a.GetHeader("Idempotency-Key")
	if key == "" {
		if r.key == keyed {
			return domain.ErrNoKey
		}
		return nil
	}
	if len(key) > 100 {
		return domain.ErrTooLong.With("limit", 100)
	}
	if strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' }) {
		return domain.ErrMalformed.With("parameter", "Idempotency-Key")
	}
	body, err := io.ReadAll(a.Request.Body)
	if err != nil {
		return unreadable(err)
	}
	a.Request.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.New()
	// Under another hat it is another request: one hat's answers are not told to the next.
	for _, part := range []string{a.Request.Method, a.Request.URL.Path, a.GetHeader("If-Match"), a.by.Hat.Membership.String()} {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	sum.Write(body)
	a.ask.Key, a.ask.Hash = key, sum.Sum(nil)
	return nil
}

// id is the id in the path. One that is none names nothing.
func (a *asked) id(name string) (uuid.UUID, error) {
	text := a.Param(name)
	id, err := uuid.Parse(text)
	if err != nil || id.String() != text {
		return uuid.Nil, domain.ErrMissing
	}
	return id, nil
}

// version is the one that If-Match says was read. Changing what can change is
// refused without it.
func (a *asked) version() (int, error) {
	tag := a.GetHeader("If-Match")
	if tag == "" {
		return 0, domain.ErrNoVersion
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`))
	if err != nil || n < 1 {
		return 0, domain.ErrStale
	}
	return n, nil
}

// day reads a calendar day of the query; absent, it is the zero time.
func (a *asked) day(name string) (time.Time, error) {
	return dayOr(a.Query(name), name)
}

// dayOr reads a day that stood at field; absent, it is the zero time.
func dayOr(text, field string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return dayAt(text, field)
}

// period reads the first day of something and its last; what is absent is the zero time.
func period(from, until string) (first, last time.Time, err error) {
	if first, err = dayOr(from, "/from"); err != nil {
		return first, last, err
	}
	last, err = dayOr(until, "/until")
	return first, last, err
}

// optionalDay reads a day of a body that may be left out.
func optionalDay(text *string, field string) (*time.Time, error) {
	if text == nil {
		return nil, nil
	}
	d, err := dayAt(*text, field)
	return &d, err
}

// dayAt reads a calendar day, "2026-03-02", that stood at field.
func dayAt(text, field string) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil || d.Year() < 1900 || d.Year() > 2200 {
		return time.Time{}, errDay.With("given", short(text)).At(field)
	}
	return d, nil
}

// money is an amount as a body brings it, not yet believed.
type money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// at reads the amount that stood at field.
func (m money) at(field string) (ledger.Money, error) {
	read, err := ledger.Parse(m.Amount, ledger.Currency(m.Currency))
	var p problem.Problem
	if errors.As(err, &p) {
		return read, p.At(field)
	}
	return read, err
}

// moneyOf is an amount as an answer writes it.
func moneyOf(m ledger.Money) money { return money{m.Text(), string(m.Currency)} }

// numbered reads a keyset page of what carries numbers: after which, and how many.
func (a *asked) numbered() (after int64, limit int, err error) {
	limit = 50
	if text := a.Query("after"); text != "" {
		if after, err = strconv.ParseInt(text, 10, 64); err != nil || after < 0 {
			return 0, 0, domain.ErrUnknownWord.With("given", short(text)).At("after")
		}
	}
	if text := a.Query("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 200 {
			return 0, 0, domain.ErrUnknownWord.With("given", short(text)).At("limit")
		}
	}
	return after, limit, nil
}

// change reads what every change of something that stands is given: which one,
// the version that was read, and the body. They are refused in that order.
func change[T any](a *asked) (id uuid.UUID, version int, in T, err error) {
	if id, err = a.id("id"); err != nil {
		return id, version, in, err
	}
	if version, err = a.version(); err != nil {
		return id, version, in, err
	}
	in, err = body[T](a)
	return id, version, in, err
}

// onto reads what an act on something is given that depends on no version of it:
// which one, and the body.
func onto[T any](a *asked) (id uuid.UUID, in T, err error) {
	if id, err = a.id("id"); err != nil {
		return id, in, err
	}
	in, err = body[T](a)
	return id, in, err
}

// body reads the JSON that most writes are given, and no other: one document,
// said to be JSON, of known members named exactly, none twice.
func body[T any](a *asked) (in T, err error) {
	kind, _, _ := mime.ParseMediaType(a.GetHeader("Content-Type"))
	if kind != "application/json" {
		return in, errNotJSON
	}
	raw, err := io.ReadAll(io.LimitReader(a.Request.Body, largestJSON+1))
	if err != nil {
		return in, unreadable(err)
	}
	if len(raw) > largestJSON {
		return in, domain.ErrTooLarge.With("limit", largestJSON)
	}
	if err := strict(raw, &in); err != nil {
		return in, err
	}
	err = json.Unmarshal(raw, &in)
	var refusal problem.Problem
	switch {
	case errors.As(err, &refusal):
		return in, refusal
	case err != nil:
		return in, domain.ErrMalformed
	}
	return in, nil
}

// unreadable tells a body that was too large from one that broke off.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return domain.ErrTooLarge.With("limit", int(large.Limit))
	}
	return domain.ErrMalformed
}

// short keeps an echo of what was sent fit to show.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
