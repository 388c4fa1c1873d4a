package replay_test

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/replay"
)

// acts is one question under way, in the domain and on paper.
type acts struct {
	t    *testing.T
	r    *rand.Rand
	i    domain.Item
	p    *plain
	who  map[uuid.UUID]uuid.UUID // by seat, its representative
	now  time.Time
	came map[string]int
}

func begin(t *testing.T, seed int64, came map[string]int) *acts {
	r := rand.New(rand.NewSource(seed))
	i := anyItem(r)
	c := &i.Charter
	n := &c.Body.NoObjection
	n.QuorumApplies.Value, n.SilenceCounts.Value, c.Body.Vote.Changeable.Value = r.Intn(2) == 0, r.Intn(2) == 0, r.Intn(2) == 0
	n.Days.Value, n.ExtensionDays.Value = 1+r.Intn(6), r.Intn(6)
	n.DaysAre.Value = []charter.DayKind{charter.CalendarDays, charter.BusinessDays}[r.Intn(2)]
	zone, err := time.LoadLocation([]string{"Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"}[r.Intn(4)])
	if err != nil {
		t.Fatal(err)
	}
	c.Fund.TimeZone.Value.Location = zone
	c.Fund.Holidays.Value = []charter.Date{{Time: time.Date(2026, 3, 3+r.Intn(30), 0, 0, 0, 0, time.UTC)}}
	c.Interests.Chair.HandsOverFrom.Value = []charter.Effect{charter.Declare, charter.Abstain, charter.LoseSight}[r.Intn(3)]
	c.Interests.Chair.Presides.Value = []charter.Presider{charter.LongestServing, charter.LongestServing, charter.Designated}[r.Intn(3)]
	w := &c.Body.Consensus.Referendum
	w.Days.Value, w.DaysAre.Value = 1+r.Intn(3), []charter.DayKind{charter.CalendarDays, charter.BusinessDays}[r.Intn(2)]
	i.Referendum = nil
	i.Procedure = []charter.Procedure{charter.ByConsensus, charter.ByConsensus, charter.ByNoObjection, charter.ByNoObjection, charter.ByVote, charter.ByVote}[r.Intn(6)]
	i.State, i.OpenedAt, i.Room, i.Positions, i.NoAnswers, i.Texts, i.Text, i.TextVersion = domain.QuestionListed, nil, nil, nil, nil, nil, i.ListedText, 1
	if was := i.ListedTerms; was.Sums() {
		i.Amount, i.Shares, i.Conditions = *was.Amount, was.Shares, was.Conditions
	}
	i.Session = domain.Meeting{State: domain.MeetingOpen}
	a := &acts{t: t, r: r, i: i, who: map[uuid.UUID]uuid.UUID{}, now: time.Date(2026, 3, 1+r.Intn(30), r.Intn(24), r.Intn(60), 0, 0, time.UTC), came: came}
	a.p = &plain{rules: rules(*c), by: string(i.Procedure), text: 1}
	for n, s := range a.i.Roll {
		since := r.Intn(4)
		a.i.Roll[n].Serving, a.who[s.Seat] = time.Date(2020+since, 1, 1, 0, 0, 0, 0, time.UTC), uuid.New()
		on := &plainSeat{name: s.Name, group: s.Constituency, since: since}
		for _, x := range i.Interests {
			if x.Organisation == s.Organisation && x.Dismissed == nil {
				on.stakes = append(on.stakes, string(x.Kind))
			}
		}
		a.p.seats = append(a.p.seats, on)
		if s.Chair {
			a.i.Session.Presiding = a.who[s.Seat]
		}
		if !i.InWriting() && (s.Chair || r.Intn(6) > 0) {
			a.comes(n)
		}
	}
	return a
}

func (a *acts) actor(n int) domain.Actor {
	s := a.i.Roll[n]
	role := domain.Member
	if s.Chair {
		role = domain.Coordinator
	}
	return domain.Actor{Person: a.who[s.Seat], Hat: domain.Hat{Role: role, Capacity: domain.Representative, Organisation: s.Organisation}}
}

func (a *acts) comes(n int) {
	s := a.i.Roll[n]
	a.i.Room = append(a.i.Room, domain.Presence{Seat: s.Seat, SeatName: s.Name, Organisation: s.Organisation, Code: s.Code, Person: a.who[s.Seat], JoinedAt: a.now})
	a.p.seats[n].there = true
}

// same fails where the domain takes an act that paper does not, or the other way round.
func (a *acts) same(act string, err error, taken bool) bool {
	if (err == nil) != taken {
		a.t.Fatalf("%s, %s: on paper taken %t, and %v\n%+v", a.p.by, act, taken, err, *a.p)
	}
	a.came[fmt.Sprint(act, " ", taken)]++
	return taken
}

func (a *acts) passes() {
	a.now = a.now.Add(time.Duration(a.r.Intn(30)) * time.Hour / 2)
	if off := a.p.ends.Add(time.Duration(a.r.Intn(3)-1) * time.Microsecond); a.p.open && a.p.writing() && a.r.Intn(3) == 0 && off.After(a.now) {
		a.now = off
	}
}

// one does something, drawn by lot, by anybody.
func (a *acts) one() {
	a.passes()
	if a.i.Now, a.p.now = a.now, a.now; a.p.announced {
		a.confirms()
		return
	}
	n := a.r.Intn(len(a.i.Roll))
	on, by, reason := a.p.seats[n], a.actor(n), []string{"", "why", "why"}[a.r.Intn(3)]
	chairs := a.p.presides()
	if a.r.Intn(2) == 0 && chairs != nil {
		by, on, n = a.actor(slices.Index(a.p.seats, chairs)), chairs, slices.Index(a.p.seats, chairs)
	}
	over := a.p.writing() && a.p.open && !a.now.Before(a.p.ends)
	act := a.r.Intn(9)
	if chairs == on && a.p.writing() && a.p.open && !over && a.r.Intn(3) == 0 {
		act = 1 // else no silence would be extended twice
	}
	switch act {
	case 0:
		q, err := a.i.Put(by, a.now)
		if a.same("open", err, !a.p.open && on == chairs && a.p.quorum()) {
			a.i.Question, a.p.open, a.p.opened = q, true, a.now
			a.ended()
		}
	case 1:
		again, days := a.p.extended > 0, a.r.Intn(4)
		q, x, err := a.i.Extend(by, days, reason, a.now)
		if a.same("extend", err, a.p.open && a.p.writing() && !over && on == chairs && days > 0 && reason != "" && days+a.p.extended <= a.p.num("/body/no_objection/extension_days")) {
			a.i.Question, a.i.Extensions, a.p.extended = q, append(a.i.Extensions, x), a.p.extended+days
			a.came[fmt.Sprint("extended again ", again)]++
			a.ended()
		}
	case 2:
		x, err := a.i.ProposeText(by, uuid.Nil, fmt.Sprint("text ", len(a.i.Texts)), "why", domain.TextTerms{}, a.now)
		if a.r.Intn(3) == 0 && a.same("propose", err, !a.p.recused(on)) {
			a.i.Texts, a.p.pending = append(a.i.Texts, x), a.p.pending+1
		}
	case 3:
		a.answers(by, on == chairs)
	case 4:
		if a.p.writing() || n == 0 && a.r.Intn(4) > 0 {
			return
		}
		if !on.there {
			a.comes(n)
			return
		}
		if a.r.Intn(3) == 0 { // goes, and now and then the seat is another's
			a.i.Room = slices.DeleteFunc(a.i.Room, func(p domain.Presence) bool { return p.SeatName == on.name })
			if on.there = false; a.r.Intn(2) == 0 {
				a.i.Room = append(a.i.Room, domain.Presence{Seat: a.i.Roll[n].Seat, SeatName: on.name, Organisation: uuid.New(), Code: "NEW", Person: uuid.New(), JoinedAt: a.now})
			}
		}
	case 8:
		a.calls(by, chairs == on)
	default:
		keys := a.i.Charter.Body.Positions(a.i.Procedure)
		key := keys[a.r.Intn(len(keys))].Key
		if a.i.Procedure == charter.ByConsensus && a.r.Intn(2) == 0 {
			key = "ad-referendum" // else few questions wait for capitals
		}
		spoke := slices.ContainsFunc(on.said, func(w plainWord) bool { return w.text == a.p.text })
		x, err := a.i.TakePosition(by, uuid.Nil, key, reason, a.now)
		if a.same("speak", err, a.p.open && a.p.decides(on) && a.p.here(on) && (reason != "" || a.p.rule("/positions/"+key+"/needs_reason") != "true") &&
			(!spoke || a.p.by != "vote" || a.p.is("/body/vote/changeable"))) {
			a.i.Positions, on.said = append(a.i.Positions, x), append(on.said, plainWord{key, a.p.text, over})
			a.came[fmt.Sprint("late ", over)]++
		}
	}
}

// calls has one or two seats be noted as called in vain, by anybody.
func (a *acts) calls(by domain.Actor, chairs bool) {
	var seats []uuid.UUID
	var on []*plainSeat
	good := a.p.open && a.p.by == "vote" && chairs
	for range 1 + a.r.Intn(2) {
		n := a.r.Intn(len(a.i.Roll))
		s := a.p.seats[n]
		spoke := slices.ContainsFunc(s.said, func(w plainWord) bool { return w.text == a.p.text })
		good = good && s.there && a.p.decides(s) && !spoke && s.missed != a.p.text && !slices.Contains(on, s)
		seats, on = append(seats, a.i.Roll[n].Seat), append(on, s)
	}
	list, err := a.i.NoteNoAnswer(by, seats, a.now)
	if a.same("call", err, good) {
		a.i.NoAnswers = append(a.i.NoAnswers, list...)
		for _, s := range on {
			s.missed = a.p.text
		}
	}
}

// confirms has a capital answer, by anybody, in time or not.
func (a *acts) confirms() {
	if at := a.p.capitals.Add(time.Duration(a.r.Intn(2)-1) * time.Microsecond); a.r.Intn(8) == 0 && at.After(a.now) {
		a.now = at
	}
	a.i.Now, a.p.now = a.now, a.now
	n := a.r.Intn(len(a.i.Roll))
	for k, s := range a.i.Arithmetic().Seats {
		if s.AdReferendum && a.r.Intn(2) == 0 {
			n = k
		}
	}
	yes, reason := a.r.Intn(6) > 0, []string{"", "why", "why"}[a.r.Intn(3)]
	on, word := a.p.seats[n], ""
	for _, w := range on.said {
		if w.text == a.p.text {
			word = w.key
		}
	}
	x, err := a.i.Confirm(a.actor(n), uuid.Nil, yes, reason, a.now)
	if a.same("confirm", err, a.p.decides(on) && a.p.rule("/positions/"+word+"/effect") == "ad-referendum" && on.answer == "" && (yes || reason != "") && a.now.Before(a.p.capitals)) {
		a.i.Referendum.Given = append(a.i.Referendum.Given, x)
		if on.answer = "refuses"; yes {
			on.answer = "confirms"
		}
	}
}

// announces puts the question before the capitals.
func (a *acts) announces(q domain.Question, count domain.Arithmetic) {
	a.i.Referendum = a.i.Refers(q, count)
	a.i.Question, a.p.announced = q, true
	a.p.capitals = a.p.walk(a.now, a.p.num("/body/consensus/referendum/days"), a.p.rules["/body/consensus/referendum/days_are"])
	if !a.i.Referendum.EndsAt.Equal(a.p.capitals) {
		a.t.Fatalf("announced at %s, capitals may speak until %s, on paper until %s", a.now, a.i.Referendum.EndsAt, a.p.capitals)
	}
}

// ended holds the end of the silence against the one on paper.
func (a *acts) ended() {
	if !a.p.writing() {
		return
	}
	if a.p.ends = a.p.end(); !a.i.EndsAt.Equal(a.p.ends) {
		a.t.Fatalf("the silence opened at %s ends at %s, on paper at %s", a.p.opened, a.i.EndsAt, a.p.ends)
	}
}

func (a *acts) answers(by domain.Actor, chairs bool) {
	for n := range a.i.Texts {
		accept, waits := a.r.Intn(2) == 0, a.i.Texts[n].Answer == nil
		x, err := a.i.AnswerText(by, n+1, accept, "no", a.now)
		if a.same("answer", err, chairs && waits && !(accept && a.p.open && a.p.writing())) {
			a.i.Texts[n].Answer, a.p.pending = &x, a.p.pending-1
			if accept {
				a.p.text++
				a.i.Text, a.i.TextVersion = a.i.Texts[n].Text, a.p.text
			}
		}
	}
}

// settles closes the question if it can be; what it comes to is the same in the domain,
// on paper and in the file of its record.
func (a *acts) settles() (closed bool) {
	chairs := a.p.steers()
	if chairs == nil || !a.p.open {
		return false
	}
	by := a.actor(slices.Index(a.p.seats, chairs))
	a.i.Now, a.p.now = a.now, a.now
	casting := ""
	if a.p.comes("") == "tied" {
		casting = []string{"", "yes", "no"}[a.r.Intn(3)]
	}
	q, count, err := a.i.Settle(by, casting, a.now)
	if errors.Is(err, domain.ErrSilenceRuns) || a.p.writing() && a.now.Before(a.p.ends) {
		return a.same("settle early", err, false)
	}
	if errors.Is(err, domain.ErrTextPending) || a.p.pending > 0 {
		return a.same("settle before the answer", err, false)
	}
	want := a.p.comes(casting)
	begins := want == "unconfirmed" && !a.p.announced
	closed = a.same("settle", err, want == "adopted" || want == "not-adopted" || begins)
	if string(count.Outcome) != want {
		a.t.Fatalf("%s: it comes to %s, on paper to %s\n%+v", a.p.by, count.Outcome, want, *a.p)
	}
	if q.ClosedAt == nil {
		q.ClosedAt = &a.now
	}
	file, err := replay.Write(a.i.Decide(by, q, "2026-001", casting, count, nil, a.now).Record, a.p.rules, key, false)
	if err != nil {
		a.t.Fatal(err)
	}
	report, err := replay.Verify(file, known)
	if err != nil || report.Outcome != want || !report.Holds() {
		a.t.Fatalf("on paper %s; verified as %v (%v)\n%s", want, report, err, file)
	}
	a.came[a.p.by+" "+want]++
	if begins {
		a.announces(q, count)
	}
	return closed && !begins
}

// Of random charters and random acts, in a meeting and in writing, each is taken or
// refused as on paper, and what the question comes to is the same three times.
func TestActsAreCountedAsOnPaper(t *testing.T) {
	came := map[string]int{}
	for seed := range int64(1500) {
		a := begin(t, seed, came)
		for n := range 70 {
			a.one()
			if n%6 == 5 && a.settles() {
				break
			}
		}
	}
	for _, act := range []string{"open", "extend", "propose", "answer", "speak", "settle", "confirm", "call"} {
		for _, taken := range []bool{true, false} {
			if came[fmt.Sprint(act, " ", taken)] < 10 {
				t.Errorf("%s taken %t: only %d", act, taken, came[fmt.Sprint(act, " ", taken)])
			}
		}
	}
	for _, what := range []string{"late true", "late false", "extended again true", "settle early false", "settle before the answer false", "no-objection adopted", "no-objection blocked", "no-objection waiting",
		"no-objection silent", "consensus adopted", "consensus blocked", "consensus unconfirmed", "consensus no-quorum", "vote adopted", "vote not-adopted", "vote tied", "vote silent", "vote no-quorum"} {
		if came[what] == 0 {
			t.Errorf("never %s: %v", what, came)
		}
	}
	t.Log(came)
}
