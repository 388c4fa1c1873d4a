package api

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/exchange/ical"
	"startupfund/store"
)

type calendarView struct {
	MadeAt *time.Time `json:"made_at"`        // null where there is none yet
	Path   string     `json:"path,omitempty"` // told once, when it is made
}

// calendar says whether the caller has an address for a calendar.
func (s *Server) calendar(a *asked) (answer, error) {
	at, err := s.Store.CalendarMade(a, a.by)
	if err != nil || at.IsZero() {
		return answer{status: 200, body: calendarView{}}, err
	}
	return shown(calendarView{MadeAt: &at})
}

// renewCalendar gives the caller a new address, in the place of the one before.
func (s *Server) renewCalendar(a *asked) (answer, error) {
	token, err := s.Store.RenewCalendar(a, a.ask)
	if err != nil {
		return answer{}, err
	}
	at, err := s.Store.CalendarMade(a, a.by)
	if err != nil {
		return answer{}, err
	}
	v := calendarView{MadeAt: &at}
	if token != "" { // asked twice under one key, it is told once
		v.Path = "/api/v1/calendars/" + string(token) + ".ics"
	}
	return made("/calendar", v, 0)
}

// followCalendar is what a calendar reads that is subscribed to: it signs in nowhere, and
// shows the token that stands in its address.
func (s *Server) followCalendar(a *asked) (answer, error) {
	d, err := s.Store.Calendar(a, strings.TrimSuffix(a.Param("token"), ".ics"))
	if err != nil {
		return answer{}, err
	}
	if !slices.ContainsFunc(d.Hats, func(h domain.Hat) bool { return len(s.may(domain.Actor{Hat: h}, []string{"meeting.read"})) > 0 }) {
		return answer{}, domain.ErrMissing // who has left the body reads its dates no more
	}
	attends := slices.ContainsFunc(d.Hats, func(h domain.Hat) bool { return domain.MayAttend(d.Attendees, h) })
	c := s.dates(d.Language, d.Fund, attends, d.Meetings, d.Due, d.Silences)
	return calendarOf(c)
}

// meetingCalendar is one meeting, to be put into a calendar.
func (s *Server) meetingCalendar(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Meeting(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	if err != nil {
		return answer{}, err
	}
	return calendarOf(s.dates(languageOf(a.Context), c.Fund.Name.Value, domain.MayAttend(f.Attendees, a.by.Hat), []domain.Meeting{f.Meeting}, map[uuid.UUID]domain.Due{f.ID: f.Due}, nil))
}

func calendarOf(c ical.Calendar) (answer, error) {
	var b bytes.Buffer
	if err := ical.Write(&b, c); err != nil {
		return answer{}, fmt.Errorf("a calendar: %w", err)
	}
	return answer{status: 200, raw: b.Bytes(), media: ical.Media}, nil
}

// dates are what stands in a calendar. A question in writing goes by its number: whoever
// may not see its title may have declared so after the calendar has read it.
func (s *Server) dates(language string, fund charter.Names, attends bool, meetings []domain.Meeting, due map[uuid.UUID]domain.Due, silences []store.Silence) ical.Calendar {
	words := s.Words.in(language)
	c := ical.Calendar{Name: fund.In(language), Now: time.Now()}
	for _, m := range meetings {
		e := ical.Entry{UID: "meeting-" + m.ID.String() + "@startupfund", Sequence: m.Sequence, At: m.StartsAt, Until: m.EndsAt, Title: m.Ref + " " + m.Title, Place: m.Place,
			Cancelled: m.State == domain.MeetingCancelled}
		if m.PresidingName != "" {
			e.Description = words.say("calendar.presides", map[string]any{"name": m.PresidingName})
		}
		if m.CalledOff != nil {
			e.Description = words.say("calendar.called-off", map[string]any{"reason": m.CalledOff.Reason})
		}
		if attends {
			e.Link = m.Link
		}
		c.Entries = append(c.Entries, e)
		ends := func(what string, at time.Time) {
			c.Entries = append(c.Entries, ical.Entry{UID: what + "-due-" + m.ID.String() + "@startupfund", Sequence: m.Sequence, At: at, Cancelled: e.Cancelled,
				Title: words.say("calendar.due-"+what, map[string]any{"ref": m.Ref})})
		}
		ends("items", due[m.ID].Items)
		ends("papers", due[m.ID].Papers)
	}
	for _, x := range silences {
		c.Entries = append(c.Entries, ical.Entry{UID: "silence-" + x.ID.String() + "@startupfund", Sequence: x.Extensions, At: x.EndsAt,
			Title: words.say("calendar.silence", map[string]any{"ref": x.Written})})
	}
	return c
}
