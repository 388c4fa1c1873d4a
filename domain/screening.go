package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/form"
	"startupfund/domain/problem"
)

// Refusals about screening and what follows it.
var (
	ErrKnockedOut  = problem.New(problem.Conflict, "knocked-out")              // eligible, and a knock-out item is not met
	ErrNoRound     = problem.New(problem.Conflict, "no-round-left")            // given back as often as the charter allows
	ErrNoPoints    = problem.New(problem.Invalid, "points-belong-to-a-return") // of another finding
	ErrNoSuchPlace = problem.New(problem.Invalid, "no-such-field")             // a point names what the form has not
	ErrPointOpen   = problem.New(problem.Conflict, "point-not-mended")         // the applicant has not ticked it off
	ErrAppealed    = problem.New(problem.Conflict, "appealed-already")
	ErrAppealLate  = problem.New(problem.Conflict, "appeal-too-late")
	ErrNoAppeal    = problem.New(problem.Conflict, "no-appeal")
	ErrDecidedThat = problem.New(problem.Conflict, "appeal-decided-already")
	ErrOwnFinding  = problem.New(problem.Denied, "own-finding") // another person than the screener decides
	ErrNotDecider  = problem.New(problem.Denied, "not-the-appeals-decider")
)

// mostPoints bounds what one finding asks to be mended.
const mostPoints = 100

// CheckMark says how a submission stands to one item of the checklist.
type CheckMark string

const (
	Met        CheckMark = "met"
	NotMet     CheckMark = "not-met"
	Irrelevant CheckMark = "not-applicable"
)

// Checked is a mark with what the screener has to say of it.
type Checked struct {
	Mark   CheckMark
	Remark string
}

// MendPoint is one thing to mend: where, and what to do. The applicant ticks it off.
type MendPoint struct {
	ID      uuid.UUID
	Field   string // a JSON Pointer into the content; "" where it is a whole section
	Section string // of the form; "" for what stands in none, such as the endorsement
	Todo    string
	Mended  bool
	Note    string // the applicant's, on what was done
	At      *time.Time
}

// Place is the page of the proposal on which the point is mended, and the field there,
// as the pages name it: "basics?check#summary".
func (x MendPoint) Place() string {
	switch {
	case strings.HasPrefix(x.Field, "/endorsements"):
		return "endorsement"
	case strings.HasPrefix(x.Field, "/attachments"):
		return "attachments"
	case x.Field == "":
		return x.Section
	}
	return x.Section + "?check#" + strings.ReplaceAll(strings.TrimPrefix(x.Field, "/"), "/", "-")
}

// Screening is the secretariat's finding on one submission.
type Screening struct {
	ID       uuid.UUID
	Proposal uuid.UUID
	N        int   // of the submission
	Finding  int   // 1; the next one after an appeal that was upheld
	Outcome  Stage // Eligible, Ineligible or Returned
	Reason   string
	Checks   map[string]Checked // by item; empty where none was filled in
	Points   []MendPoint
	Person   uuid.UUID
	At       time.Time
	Appeal   *Appeal
}

// Appeal is the applicant's word against a finding of ineligible.
type Appeal struct {
	ID       uuid.UUID
	Reason   string
	Person   uuid.UUID
	At       time.Time
	Decision *AppealDecision
}

// AppealDecision is what became of it. Upheld, the submission is screened anew.
type AppealDecision struct {
	Upheld bool
	Reason string
	Person uuid.UUID
	At     time.Time
}

// Finding is what a screener brings: the outcome, its reason, the list and the
// points to mend.
type Finding struct {
	Read    int // the submission that the screener had before her
	Outcome Stage
	Reason  string
	Checks  map[string]Checked
	Points  []MendPoint
}

// Screen finds a submitted proposal eligible, ineligible or in need of mending;
// the latter two with the reason that the applicant reads, or the points to mend.
// Past are the findings before, of any submission in this phase.
func (p *Proposal) Screen(by Actor, f Finding, past []Screening, rules charter.Screening, at time.Time) (Screening, error) {
	if err := cmp.Or(p.in(Submitted), p.apart(by)); err != nil {
		return Screening{}, err
	}
	if f.Read < 1 {
		return Screening{}, ErrRequired.At("/version")
	}
	if f.Read != p.Submission {
		return Screening{}, ErrOtherVersion.With("ref", p.Ref, "read", f.Read, "version", p.Submission)
	}
	var found []problem.Problem
	switch f.Outcome {
	case Eligible:
		if strings.TrimSpace(f.Reason) != "" {
			found = written(f.Reason, "/reason", longestReason)
		}
	case Ineligible:
		found = written(f.Reason, "/reason", longestReason)
	case Returned:
		if len(f.Points) == 0 || strings.TrimSpace(f.Reason) != "" {
			found = written(f.Reason, "/reason", longestReason)
		}
	default:
		return Screening{}, ErrUnknownWord.With("given", clip(string(f.Outcome))).At("/outcome")
	}
	found = append(found, f.checked(rules)...)
	points, wrong := p.pointed(f)
	if err := problem.Join(append(found, wrong...)); err != nil {
		return Screening{}, err
	}
	if used := Rounds(past); f.Outcome == Returned && used >= rules.Rounds.Value {
		return Screening{}, ErrNoRound.With("rounds", rules.Rounds.Value).At("/outcome")
	}
	n := 1
	for _, s := range past {
		if s.N == p.Submission {
			n = max(n, s.Finding+1)
		}
	}
	p.Stage, p.UpdatedAt = f.Outcome, at
	return Screening{Proposal: p.ID, N: p.Submission, Finding: n, Outcome: f.Outcome, Reason: f.Reason, Checks: f.Checks, Points: points,
		Person: by.Person, At: at}, nil
}

// Rounds is how often a proposal was given back.
func Rounds(past []Screening) (n int) {
	for _, s := range past {
		if s.Outcome == Returned {
			n++
		}
	}
	return n
}

// checked lists what is wrong with the list: it is whole or not there, says why
// where something is not met, and agrees with the outcome.
func (f Finding) checked(rules charter.Screening) (found []problem.Problem) {
	if len(f.Checks) == 0 && !rules.Listed(f.Outcome == Eligible) {
		return nil
	}
	for key := range f.Checks {
		if _, known := rules.Item(key); !known {
			found = append(found, ErrUnknownWord.With("given", clip(key)).At("/checks"))
		}
	}
	for _, item := range rules.Checklist {
		at := "/checks/" + item.Key
		c, there := f.Checks[item.Key]
		found = append(found, plain(c.Remark, at+"/remark")...)
		if len([]rune(c.Remark)) > longestReason {
			found = append(found, ErrTooLong.With("limit", longestReason).At(at+"/remark"))
		}
		switch {
		case !there || c.Mark == "":
			found = append(found, ErrRequired.At(at))
		case !slices.Contains([]CheckMark{Met, NotMet, Irrelevant}, c.Mark):
			found = append(found, ErrUnknownWord.With("given", clip(string(c.Mark))).At(at))
		case c.Mark == NotMet && strings.TrimSpace(c.Remark) == "":
			found = append(found, ErrRequired.At(at+"/remark"))
		case c.Mark == NotMet && item.KnockOut.Value && f.Outcome == Eligible:
			found = append(found, ErrKnockedOut.With("item", item.Key).At(at))
		}
	}
	return found
}

// pointed gives each point its section, and lists what is wrong with them.
func (p Proposal) pointed(f Finding) (points []MendPoint, found []problem.Problem) {
	switch {
	case len(f.Points) == 0:
		return nil, nil
	case f.Outcome != Returned:
		return nil, []problem.Problem{ErrNoPoints.At("/points")}
	case len(f.Points) > mostPoints:
		return nil, []problem.Problem{ErrTooLong.With("limit", mostPoints).At("/points")}
	}
	sheet, err := p.OnForm()
	if err != nil {
		return nil, []problem.Problem{form.ErrNoForm.With("phase", string(p.Phase), "version", p.Form)}
	}
	for i, x := range f.Points {
		at := fmt.Sprintf("/points/%d", i)
		found = append(found, written(x.Todo, at+"/todo", longestReason)...)
		if x.Field == "" && x.Section == "" {
			found = append(found, ErrRequired.At(at+"/field"))
		}
		section, wrong := placed(sheet, x.Field, x.Section, at)
		found, x.Section = append(found, wrong...), section
		points = append(points, MendPoint{ID: uuid.New(), Field: x.Field, Section: x.Section, Todo: strings.TrimSpace(x.Todo)})
	}
	return points, found
}

// placed gives the section of the form in which a place is: a field, a section, or,
// where neither is named, the whole.
func placed(sheet *form.Form, field, section, at string) (string, []problem.Problem) {
	_, known := sheet.Section(section)
	switch {
	case field == "" && section != "" && !known:
		return section, []problem.Problem{ErrNoSuchPlace.With("given", clip(section)).At(at + "/section")}
	case field != "":
		section = sheet.SectionOf(field)
		if !strings.HasPrefix(field, "/") || len(field) > 200 || section == "" && !unsectioned(field) {
			return section, []problem.Problem{ErrNoSuchPlace.With("given", clip(field)).At(at + "/field")}
		}
	}
	return section, nil
}

// unsectioned are the places outside the form at which something can be mended.
func unsectioned(field string) bool {
	return slices.Contains([]string{"attachments", "endorsements"}, strings.SplitN(strings.TrimPrefix(field, "/"), "/", 2)[0])
}

// Mend ticks a point off, or takes the tick back, with a word on what was done.
func (p Proposal) Mend(by Actor, points []MendPoint, id uuid.UUID, mended bool, note string, at time.Time) (MendPoint, error) {
	if err := p.Budgeted(by); err != nil {
		return MendPoint{}, err
	}
	if err := p.in(Returned); err != nil {
		return MendPoint{}, err
	}
	i := slices.IndexFunc(points, func(x MendPoint) bool { return x.ID == id })
	if i < 0 {
		return MendPoint{}, ErrMissing
	}
	if len([]rune(note)) > longestReason {
		return MendPoint{}, ErrTooLong.With("limit", longestReason).At("/note")
	}
	if err := problem.Join(plain(note, "/note")); err != nil {
		return MendPoint{}, err
	}
	x := points[i]
	x.Mended, x.Note, x.At = mended, strings.TrimSpace(note), &at
	return x, nil
}

// openPoints are those that are not ticked off, each at its field.
func (p Proposal) openPoints(points []MendPoint) (found []problem.Problem) {
	if p.Stage != Returned {
		return nil
	}
	for _, x := range points {
		if !x.Mended {
			field := x.Field
			if field == "" {
				field = "/" + x.Section
			}
			found = append(found, ErrPointOpen.With("todo", x.Todo).At(field))
		}
	}
	return found
}

// AppealUntil is the instant before which an appeal against the finding may come;
// the zero time where the charter knows none.
func (s Screening) AppealUntil(c charter.Charter) time.Time {
	days := c.Screening.AppealDays.Value
	if days == 0 || s.Outcome != Ineligible {
		return time.Time{}
	}
	return c.Begins(c.Day(s.At).AddDate(0, 0, days+1))
}

// Appeal takes the applicant's word against the finding, by whoever leads.
func (p Proposal) Appeal(by Actor, last *Screening, reason string, c charter.Charter, at time.Time) (Appeal, error) {
	if by.Hat.Role != Applicant {
		return Appeal{}, ErrNotInTeam.With("ref", p.Ref)
	}
	if err := p.Led(by); err != nil {
		return Appeal{}, err
	}
	if err := p.in(Ineligible); err != nil {
		return Appeal{}, err
	}
	if last == nil || c.Screening.AppealDays.Value == 0 {
		return Appeal{}, ErrNoAppeal
	}
	if last.Appeal != nil {
		return Appeal{}, ErrAppealed
	}
	if until := last.AppealUntil(c); !at.Before(until) {
		return Appeal{}, ErrAppealLate.With("until", until, "days", c.Screening.AppealDays.Value)
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return Appeal{}, err
	}
	return Appeal{ID: uuid.New(), Reason: reason, Person: by.Person, At: at}, nil
}

// decides refuses who may not decide on the appeal: whoever screened, and whom the
// charter does not name.
func (s Screening) decides(by Actor, rules charter.Screening) error {
	switch {
	case s.Person == by.Person:
		return ErrOwnFinding
	case by.Hat.Role != Coordinator && (by.Hat.Role != Secretariat || rules.AppealDecider.Value != charter.ByAnother):
		return ErrNotDecider
	}
	return nil
}

// DecideAppeal upholds an appeal, and the submission waits to be screened anew; or
// lets the finding stand. Either has a reason.
func (p *Proposal) DecideAppeal(by Actor, last *Screening, upheld bool, reason string, rules charter.Screening, at time.Time) (AppealDecision, error) {
	if last == nil || last.Appeal == nil {
		return AppealDecision{}, ErrNoAppeal
	}
	if last.Appeal.Decision != nil {
		return AppealDecision{}, ErrDecidedThat
	}
	if err := p.in(Ineligible); err != nil {
		return AppealDecision{}, err
	}
	if err := cmp.Or(p.apart(by), last.decides(by, rules)); err != nil {
		return AppealDecision{}, err
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return AppealDecision{}, err
	}
	if upheld {
		p.Stage, p.UpdatedAt = Submitted, at
	}
	return AppealDecision{upheld, reason, by.Person, at}, nil
}

// MayScreening lists what by can do now about the findings on the proposal.
func (p Proposal) MayScreening(by Actor, last *Screening, c charter.Charter, at time.Time) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	switch by.Hat.Role {
	case Applicant:
		_, err := p.Appeal(by, last, "-", c, at)
		can("appeal.make", err)
		if p.in(Returned) == nil && last != nil && len(last.Points) > 0 {
			can("point.mend", p.Budgeted(by))
		}
	case Secretariat, Coordinator:
		if by.Hat.Role == Secretariat {
			can("proposal.screen", cmp.Or(p.in(Submitted), p.apart(by)))
		}
		copied := p
		_, err := copied.DecideAppeal(by, last, true, "-", c.Screening, at)
		can("appeal.decide", err)
	}
	return may
}
