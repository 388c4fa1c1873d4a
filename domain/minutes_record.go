package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// MinutesFormat is the shape of what is fixed as minutes. Another shape takes the next
// number. From 2 on they say who attended without a seat.
const MinutesFormat = 2

// MinutesRecord is what minutes say: what the record of the meeting has, which nobody
// writes, and the prose around it.
type MinutesRecord struct {
	Format         int               `json:"format"`
	Number         string            `json:"number"` // "" before they are fixed
	Meeting        string            `json:"meeting"`
	Title          string            `json:"title"`
	StartsAt       time.Time         `json:"starts_at"`
	OpenedAt       *time.Time        `json:"opened_at"`
	ClosedAt       *time.Time        `json:"closed_at"`
	CharterVersion int               `json:"charter_version"`
	Language       string            `json:"language"` // of the one text with authority
	Presided       string            `json:"presided"` // by whom at the end; "" where it is not the reader's to know
	Attendance     []MinutedPresence `json:"attendance"`
	Attending      []MinutedAttendee `json:"attending,omitempty"` // without a seat
	Items          []MinutedItem     `json:"items"`
	Prose          []MinutesProse    `json:"prose"`
	Abridged       bool              `json:"abridged,omitempty"`
}

// MinutedPresence is somebody's time in the room for a seat.
type MinutedPresence struct {
	Seat         string     `json:"seat"`
	Organisation string     `json:"organisation"`
	Person       string     `json:"person,omitempty"`
	Capacity     string     `json:"capacity,omitempty"`
	From         *time.Time `json:"from"` // nil where it is not the reader's to know
	Until        *time.Time `json:"until"`
}

// MinutedAttendee is somebody who was at the meeting without a seat.
type MinutedAttendee struct {
	As           string     `json:"as"` // "agent", "secretariat", "observer"
	Organisation string     `json:"organisation"`
	Name         string     `json:"name"`
	From         time.Time  `json:"from"`
	Until        *time.Time `json:"until"` // nil of who stayed
}

// Minuted is what minutes say of an attendance.
func (a Attendance) Minuted() MinutedAttendee {
	m := MinutedAttendee{As: string(a.As), Organisation: a.Code, Name: a.Name, From: a.CameAt.UTC()}
	if a.LeftAt != nil {
		left := a.LeftAt.UTC()
		m.Until = &left
	}
	return m
}

// MinutedItem is what the record has of an item of the agenda.
type MinutedItem struct {
	Question  uuid.UUID         `json:"question"`
	Item      int               `json:"item"`
	Kind      string            `json:"kind,omitempty"`
	Procedure string            `json:"procedure,omitempty"`
	Title     string            `json:"title,omitempty"`
	Language  string            `json:"language,omitempty"` // of the title
	State     string            `json:"state,omitempty"`
	Decision  string            `json:"decision,omitempty"`
	Interests []MinutedInterest `json:"interests,omitempty"`
	Left      []string          `json:"left,omitempty"` // organisations that were recused from it
	Positions []MinutedPosition `json:"positions,omitempty"`
	Mandates  []MinutedMandate  `json:"mandates,omitempty"` // of entities that it touches
	Capitals  []MinutedCapital  `json:"capitals,omitempty"` // of those who joined ad referendum
	Hidden    bool              `json:"hidden,omitempty"`   // the reader has an interest that takes it out of sight
}

// MinutedInterest is a stake that was on record when the item was dealt with.
type MinutedInterest struct {
	Organisation string `json:"organisation"`
	Kind         string `json:"kind"`
	Effect       string `json:"effect"`
	Aside        string `json:"aside,omitempty"` // why it was set aside; it then had no effect
}

// MinutedPosition is what a seat said, with its explanation.
type MinutedPosition struct {
	Seat         string    `json:"seat"`
	Organisation string    `json:"organisation"`
	Position     string    `json:"position"`
	Reason       string    `json:"reason"`
	At           time.Time `json:"at"`
	Uncounted    string    `json:"uncounted,omitempty"` // "former-text", "late" or "replaced"; "" where it counts
}

// MinutedMandate is that an item touches the mandate of an entity, and what came of that last.
type MinutedMandate struct {
	Organisation string `json:"organisation"`
	Text         string `json:"text"`
	Settled      bool   `json:"settled"`
	Came         string `json:"came,omitempty"`
}

// MinutedCapital is where a seat stood, when the minutes were fixed, that joined ad referendum.
type MinutedCapital struct {
	Organisation string `json:"organisation"`
	Stands       string `json:"stands"`
	Reason       string `json:"reason,omitempty"`
}

// MinutesProse is what the secretariat wrote in a part, in a language.
type MinutesProse struct {
	Part     string `json:"part"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// itemPart is the part of the minutes that is about an item.
func itemPart(n int) string { return "item-" + strconv.Itoa(n) }

// parts are those in which prose may stand, in their order.
func (r MinutesRecord) parts() []string {
	list := []string{"opening", "attendance"}
	for _, i := range r.Items {
		list = append(list, itemPart(i.Item))
	}
	return append(list, "closing")
}

func (x Interest) minuted() MinutedInterest {
	m := MinutedInterest{Organisation: x.Code, Kind: string(x.Kind), Effect: string(x.Effect)}
	if x.Dismissed != nil {
		m.Aside = x.Dismissed.Reason
	}
	return m
}

// uncounted says why the nth position does not count; nothing where it does.
func (i Item) uncounted(n int) string {
	p := i.Positions[n]
	switch {
	case p.Text != i.TextVersion:
		return "former-text"
	case i.InWriting() && i.Late(p):
		return "late"
	case slices.ContainsFunc(i.Positions[n+1:], func(o Position) bool { return o.Seat == p.Seat && o.Text == p.Text && !(i.InWriting() && i.Late(o)) }):
		return "replaced"
	}
	return ""
}

// Minuted is what the record of a meeting has of one of its items.
func (i Item) Minuted(decision string) MinutedItem {
	m := MinutedItem{Question: i.ID, Item: i.Number, Kind: string(i.Kind), Procedure: string(i.Procedure), Title: i.Title, Language: i.Question.Language,
		State: string(i.State), Decision: decision}
	put := i.OpenedAt != nil
	for _, x := range i.Interests {
		if put || x.Source == InterestDeclared { // what was never put has no frozen roll
			m.Interests = append(m.Interests, x.minuted())
		}
	}
	if !put {
		return m
	}
	codes := map[uuid.UUID]RollSeat{}
	for _, r := range i.Roll {
		codes[r.Seat] = r
		if r.Recused {
			m.Left = append(m.Left, r.Code)
		}
	}
	for n, p := range i.Positions {
		m.Positions = append(m.Positions, MinutedPosition{codes[p.Seat].Name, codes[p.Seat].Code, p.Key, p.Reason, p.At.UTC(), i.uncounted(n)})
	}
	m.Capitals, m.Mandates = i.minutedCapitals(), i.minutedMandates()
	return m
}

// minutedCapitals are the answers for seats that joined ad referendum, as far as there are any.
func (i Item) minutedCapitals() (list []MinutedCapital) {
	if i.Referendum == nil {
		return nil
	}
	for _, s := range i.Arithmetic().Seats {
		if !s.AdReferendum {
			continue
		}
		c := MinutedCapital{Organisation: s.Code, Stands: "open"}
		if s.Referred != ReferredOpen {
			c.Stands = string(s.Referred)
		}
		for _, x := range i.Referendum.Given {
			if x.Seat == s.Seat {
				c.Reason = x.Reason
			}
		}
		list = append(list, c)
	}
	return list
}

// Sight is how much of an item of a meeting a reader sees.
type Sight struct {
	Hidden  bool // what was said of it
	Unnamed bool // that, and what it is
}

// SightOf is by's of an item.
func (i Item) SightOf(by Actor) Sight {
	_, hidden := i.Hidden(by)
	return Sight{hidden, i.Unnamed(by)}
}

// ReadBy is what of the minutes a reader sees. Whoever has an interest that hides an item
// reads of it that it was dealt with and, once it is adopted, what was decided. Who may not
// read positions reads no prose, no person and of what was not adopted no title: where the
// body stood is in all of them.
func (r MinutesRecord) ReadBy(positions bool, sight map[uuid.UUID]Sight) MinutesRecord {
	out := r
	out.Abridged = !positions
	out.Items, out.Prose = []MinutedItem{}, []MinutesProse{}
	if !positions {
		out.Presided, out.Attendance, out.Attending = "", r.seatsThere(), nil
	}
	unread := map[string]bool{}
	for _, i := range r.Items {
		s := sight[i.Question]
		switch {
		case s.Unnamed:
			i = MinutedItem{Question: i.Question, Item: i.Item}
		case !positions && i.State != string(QuestionAdopted):
			i = MinutedItem{Question: i.Question, Item: i.Item, State: i.State}
		case s.Hidden || !positions:
			i.Interests, i.Left, i.Positions, i.Capitals, i.Mandates = nil, nil, nil, nil, nil
		}
		i.Hidden = s.Hidden
		unread[itemPart(i.Item)] = s.Hidden
		out.Items = append(out.Items, i)
	}
	for _, p := range r.Prose {
		if positions && !unread[p.Part] {
			out.Prose = append(out.Prose, p)
		}
	}
	return out
}

// seatsThere are those for which somebody was in the room at all: who came and went when tells
// who left for an item.
func (r MinutesRecord) seatsThere() []MinutedPresence {
	list := []MinutedPresence{}
	for _, a := range r.Attendance {
		a = MinutedPresence{Seat: a.Seat, Organisation: a.Organisation}
		if !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return list
}

// frozen is what is fixed, in the one spelling that records have, with its SHA-256.
func (r MinutesRecord) frozen() (record, hash []byte, err error) {
	written, err := json.Marshal(r)
	if err != nil {
		return nil, nil, fmt.Errorf("minutes %s: %w", r.Number, err)
	}
	dec := json.NewDecoder(bytes.NewReader(written))
	dec.UseNumber()
	var tree map[string]any
	if err := dec.Decode(&tree); err != nil {
		return nil, nil, fmt.Errorf("minutes %s: %w", r.Number, err)
	}
	record = canonical(tree)
	sum := sha256.Sum256(record)
	return record, sum[:], nil
}

// ReadMinutes takes fixed minutes out of the bytes that were kept.
func ReadMinutes(record []byte) (r MinutesRecord, err error) {
	if err := json.Unmarshal(record, &r); err != nil {
		return r, fmt.Errorf("fixed minutes: %w", err)
	}
	return r, nil
}

// SendBy is the instant by which minutes of a meeting, or the record of a decision, are to
// have gone out: the end of the last of the charter's days after the one on which it ended.
func SendBy(c charter.Charter, ended time.Time) time.Time {
	return c.Begins(c.Day(ended).AddDate(0, 0, c.Body.RecordDays.Value+1))
}

// hasPart tells whether prose may stand in a part.
func (r MinutesRecord) hasPart(part string) bool { return slices.Contains(r.parts(), part) }

// ofItem is the item that a part is about; nil of a part that is about none.
func (r MinutesRecord) ofItem(part string) *MinutedItem {
	n, found := strings.CutPrefix(part, "item-")
	for i := range r.Items {
		if found && strconv.Itoa(r.Items[i].Item) == n {
			return &r.Items[i]
		}
	}
	return nil
}
