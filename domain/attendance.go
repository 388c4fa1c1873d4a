package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var ErrAttendsAlready = problem.New(problem.Conflict, "attends-already")

// longestAttendee holds for whoever attends: a person's name, with what they are.
const longestAttendee = 300

// Attendance is somebody at a meeting who takes no seat: of the agent, of the
// secretariat, or an observer, as the charter lets them attend. It is counted nowhere.
type Attendance struct {
	ID           uuid.UUID
	Meeting      uuid.UUID
	As           charter.Attendee
	Organisation uuid.UUID
	Code         string // the organisation's
	Name         string // as the secretary wrote it down: observers have no account
	CameAt       time.Time
	LeftAt       *time.Time
}

// Attend records that somebody has come who takes no seat, beside those who are there.
func (m Meeting) Attend(c charter.Charter, a Attendance, there []Attendance, now time.Time) (Attendance, error) {
	a.Name = strings.TrimSpace(a.Name)
	switch {
	case m.State != MeetingOpen:
		return a, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	case !slices.Contains(c.Body.Attending.Value, a.As):
		return a, ErrUnknownWord.With("given", clipped(string(a.As))).At("/as")
	}
	if err := problem.Join(written(a.Name, "/name", longestAttendee)); err != nil {
		return a, err
	}
	for _, x := range there {
		if x.LeftAt == nil && x.Organisation == a.Organisation && x.Name == a.Name {
			return a, ErrAttendsAlready.With("name", a.Name).At("/name")
		}
	}
	a.ID, a.Meeting, a.CameAt = uuid.New(), m.ID, now
	return a, nil
}

// Left notes that somebody who attended has gone.
func (a Attendance) Left(m Meeting, now time.Time) (Attendance, error) {
	switch {
	case m.State != MeetingOpen:
		return a, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	case a.LeftAt != nil:
		return a, ErrNotPresent.With("seat", "")
	}
	if now.Before(a.CameAt) {
		now = a.CameAt
	}
	a.LeftAt = &now
	return a, nil
}

// attended are those who were there for a part at least of the time in which a question
// was under way, and when they left, where that was before its end.
func (i Item) attended(opened, closed time.Time) []any {
	out := []any{}
	for _, x := range i.Attending {
		if x.CameAt.After(closed) || x.LeftAt != nil && x.LeftAt.Before(opened) {
			continue
		}
		was := map[string]any{"as": string(x.As), "organisation": x.Code, "name": x.Name, "came_at": instant(x.CameAt)}
		if x.LeftAt != nil && !x.LeftAt.After(closed) {
			was["left_at"] = instant(*x.LeftAt)
		}
		out = append(out, was)
	}
	return out
}
