package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrMinutesStage = problem.New(problem.Conflict, "minutes-stage")
	// ErrCorrectionsOver refuses a correction after the last instant for them.
	ErrCorrectionsOver = problem.New(problem.Conflict, "corrections-over")
	// ErrCorrectionsOpen keeps minutes from being fixed while they may still be corrected.
	ErrCorrectionsOpen = problem.New(problem.Conflict, "corrections-open")
	// ErrCorrectionsWait keeps them from it while a correction is neither taken nor refused.
	ErrCorrectionsWait    = problem.New(problem.Conflict, "corrections-unanswered")
	ErrCorrectionAnswered = problem.New(problem.Conflict, "correction-answered")
	// ErrNobodyToSendTo refuses to send out what would reach nobody.
	ErrNobodyToSendTo = problem.New(problem.Conflict, "nobody-to-send-to")
)

// longestProse bounds what is written in one part of the minutes.
const longestProse = 40_000

// MinutesState is how far the minutes of a meeting are.
type MinutesState string

const (
	MinutesNone       MinutesState = "none"
	MinutesDrafted    MinutesState = "drafted"
	MinutesCirculated MinutesState = "circulated"
	MinutesFixed      MinutesState = "fixed"
)

// Minutes are what is kept of a meeting: drafted from its record, corrected, and then fixed
// for ever.
type Minutes struct {
	Meeting     Meeting
	Charter     charter.Charter // the meeting's
	Language    string          // of the one text with authority; others are working translations
	Says        MinutesRecord   // what the record has, and the last prose; once fixed, what was fixed
	DraftedAt   *time.Time
	Circulated  *Circulation
	Fixed       *FixedMinutes
	Texts       []MinutesText       // oldest first
	Corrections []MinutesCorrection // oldest first
	Corrigenda  []Corrigendum
}

// Circulation hands the draft to the members for correction.
type Circulation struct {
	At    time.Time
	Until time.Time // the first instant at which it is too late
}

// FixedMinutes are never changed; what is wrong in them is said by a corrigendum.
type FixedMinutes struct {
	Number string // "MIN-2026-01"
	Record []byte // canonical JSON
	Hash   []byte // SHA-256 of Record
	By     uuid.UUID
	At     time.Time
}

// MinutesText is prose as it was written once. The last of a part and language counts.
type MinutesText struct {
	MinutesProse
	N  int // counts within the part and language, from 1
	By uuid.UUID
	At time.Time
}

// MinutesCorrection is what a member would have otherwise.
type MinutesCorrection struct {
	ID           uuid.UUID
	N            int
	Part         string
	Language     string
	Text         string
	Seat         string
	Organisation string // its code
	By           uuid.UUID
	At           time.Time
	Answer       *CorrectionAnswer
}

// CorrectionAnswer says whether a correction was taken, and why.
type CorrectionAnswer struct {
	Taken  bool
	Reason string
	By     uuid.UUID
	At     time.Time
}

// Corrigendum says what is wrong in minutes that are fixed.
type Corrigendum struct {
	N    int
	Part string
	Text string // in the language that has authority
	By   uuid.UUID
	At   time.Time
}

// State is how far they are.
func (m Minutes) State() MinutesState {
	switch {
	case m.Fixed != nil:
		return MinutesFixed
	case m.Circulated != nil:
		return MinutesCirculated
	case m.DraftedAt != nil:
		return MinutesDrafted
	}
	return MinutesNone
}

func (m Minutes) stage(want ...MinutesState) error {
	if slices.Contains(want, m.State()) {
		return nil
	}
	return ErrMinutesStage.With("meeting", m.Meeting.Ref, "state", string(m.State()))
}

// Draft begins the minutes of a meeting that is over, in the language that is to have
// authority.
func (m Minutes) Draft(language string, now time.Time) (Minutes, error) {
	if m.Meeting.State != MeetingClosed {
		return m, ErrMeetingStage.With("meeting", m.Meeting.Ref, "state", string(m.Meeting.State))
	}
	if err := m.stage(MinutesNone); err != nil {
		return m, err
	}
	if err := problem.Join(spoken(language, "/language")); err != nil {
		return m, err
	}
	m.Language, m.DraftedAt = language, &now
	return m, nil
}

// last is how often a part was written in a language.
func (m Minutes) last(part, language string) (n int) {
	for _, t := range m.Texts {
		if t.Part == part && t.Language == language {
			n = max(n, t.N)
		}
	}
	return n
}

// Write puts prose into a part; after is the number of the text that its writer read there.
// What has authority is written until it circulates, a working translation until it is
// fixed. An item that is out of by's sight has no part for by.
func (m Minutes) Write(by Actor, p MinutesProse, after int, sight map[uuid.UUID]Sight, now time.Time) (MinutesText, error) {
	may := []MinutesState{MinutesDrafted}
	if p.Language != m.Language {
		may = append(may, MinutesCirculated)
	}
	if err := m.stage(may...); err != nil {
		return MinutesText{}, err
	}
	if err := m.part(p.Part, sight); err != nil {
		return MinutesText{}, err
	}
	if err := problem.Join(append(bounded(p.Text, "/text", longestProse), spoken(p.Language, "/language")...)); err != nil {
		return MinutesText{}, err
	}
	n := m.last(p.Part, p.Language)
	if n != after {
		return MinutesText{}, ErrStale
	}
	p.Text = strings.TrimSpace(p.Text)
	return MinutesText{p, n + 1, by.Person, now}, nil
}

// part refuses one that there is not, as far as the reader knows.
func (m Minutes) part(part string, sight map[uuid.UUID]Sight) error {
	if i := m.Says.ofItem(part); !m.Says.hasPart(part) || i != nil && sight[i.Question].Hidden {
		return ErrUnknownWord.With("given", clip(part)).At("/part")
	}
	return nil
}

// Circulate hands the draft to the members, who correct it for as many days as the charter
// gives them.
func (m Minutes) Circulate(now time.Time) (Minutes, error) {
	if err := m.stage(MinutesDrafted); err != nil {
		return m, err
	}
	days := m.Charter.Body.Minutes.CorrectionDays.Value
	m.Circulated = &Circulation{At: now, Until: m.Charter.Begins(m.Charter.Day(now).AddDate(0, 0, days+1))}
	return m, nil
}

// Correct says what a member would have otherwise: of a seat that is held today, or that
// was in the room.
func (m Minutes) Correct(by Actor, part, language, text string, sitting []Sitting, sight map[uuid.UUID]Sight, now time.Time) (MinutesCorrection, error) {
	if err := m.correctable(now); err != nil {
		return MinutesCorrection{}, err
	}
	seat, err := m.seatOf(by, sitting)
	if err != nil {
		return MinutesCorrection{}, err
	}
	if err := m.part(part, sight); err != nil {
		return MinutesCorrection{}, err
	}
	if err := problem.Join(append(written(text, "/text", longestReason), spoken(language, "/language")...)); err != nil {
		return MinutesCorrection{}, err
	}
	return MinutesCorrection{ID: uuid.New(), N: len(m.Corrections) + 1, Part: part, Language: language, Text: strings.TrimSpace(text), Seat: seat,
		Organisation: by.Hat.Code, By: by.Person, At: now}, nil
}

func (m Minutes) correctable(now time.Time) error {
	if err := m.stage(MinutesCirculated); err != nil {
		return err
	}
	if !now.Before(m.Circulated.Until) {
		return ErrCorrectionsOver.With("until", m.Circulated.Until)
	}
	return nil
}

// seatOf is the name of the seat for which by speaks of this meeting.
func (m Minutes) seatOf(by Actor, sitting []Sitting) (string, error) {
	s, err := seatOf(sitting, by, uuid.Nil)
	if err == nil {
		return s.Name, nil
	}
	for _, a := range m.Says.Attendance {
		if by.Hat.Capacity != Adviser && a.Organisation == by.Hat.Code {
			return a.Seat, nil
		}
	}
	return "", err
}

// Answer takes a correction, with what its part says from now on, or does not; either way
// with a reason.
func (m Minutes) Answer(by Actor, correction uuid.UUID, taken bool, reason, text string, sight map[uuid.UUID]Sight, now time.Time) (CorrectionAnswer, *MinutesText, error) {
	none := CorrectionAnswer{}
	if err := m.stage(MinutesCirculated); err != nil {
		return none, nil, err
	}
	n := slices.IndexFunc(m.Corrections, func(c MinutesCorrection) bool { return c.ID == correction })
	if n < 0 || m.part(m.Corrections[n].Part, sight) != nil {
		return none, nil, ErrMissing
	}
	c := m.Corrections[n]
	if c.Answer != nil {
		return none, nil, ErrCorrectionAnswered.With("n", c.N)
	}
	found := written(reason, "/reason", longestReason)
	if taken {
		found = append(found, written(text, "/text", longestProse)...)
	}
	if err := problem.Join(found); err != nil {
		return none, nil, err
	}
	a := CorrectionAnswer{taken, strings.TrimSpace(reason), by.Person, now}
	if !taken {
		return a, nil, nil
	}
	p := MinutesProse{c.Part, m.Language, strings.TrimSpace(text)}
	return a, &MinutesText{p, m.last(c.Part, m.Language) + 1, by.Person, now}, nil
}

// Fix makes them what they are for ever, under their number.
func (m Minutes) Fix(by Actor, number string, now time.Time) (Minutes, error) {
	if err := m.fixable(now); err != nil {
		return m, err
	}
	m.Says.Number, m.Says.Format = number, MinutesFormat
	record, hash, err := m.Says.frozen()
	m.Fixed = &FixedMinutes{number, record, hash, by.Person, now}
	return m, err
}

func (m Minutes) fixable(now time.Time) error {
	if err := m.stage(MinutesCirculated); err != nil {
		return err
	}
	waiting := 0
	for _, c := range m.Corrections {
		if c.Answer == nil {
			waiting++
		}
	}
	switch {
	case now.Before(m.Circulated.Until):
		return ErrCorrectionsOpen.With("until", m.Circulated.Until)
	case waiting > 0:
		return ErrCorrectionsWait.With("count", waiting)
	}
	return nil
}

// Amend says what is wrong in minutes that are fixed, which stay as they are.
func (m Minutes) Amend(by Actor, part, text string, sight map[uuid.UUID]Sight, now time.Time) (Corrigendum, error) {
	if err := m.stage(MinutesFixed); err != nil {
		return Corrigendum{}, err
	}
	if err := m.part(part, sight); err != nil {
		return Corrigendum{}, err
	}
	if err := problem.Join(written(text, "/text", longestReason)); err != nil {
		return Corrigendum{}, err
	}
	return Corrigendum{len(m.Corrigenda) + 1, part, strings.TrimSpace(text), by.Person, now}, nil
}

// Send refuses to send out what is not fixed.
func (m Minutes) Send() error { return m.stage(MinutesFixed) }

// Prose is the last of each part and language, in the order of the parts.
func (m Minutes) Prose() []MinutesProse {
	list := []MinutesProse{}
	for _, part := range m.Says.parts() {
		for _, t := range m.Texts {
			if t.Part == part && t.N == m.last(part, t.Language) && t.Text != "" {
				list = append(list, t.MinutesProse)
			}
		}
	}
	return list
}

// ReadBy is what a reader sees of them: of what was corrected and amended, as of the rest.
func (m Minutes) ReadBy(positions bool, sight map[uuid.UUID]Sight) Minutes {
	out := m
	out.Says = m.Says.ReadBy(positions, sight)
	out.Texts, out.Corrections, out.Corrigenda = nil, nil, nil
	for _, t := range m.Texts {
		if positions && m.part(t.Part, sight) == nil {
			out.Texts = append(out.Texts, t)
		}
	}
	for _, c := range m.Corrections {
		if positions && m.part(c.Part, sight) == nil {
			out.Corrections = append(out.Corrections, c)
		}
	}
	for _, c := range m.Corrigenda {
		if positions && m.part(c.Part, sight) == nil {
			out.Corrigenda = append(out.Corrigenda, c)
		}
	}
	return out
}

// SeenBy tells whether by may read them as they are: until they circulate they are the
// secretariat's, which writes them, and the Chair's.
func (m Minutes) SeenBy(by Actor) bool {
	return m.State() != MinutesDrafted || by.Hat.Role == Secretariat || by.Hat.Role == Coordinator || by.Hat.Role == Auditor
}

// May lists what by can do to them now, by the acts' own rules.
func (m Minutes) May(by Actor, sitting []Sitting, now time.Time) []string {
	var may []string
	can := func(act string, possible bool) {
		if possible {
			may = append(may, act)
		}
	}
	state := m.State()
	waits := slices.ContainsFunc(m.Corrections, func(c MinutesCorrection) bool { return c.Answer == nil })
	_, seated := m.seatOf(by, sitting)
	can("minutes.draft", state == MinutesNone && m.Meeting.State == MeetingClosed)
	can("minutes.write", state == MinutesDrafted || state == MinutesCirculated)
	can("minutes.circulate", state == MinutesDrafted)
	can("minutes.correct", m.correctable(now) == nil && seated == nil)
	can("minutes.answer", state == MinutesCirculated && waits)
	can("minutes.fix", m.fixable(now) == nil)
	can("minutes.amend", state == MinutesFixed)
	can("minutes.send", state == MinutesFixed)
	return may
}
