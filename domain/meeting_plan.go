package domain

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrMeetingLink  = problem.New(problem.Invalid, "meeting-link")
	ErrMeetingPlace = problem.New(problem.Invalid, "virtual-meeting-has-no-place")
	ErrMeetingEnd   = problem.New(problem.Invalid, "meeting-ends-first")
)

// Venue is whether a meeting's people come to one place.
type Venue string

const (
	InPerson Venue = "in-person"
	Virtual  Venue = "virtual" // by a link alone
	Mixed    Venue = "mixed"   // some come, some by the link
)

// Where a meeting is held. The link is for those who may attend, and for nobody else.
type Where struct {
	Held  Venue
	Place string
	Link  string // https
}

const (
	longestPlace = 300
	longestLink  = 1000
)

// MeetingPlan is what is said of a meeting before it opens.
type MeetingPlan struct {
	Title    string
	StartsAt time.Time
	EndsAt   time.Time // zero where its end is open
	Where
}

// Change says anew what is planned, while the meeting has not opened. Whoever keeps it
// in a calendar is told by the next number.
func (m Meeting) Change(p MeetingPlan, c charter.Charter, now time.Time) (Meeting, error) {
	if m.State != MeetingPlanned {
		return m, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	if err := m.meant(p, c, now); err != nil {
		return m, err
	}
	m.Sequence++
	return m, nil
}

// meant takes over what is planned. A day that is over is no plan; one that was planned and
// has passed since may stay as it is.
func (m *Meeting) meant(p MeetingPlan, c charter.Charter, now time.Time) error {
	p.Place, p.Link = strings.TrimSpace(p.Place), strings.TrimSpace(p.Link)
	if p.Held == "" {
		p.Held = InPerson
	}
	if err := titled(p.Title); err != nil {
		return err
	}
	switch {
	case p.StartsAt.IsZero():
		return ErrRequired.At("/starts_at")
	case !p.StartsAt.Equal(m.StartsAt) && c.Day(p.StartsAt).Before(c.Day(now)):
		return ErrMeetingPast.With("day", c.Day(p.StartsAt).Format(time.DateOnly)).At("/starts_at")
	case !p.EndsAt.IsZero() && !p.EndsAt.After(p.StartsAt):
		return ErrMeetingEnd.At("/ends_at")
	case p.Held != InPerson && p.Held != Virtual && p.Held != Mixed:
		return ErrUnknownWord.With("given", clipped(string(p.Held))).At("/held")
	case p.Held == Virtual && p.Place != "":
		return ErrMeetingPlace.At("/place")
	case len([]rune(p.Place)) > longestPlace:
		return ErrTooLong.With("limit", longestPlace).At("/place")
	case p.Link != "" && !webLink(p.Link):
		return ErrMeetingLink.At("/link")
	}
	m.Title, m.StartsAt, m.Where, m.EndsAt = p.Title, p.StartsAt.UTC(), p.Where, p.EndsAt
	m.Place, m.Link, m.Held = p.Place, p.Link, p.Held
	if !m.EndsAt.IsZero() {
		m.EndsAt = m.EndsAt.UTC()
	}
	return nil
}

// webLink tells whether a text is an https address that a page may show as a link.
func webLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && len(text) <= longestLink &&
		strings.HasPrefix(text, "https://") && !strings.ContainsFunc(text, unicode.IsSpace)
}

// MayAttend tells whether somebody under a hat may come to the body's meetings: those who
// stand for a seat, not their advisers in capital; the Chair; and whomever the charter
// lets attend without a seat.
func MayAttend(attending []charter.Attendee, hat Hat) bool {
	switch hat.Role {
	case Coordinator:
		return true
	case Member:
		return hat.Capacity != Adviser
	case Secretariat:
		return slices.Contains(attending, charter.AttendsSecretariat)
	case AgentPreparer, AgentReleaser:
		return slices.Contains(attending, charter.AttendsAgent)
	}
	return false
}
