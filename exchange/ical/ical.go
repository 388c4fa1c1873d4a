// Package ical writes dates as calendars read them (RFC 5545): one library escapes and
// folds; what must be stable from one reading to the next is settled here.
package ical

import (
	"io"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Media is what a calendar is called on its way.
const Media = "text/calendar; charset=utf-8"

// Entry is one date.
type Entry struct {
	UID         string // the same for ever, whatever changes
	Sequence    int    // one more with each change of what stands in calendars
	At          time.Time
	Until       time.Time // zero where no end is known
	Title       string
	Description string
	Place       string
	Link        string
	Changed     time.Time // when it became as it is
	Cancelled   bool
}

// Calendar is a list of dates under a name.
type Calendar struct {
	Name    string
	Entries []Entry
	Now     time.Time
}

// Write writes a calendar: lines of 75 bytes at most that end with CR and LF, times in UTC.
func Write(w io.Writer, c Calendar) error {
	out := ics.NewCalendar()
	out.SetProductId("-//startupfund//meetings//EN")
	out.SetMethod(ics.MethodPublish)
	out.SetName(plain(c.Name))
	for _, e := range c.Entries {
		v := out.AddEvent(e.UID)
		v.SetDtStampTime(c.Now.UTC())
		if !e.Changed.IsZero() {
			v.SetModifiedAt(e.Changed.UTC())
		}
		v.SetSequence(e.Sequence)
		v.SetStartAt(e.At.UTC())
		if !e.Until.IsZero() {
			v.SetEndAt(e.Until.UTC())
		}
		v.SetSummary(plain(e.Title))
		if e.Description != "" {
			v.SetDescription(plain(e.Description))
		}
		if e.Place != "" {
			v.SetLocation(plain(e.Place))
		}
		if e.Link != "" {
			v.SetURL(plain(e.Link))
		}
		v.SetStatus(ics.ObjectStatusConfirmed)
		if e.Cancelled {
			v.SetStatus(ics.ObjectStatusCancelled)
		}
	}
	return out.SerializeTo(w, ics.WithNewLineWindows)
}

// plain leaves out what no content line may hold: control characters but the line feed,
// which is escaped.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
