package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// The days are the calendar's in the charter's zone: the hour that its clocks show stays,
// though they were put forward in between.
func TestItemsAndPapersAreDueSoManyDaysBefore(t *testing.T) {
	m := Meeting{StartsAt: time.Date(2026, 4, 7, 8, 0, 0, 0, time.UTC)} // 10:00 in Geneva, in summer
	c := charter.MustDefault()
	c.Body.Agenda.ItemDays.Value, c.Body.Agenda.PaperDays.Value = 14, 0
	if got := m.Due(c); !got.Items.Equal(time.Date(2026, 3, 24, 9, 0, 0, 0, time.UTC)) || !got.Papers.Equal(m.StartsAt) {
		t.Errorf("due on %v", got)
	}
	by := Actor{Person: uuid.New(), Hat: Hat{Role: Member, Capacity: Representative, Organisation: uuid.New(), Code: "QMM"}}
	sitting := []Sitting{{Seat: Seat{ID: uuid.New()}, Organisation: by.Hat.Organisation, Code: "QMM"}}
	m.State = MeetingPlanned
	for at, late := range map[time.Time]bool{m.Due(c).Items: false, m.Due(c).Items.Add(time.Microsecond): true} {
		if x, err := m.Propose(c, by, sitting, ProposedItem{Title: "A", Reason: "B", Language: "en"}, at); err != nil || x.Late != late {
			t.Errorf("asked for at %s it is late: %t, %v", at, x.Late, err)
		}
	}
}

func TestAnAgendaIsOrderedAsAWhole(t *testing.T) {
	m := Meeting{Ref: "M-1", State: MeetingPlanned}
	var agenda []Question
	var ids []uuid.UUID
	for _, n := range []int{4, 1, 3} { // one was listed elsewhere: numbers may have gaps
		agenda = append(agenda, Question{ID: uuid.New(), Number: n})
		ids = append(ids, agenda[len(agenda)-1].ID)
	}
	got, err := m.Order(agenda, ids)
	if err != nil || got[0].Number != 1 || got[1].Number != 3 || got[2].Number != 4 || got[0].ID != ids[0] {
		t.Errorf("ordered as %v, %v", got, err)
	}
	for name, to := range map[string][]uuid.UUID{"one left out": ids[:2], "one twice": {ids[0], ids[0], ids[2]}, "a stranger": {ids[0], ids[1], uuid.New()}, "one too many": append(ids[:3:3], uuid.New())} {
		if _, err := m.Order(agenda, to); !errors.Is(err, ErrAgendaChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.State = MeetingOpen
	if _, err := m.Order(agenda, ids); !errors.Is(err, ErrMeetingStage) {
		t.Errorf("once it is open: %v", err)
	}
}

func TestWhoSaysWhereTheMeetingIs(t *testing.T) {
	chair, sec := Actor{Person: uuid.New(), Hat: Hat{Role: Member}}, Actor{Person: uuid.New(), Hat: Hat{Role: Secretariat}}
	m := Meeting{Ref: "M-1", State: MeetingOpen, Presiding: chair.Person}
	agenda := []Question{{ID: uuid.New()}}
	for _, by := range []Actor{chair, sec} {
		got, err := m.Turn(by, agenda, agenda[0].ID)
		if err != nil || got.Present != agenda[0].ID {
			t.Errorf("%s: %v, %v", by.Hat.Role, got.Present, err)
		}
		if got, err = got.Turn(by, agenda, uuid.Nil); err != nil || got.Present != uuid.Nil {
			t.Errorf("between items: %v, %v", got.Present, err)
		}
	}
	if _, err := m.Turn(Actor{Person: uuid.New(), Hat: Hat{Role: Coordinator}}, agenda, agenda[0].ID); !errors.Is(err, ErrNotInTheChair) {
		t.Errorf("who does not preside: %v", err)
	}
	if _, err := m.Turn(chair, agenda, uuid.New()); !errors.Is(err, ErrUnknownWord) {
		t.Errorf("an item of another meeting: %v", err)
	}
	m.Present = agenda[0].ID
	if over, err := m.Close(Actor{}, 0, time.Now()); err != nil || over.Present != uuid.Nil {
		t.Errorf("once it is over it is at %v, %v", over.Present, err)
	}
	m.State = MeetingPlanned
	if _, err := m.Turn(chair, agenda, agenda[0].ID); !errors.Is(err, ErrMeetingStage) {
		t.Errorf("before it opens: %v", err)
	}
}
