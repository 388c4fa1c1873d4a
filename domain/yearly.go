package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrYear refuses a year that nothing can be said of: one to come, or before the fund.
	ErrYear = problem.New(problem.Invalid, "not-a-year-to-review")
	// ErrYearlyStage refuses an act on a yearly review at another point.
	ErrYearlyStage = problem.New(problem.Conflict, "yearly-review-stage")
	// ErrYearRuns refuses to freeze the figures of a year that is not over.
	ErrYearRuns = problem.New(problem.Conflict, "year-not-over")
)

// YearlyState is how far the review of a year is.
type YearlyState string

const (
	YearlyNone   YearlyState = "none"   // nobody has opened it: the figures are there all the same
	YearlyOpen   YearlyState = "open"   // members comment
	YearlyClosed YearlyState = "closed" // its figures and comments are frozen
)

// YearlyReview is the Executive Committee's review of how the body worked in a year, in
// consultation with all its members: opened, commented and closed; opened again, it is
// another version, and what was closed stands.
type YearlyReview struct {
	Year     int
	First    int             // of the fund: that of its first rules
	Openings []YearlyOpening // the first first
	Closings []YearlyClosing
	Comments []YearlyComment // of the last opening, the first first
	Charter  charter.Charter // in force
}

// YearlyOpening is a time for comments: its number is the version's that it leads to.
type YearlyOpening struct {
	N  int
	By uuid.UUID
	At time.Time
}

// YearlyClosing is a review as it was closed, for ever.
type YearlyClosing struct {
	N      int
	Record []byte // canonical JSON
	Hash   []byte // SHA-256 of it
	By     uuid.UUID
	At     time.Time
}

// YearlyComment is what a seat has to say of the year.
type YearlyComment struct {
	ID           uuid.UUID `json:"id"`
	N            int       `json:"n"`
	Seat         string    `json:"seat"`         // its name
	Organisation string    `json:"organisation"` // its code
	Language     string    `json:"language"`
	Text         string    `json:"text"`
	By           uuid.UUID `json:"-"`
	At           time.Time `json:"at"`
}

// yearlyDuty is that a seat is asked for its comment.
var yearlyDuty = duty{"yearly-review.comment", []string{"yearly-review.comment"}}

// State is how far the review is.
func (y YearlyReview) State() YearlyState {
	switch {
	case len(y.Openings) > len(y.Closings):
		return YearlyOpen
	case len(y.Closings) > 0:
		return YearlyClosed
	}
	return YearlyNone
}

// Reviewable refuses a year of which nothing can be said.
func (y YearlyReview) Reviewable(now time.Time) error {
	if last := y.Charter.Day(now).Year(); y.Year < y.First || y.Year > last {
		return ErrYear.With("given", y.Year, "first", y.First, "last", last).At("/year")
	}
	return nil
}

// LastDay is the last day of the year that counts: today, of the year that runs.
func (y YearlyReview) LastDay(today time.Time) time.Time {
	last := time.Date(y.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	if today.Before(last) {
		return today
	}
	return last
}

// Open lets members comment.
func (y YearlyReview) Open(by Actor, now time.Time) (YearlyOpening, error) {
	if y.State() == YearlyOpen {
		return YearlyOpening{}, y.stage()
	}
	return YearlyOpening{N: len(y.Openings) + 1, By: by.Person, At: now}, y.Reviewable(now)
}

func (y YearlyReview) stage() error {
	return ErrYearlyStage.With("year", y.Year, "state", string(y.State()))
}

// Comment says what a seat that is held today has to say: by its representative or
// alternate, or by the Chair. What was said stays; more may be said.
func (y YearlyReview) Comment(by Actor, language, text string, sitting []Sitting, now time.Time) (YearlyComment, error) {
	if y.State() != YearlyOpen {
		return YearlyComment{}, y.stage()
	}
	seat, err := seatOf(sitting, by, uuid.Nil)
	if err != nil {
		return YearlyComment{}, err
	}
	if err := problem.Join(append(written(text, "/text", longestReason), spoken(language, "/language")...)); err != nil {
		return YearlyComment{}, err
	}
	return YearlyComment{ID: uuid.New(), N: len(y.Comments) + 1, Seat: seat.Name, Organisation: by.Hat.Code, Language: language, Text: strings.TrimSpace(text), By: by.Person, At: now}, nil
}

// Silent are the seats held today that have not commented, while it is open.
func (y YearlyReview) Silent(sitting []Sitting) (seats []Sitting) {
	if y.State() != YearlyOpen {
		return nil
	}
	for _, s := range sitting {
		if !slices.ContainsFunc(y.Comments, func(c YearlyComment) bool { return c.Seat == s.Name }) {
			seats = append(seats, s)
		}
	}
	return seats
}

// Awaits tells whether the seat that by speaks for has said nothing yet, while it is open.
func (y YearlyReview) Awaits(by Actor, sitting []Sitting) bool {
	seat, err := seatOf(sitting, by, uuid.Nil)
	return err == nil && slices.ContainsFunc(y.Silent(sitting), func(s Sitting) bool { return s.ID == seat.ID })
}

// Close freezes the figures and the comments, once the year is over.
func (y YearlyReview) Close(by Actor, figures YearlyRecord, now time.Time) (YearlyClosing, error) {
	if err := y.closable(now); err != nil {
		return YearlyClosing{}, err
	}
	figures.Format, figures.Version, figures.Comments = YearlyFormat, len(y.Openings), append([]YearlyComment{}, y.Comments...)
	c := YearlyClosing{N: figures.Version, By: by.Person, At: now}
	var err error
	c.Record, c.Hash, err = figures.frozen()
	return c, err
}

func (y YearlyReview) closable(now time.Time) error {
	if y.State() != YearlyOpen {
		return y.stage()
	}
	if today := y.Charter.Day(now); today.Year() <= y.Year {
		return ErrYearRuns.With("year", y.Year)
	}
	return nil
}

// May lists what by can do to the review now, by the acts' own rules.
func (y YearlyReview) May(by Actor, sitting []Sitting, now time.Time) (may []string) {
	can := func(act string, possible bool) {
		if possible {
			may = append(may, act)
		}
	}
	_, seated := seatOf(sitting, by, uuid.Nil)
	_, open := y.Open(by, now)
	can("yearly-review.open", open == nil)
	can("yearly-review.comment", y.State() == YearlyOpen && seated == nil)
	can("yearly-review.close", y.closable(now) == nil)
	return may
}

// ReadsYearly tells whether by reads yearly reviews: who decides, keeps and audits, and
// the organisations that are of the Executive Committee on the day.
func ReadsYearly(by Actor, committee []Belonging, today time.Time) bool {
	if by.Hat.Role != PUNO {
		return true
	}
	return slices.ContainsFunc(committee, func(b Belonging) bool { return b.Organisation == by.Hat.Organisation && b.On(today) })
}

// frozen is what is closed, in the one spelling that records have, with its SHA-256.
func (r YearlyRecord) frozen() (record, hash []byte, err error) {
	written, err := json.Marshal(r)
	if err != nil {
		return nil, nil, fmt.Errorf("review of %d: %w", r.Year, err)
	}
	dec := json.NewDecoder(bytes.NewReader(written))
	dec.UseNumber()
	var tree map[string]any
	if err := dec.Decode(&tree); err != nil {
		return nil, nil, fmt.Errorf("review of %d: %w", r.Year, err)
	}
	record = canonical(tree)
	sum := sha256.Sum256(record)
	return record, sum[:], nil
}

// ReadYearly takes a closed review out of the bytes that were kept.
func ReadYearly(record []byte) (r YearlyRecord, err error) {
	if err := json.Unmarshal(record, &r); err != nil {
		return r, fmt.Errorf("closed review: %w", err)
	}
	return r, nil
}
