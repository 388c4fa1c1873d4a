package domain

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// table is a body as a row of a test writes it, one letter a seat, constituencies
// apart, the chair first:
//
//	p present, silent   . absent      r recused and present   _ vacant
//	y joins             n blocks      a stands aside          w waits   (present)
//	Y N A W the same, and gone since     c called in a vote, did not answer
func table(word string, by charter.Procedure) (roll []RollSeat, present, called map[uuid.UUID]bool, positions []Position) {
	keys := map[rune]string{'y': "agree", 'n': "object", 'a': "abstain", 'w': "awaiting-instructions"}
	if by == charter.ByVote {
		keys = map[rune]string{'y': "yes", 'n': "no", 'a': "abstain"}
	}
	present, called = map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	for g, group := range strings.Fields(word) {
		constituency := []string{ChairConstituency, "network", "donors", "recipients", "stakeholders"}[g]
		for i, c := range group {
			if c == '_' {
				continue
			}
			id := uuid.NewSHA1(uuid.Nil, fmt.Appendf(nil, "%s-%d", constituency, i))
			roll = append(roll, RollSeat{Seat: id, Name: fmt.Sprintf("%s-%d", constituency, i+1), Constituency: constituency, Chair: g == 0, Recused: c == 'r'})
			present[id] = strings.ContainsRune("prynawc", c)
			called[id] = c == 'c'
			if key, spoke := keys[c|0x20]; spoke {
				positions = append(positions, Position{Seat: id, N: 1, Key: key})
			}
		}
	}
	return roll, present, called, positions
}

// shipped is read once: of a copy, single values are changed and no list.
var shipped = sync.OnceValue(charter.MustDefault)

// ruled is the shipped charter with some rules changed.
func ruled(changes ...func(*charter.Charter)) charter.Charter {
	c := shipped()
	for _, change := range changes {
		change(&c)
	}
	return c
}

func base(b charter.QuorumBase) func(*charter.Charter) {
	return func(c *charter.Charter) { c.Body.Quorum.Of.Value = b }
}
func absentWhenEmptied(c *charter.Charter) { c.Interests.Emptied.Value = charter.CountsAsAbsent }
func chairCounts(c *charter.Charter)       { c.Body.Chair.QuorumCount.Value = true }
func chairDecides(c *charter.Charter)      { c.Body.Chair.Decides.Value = true }
func chairCasts(c *charter.Charter)        { c.Body.Vote.Tie.Value = charter.ChairCasts }
func silenceIsSilence(c *charter.Charter)  { c.Body.Consensus.SilentJoin.Value = false }
func noQuorumAsked(c *charter.Charter)     { c.Body.Vote.QuorumApplies.Value = false }
func nobodyNeedAnswer(c *charter.Charter)  { c.Body.Vote.AllAnswer.Value = false }
func vacant(v charter.Vacant) func(*charter.Charter) {
	return func(c *charter.Charter) { c.Body.Quorum.Vacant.Value = v }
}
func noMinimum(c *charter.Charter) { c.Body.Quorum.PerConstituency.Value = 0 }
func majorityOf(b charter.MajorityBase) func(*charter.Charter) {
	return func(c *charter.Charter) { c.Body.Vote.Of.Value = b }
}

const consensus, vote = charter.ByConsensus, charter.ByVote

// Numbers in the order: quorum's base, needed, present; then majority's base and
// needed (0 0 in consensus).
var counts = []struct {
	what    string
	charter charter.Charter
	by      charter.Procedure
	table   string
	want    string
	outcome Outcome
}{
	// Quorum: two thirds at least of those who sit and are not recused.
	{"all there, all silent", ruled(), consensus, "p ppp ppp ppp ppp", "12 8 12 0 0", Adopted},
	{"eight of twelve are enough", ruled(), consensus, "p pp. pp. pp. pp.", "12 8 8 0 0", Adopted},
	{"seven are not, though all agree", ruled(), consensus, "p yy. yy. yy. y..", "12 8 7 0 0", NoQuorum},
	{"no quorum goes before an objection", ruled(), consensus, "p ny. yy. yy. y..", "12 8 7 0 0", NoQuorum},
	{"two thirds of ten are seven", ruled(), consensus, "p prp prp pp. p..", "10 7 7 0 0", Adopted},
	{"a recused seat in the room is not present", ruled(), consensus, "p rrr pp. pp. p..", "9 6 5 0 0", NoQuorum},
	{"all twelve recused: none can carry nothing", ruled(), consensus, "p rrr rrr rrr rrr", "0 1 0 0 0", NoQuorum},
	{"nobody sits", ruled(vacant(charter.VacantStops)), consensus, "p ___ ___ ___ ___", "0 1 0 0 0", NoQuorum},
	{"of seats held, recused ones weigh", ruled(base(charter.Sitting)), consensus, "p rrp rpp ppp ppp", "12 8 9 0 0", Adopted},
	{"and can break it", ruled(base(charter.Sitting)), consensus, "p rrp rrp ppp p..", "12 8 6 0 0", NoQuorum},
	{"of all seats, vacant ones weigh", ruled(base(charter.AllSeats)), consensus, "p pp_ pp_ pp_ p__", "12 8 7 0 0", NoQuorum},
	{"of those who sit, they do not", ruled(), consensus, "p pp_ pp_ pp_ p__", "7 5 7 0 0", Adopted},
	{"the chair counts where the charter says so", ruled(chairCounts), consensus, "p pp. pp. pp. p..", "13 9 8 0 0", NoQuorum},
	{"and its seat among all", ruled(chairCounts, base(charter.AllSeats)), consensus, "p pp. pp. pp. pp.", "13 9 9 0 0", Adopted},
	{"a chair recused does not count", ruled(chairCounts), consensus, "r pp. pp. pp. pp.", "12 8 8 0 0", Adopted},

	// At least one of each constituency.
	{"a constituency stays away", ruled(), consensus, "p ppp ppp ppp ...", "12 8 9 0 0", NoQuorum},
	{"nothing asked of each", ruled(noMinimum), consensus, "p ppp ppp ppp ...", "12 8 9 0 0", Adopted},
	{"a constituency emptied by recusal stops nothing", ruled(), consensus, "p ppp ppp rrr ppp", "9 6 9 0 0", Adopted},
	{"unless it counts as absent", ruled(absentWhenEmptied), consensus, "p ppp ppp rrr ppp", "9 6 9 0 0", NoQuorum},
	{"one of three recused, the others away", ruled(), consensus, "p ppp ppp r.. ppp", "11 8 9 0 0", NoQuorum},
	{"a vacant constituency stops the body", ruled(vacant(charter.VacantStops)), consensus, "p ppp ppp ___ ppp", "9 6 9 0 0", NoQuorum},
	{"unless it does not count", ruled(vacant(charter.VacantNotCounted)), consensus, "p ppp ppp ___ ppp", "9 6 9 0 0", Adopted},
	{"one of its seats is held, and its holder away", ruled(vacant(charter.VacantNotCounted)), consensus, "p ppp ppp _._ ppp", "10 7 9 0 0", NoQuorum},
	{"one is vacant and the others recused: nobody is left", ruled(vacant(charter.VacantStops)), consensus, "p ppp ppp _rr ppp", "9 6 9 0 0", Adopted},
	{"a vacant constituency does not count, an emptied one does", ruled(vacant(charter.VacantNotCounted), absentWhenEmptied), vote, "p yyy yyy ___ rrr", "6 4 6 6 4", NoQuorum},

	// Consensus.
	{"one objects", ruled(), consensus, "p yyy yyy yyy yyn", "12 8 12 0 0", Blocked},
	{"one objects and one waits", ruled(), consensus, "p ywy yyy yyy yyn", "12 8 12 0 0", Blocked},
	{"one waits", ruled(), consensus, "p ywy yyy yyy yyy", "12 8 12 0 0", Waiting},
	{"an objector who left still objects", ruled(), consensus, "p yyy yyy yyy yyN", "12 8 11 0 0", Blocked},
	{"standing aside stops nothing", ruled(), consensus, "p yaa aaa aaa aaa", "12 8 12 0 0", Adopted},
	{"all stand aside: nobody wants it", ruled(), consensus, "p aaa aaa aaa aaa", "12 8 12 0 0", NobodyYet},
	{"the silent join", ruled(), consensus, "p aaa aaa aaa aap", "12 8 12 0 0", Adopted},
	{"unless they must speak", ruled(silenceIsSilence), consensus, "p yyy yyy yyy yyp", "12 8 12 0 0", Silent},
	{"the chair's word does not count", ruled(), consensus, "n yyy yyy yyy yyy", "12 8 12 0 0", Adopted},
	{"unless the Chair decides", ruled(chairDecides), consensus, "n yyy yyy yyy yyy", "12 8 12 0 0", Blocked},
	{"and is not recused", ruled(chairDecides), consensus, "r yyy yyy yyy yyy", "12 8 12 0 0", Adopted},

	// Vote: more than half of those who say yes or no.
	{"four to three, five aside", ruled(), vote, "p yyy ynn naa aaa", "12 8 12 7 4", Adopted},
	{"a tie falls", ruled(), vote, "p yyy nnn aaa aaa", "12 8 12 6 4", NotAdopted},
	{"a tie waits for the Chair where the charter says so", ruled(chairCasts), vote, "p yyy nnn aaa aaa", "12 8 12 6 4", Tied},
	{"nobody votes: nothing falls by silence", ruled(chairCasts), vote, "p ppp ppp ppp ppp", "12 8 12 0 1", NobodyYet},
	{"one yes among those not yet called", ruled(), vote, "p ypp ppp ppp ppp", "12 8 12 1 1", Silent},
	{"one no among those not yet called", ruled(), vote, "p npp ppp ppp ppp", "12 8 12 1 1", Silent},
	{"one yes, and all others were called and did not answer", ruled(), vote, "p ycc ccc ccc ccc", "12 8 12 1 1", Adopted},
	{"one of them was not", ruled(), vote, "p ycc ccc ccc ccp", "12 8 12 1 1", Silent},
	{"one yes among the silent, where nobody need be called", ruled(nobodyNeedAnswer), vote, "p ypp ppp ppp ppp", "12 8 12 1 1", Adopted},
	{"those who left are not waited for", ruled(), vote, "p yy. yy. yy. nn.", "12 8 8 8 5", Adopted},
	{"all were called and nobody answers", ruled(), vote, "p ccc ccc ccc ccc", "12 8 12 0 1", NobodyYet},
	{"of those present who did not answer weighs", ruled(majorityOf(charter.Present)), vote, "p yyy yyy ccc ccc", "12 8 12 12 7", NotAdopted},
	{"half of those present is not more than half", ruled(majorityOf(charter.Present)), vote, "p yyy yyy nnn aaa", "12 8 12 12 7", NotAdopted},
	{"of the roll an absence weighs", ruled(majorityOf(charter.Rolled)), vote, "p yyy yy. ..n ccc", "12 8 9 12 7", NotAdopted},
	{"of the roll a recusal does not", ruled(majorityOf(charter.Rolled)), vote, "p yyy yyr rrr ccc", "8 6 8 8 5", Adopted},
	{"a vote cast before leaving counts, its caster not for the quorum", ruled(), vote, "p YYY YYn nny yyp", "12 8 7 11 6", NoQuorum},
	{"where no quorum is asked it carries", ruled(noQuorumAsked), vote, "p YYY YYn nny yyc", "12 8 7 11 6", Adopted},
	{"and among those present its caster still is", ruled(noQuorumAsked, majorityOf(charter.Present)), vote, "p YYY YYn nny yyc", "12 8 7 12 7", Adopted},
	{"the Chair votes where the charter says so", ruled(chairDecides), vote, "y yyy nnn aaa aaa", "12 8 12 7 4", Adopted},
}

func TestCount(t *testing.T) {
	for _, x := range counts {
		roll, present, called, positions := table(x.table, x.by)
		a := Count(x.charter, x.by, roll, present, called, positions)
		got := fmt.Sprint(a.QuorumBase, a.QuorumNeeded, a.Present, a.MajorityBase, a.MajorityNeeded)
		if got != x.want || a.Outcome != x.outcome {
			t.Errorf("%s: %s\n got %s %s\nwant %s %s", x.what, x.table, got, a.Outcome, x.want, x.outcome)
		}
	}
}

func TestTheLastPositionCounts(t *testing.T) {
	roll, present, called, positions := table("p yyy yyy yyy yyy", consensus)
	for n, key := range []string{"agree", "object", "awaiting-instructions", "agree"} {
		positions = append([]Position{{Seat: roll[1].Seat, N: n + 1, Key: key}}, positions...)
		want := []Outcome{Adopted, Blocked, Waiting, Adopted}[n]
		if a := Count(ruled(), consensus, roll, present, called, positions); a.Outcome != want {
			t.Errorf("after %s: %s", key, a.Outcome)
		}
	}
}

func TestIfOneMoreLeaves(t *testing.T) {
	for _, x := range []struct {
		table string
		spare int
		stays string // per constituency, whether there would be a quorum
	}{
		{"p ppp ppp ppp ppp", 4, "true true true true"},
		{"p pp. pp. pp. pp.", 0, "false false false false"},
		{"p ppp ppp ppp p..", 2, "true true true false"},
		{"p ppp ppp rrr ppp", 3, "true true true true"},
	} {
		roll, present, called, positions := table(x.table, consensus)
		a := Count(ruled(), consensus, roll, present, called, positions)
		var stays []string
		for _, k := range a.Constituencies {
			stays = append(stays, fmt.Sprint(k.IfOneLeft))
		}
		if got := strings.Join(stays, " "); a.Spare() != x.spare || got != x.stays {
			t.Errorf("%s: %d to spare, %s", x.table, a.Spare(), got)
		}
	}
}

func TestTheChairCastsInATie(t *testing.T) {
	chair := Actor{Person: uuid.New(), Hat: Hat{Role: Coordinator}}
	settle := func(c charter.Charter, word, casting string) (QuestionState, error) {
		roll, _, _, positions := table(word, vote)
		i := Item{Question: Question{State: QuestionOpen, Procedure: vote}, Charter: c, Session: Meeting{State: MeetingOpen, Presiding: chair.Person}, Roll: roll, Positions: positions}
		for _, r := range roll {
			i.Room = append(i.Room, Presence{Seat: r.Seat, Person: uuid.New()})
		}
		i.Room[0].Person = chair.Person
		q, _, err := i.Settle(chair, casting, time.Now())
		return q.State, err
	}
	tie := "p yyy nnn aaa aaa"
	for _, x := range []struct {
		charter     charter.Charter
		table, cast string
		state       QuestionState
		err         error
	}{
		{ruled(chairCasts), tie, "", QuestionOpen, ErrTied},
		{ruled(chairCasts), tie, "abstain", QuestionOpen, ErrPosition},
		{ruled(chairCasts), tie, "yes", QuestionAdopted, nil},
		{ruled(chairCasts), tie, "no", QuestionFailed, nil},
		{ruled(), tie, "yes", QuestionOpen, ErrCasting},
		{ruled(chairCasts), "p yyy nna aaa aaa", "yes", QuestionOpen, ErrCasting},
	} {
		if state, err := settle(x.charter, x.table, x.cast); state != x.state || !errors.Is(err, x.err) && err != x.err {
			t.Errorf("%s, casting %q: %s %v", x.table, x.cast, state, err)
		}
	}
}

func TestAGrantIsDrawn(t *testing.T) {
	usd := func(s string) ledger.Money {
		m, err := ledger.Parse(s, ledger.USD)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	shares := []GrantShare{{Code: "IOM", Amount: usd("60.00")}, {Code: "UNICEF", Amount: usd("40.00")}}
	for _, x := range []struct {
		what, area, free, earmark string
		order                     charter.DrawOrder
		want                      string
	}{
		{"earmarked first", "70.00", "50.00", "", charter.EarmarkedFirst, "area-2 IOM 60.00, area-2 UNICEF 10.00, unearmarked UNICEF 30.00"},
		{"free first", "70.00", "50.00", "", charter.UnearmarkedFirst, "unearmarked IOM 50.00, area-2 IOM 10.00, area-2 UNICEF 40.00"},
		{"all of it, to the cent", "0.01", "99.99", "", charter.EarmarkedFirst, "area-2 IOM 0.01, unearmarked IOM 59.99, unearmarked UNICEF 40.00"},
		{"one cent short", "0.01", "99.98", "", charter.EarmarkedFirst, "refused"},
		{"only from the earmark, which has it", "100.00", "0.00", "area-2", charter.EarmarkedFirst, "area-2 IOM 60.00, area-2 UNICEF 40.00"},
		{"only from the earmark, which has not", "99.99", "1000.00", "area-2", charter.EarmarkedFirst, "refused"},
	} {
		rules := ruled().Allocation
		rules.DrawOrder.Value = x.order
		pots := map[string]ledger.Money{"area-2": usd(x.area), Unearmarked: usd(x.free), "area-1": usd("1000.00")}
		drawn, err := FreePots(pots, nil, nil).Take(Question{Earmark: x.earmark}.Earmarks(rules, "area-2"), usd("100.00"), shares)
		var got []string
		for _, d := range drawn.Cash {
			got = append(got, d.Earmark+" "+d.Organisation+" "+d.Amount.Text())
		}
		if errors.Is(err, ErrNotCovered) {
			got = []string{"refused"}
		}
		if strings.Join(got, ", ") != x.want {
			t.Errorf("%s: %v", x.what, got)
		}
	}
}

// Who presides when the Chair may not: the longest serving of those present and
// not recused.
func TestTheChairHandsOver(t *testing.T) {
	chair, other, third := uuid.New(), uuid.New(), uuid.New()
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	item := func(effect charter.Effect, c charter.Charter) Item {
		seat := func(n byte) uuid.UUID { return uuid.UUID{n} }
		return Item{Charter: c, Session: Meeting{Presiding: chair}, Roll: []RollSeat{
			{Seat: seat(1), Name: "chair", Chair: true, Effect: effect, Recused: effect.Recuses()},
			{Seat: seat(2), Name: "donors-1", Serving: year(2021), Recused: true},
			{Seat: seat(3), Name: "donors-2", Serving: year(2020)}, // away
			{Seat: seat(4), Name: "donors-3", Serving: year(2022)},
			{Seat: seat(5), Name: "network-1", Serving: year(2023)},
		}, Room: []Presence{{Seat: seat(1), Person: chair}, {Seat: seat(2), Person: uuid.New()}, {Seat: seat(4), Person: other}, {Seat: seat(5), Person: third}}}
	}
	designee := ruled(func(c *charter.Charter) { c.Interests.Chair.Presides.Value = charter.Designated })
	named := item(charter.LoseSight, designee)
	named.Session.Presiding = third
	for _, x := range []struct {
		what string
		item Item
		want uuid.UUID
	}{
		{"no interest", item(charter.NoEffect, ruled()), chair},
		{"declared", item(charter.Declare, ruled()), chair},
		{"abstains", item(charter.Abstain, ruled()), other},
		{"a designee is wanted and none is named", item(charter.Abstain, designee), uuid.Nil},
		{"and one is", named, third},
	} {
		if got := x.item.Presiding(); got != x.want {
			t.Errorf("%s: %v", x.what, got)
		}
	}
}

// An interest of the Coordinator's organisation does not empty the chair; the
// same of a member takes the item out of sight.
func TestInterestsHaveTheCharterEffect(t *testing.T) {
	iom, qmr, gives := uuid.New(), uuid.New(), uuid.New()
	g := &GrantCase{Organisation: iom, States: []uuid.UUID{qmr}, Shares: []GrantShare{{Organisation: iom}}}
	i := Item{Question: Question{State: QuestionOpen}, Charter: ruled(), Case: g}
	for _, x := range []struct {
		what   string
		hat    Hat
		hidden string
	}{
		{"member of the applicant", Hat{Organisation: iom, Role: Member}, "own-organisation"},
		{"Coordinator of the applicant", Hat{Organisation: iom, Role: Coordinator}, ""},
		{"secretariat of the applicant", Hat{Organisation: iom, Role: Secretariat}, ""},
		{"member of the state", Hat{Organisation: qmr, Role: Member}, "own-state"},
		{"auditor of the state", Hat{Organisation: qmr, Role: Auditor}, ""},
		{"contributor to the pool", Hat{Organisation: gives, Role: Member}, ""},
	} {
		kind, hidden := i.Hidden(Actor{Hat: x.hat})
		if hidden != (x.hidden != "") || hidden && string(kind) != x.hidden {
			t.Errorf("%s: %q %v", x.what, kind, hidden)
		}
	}
	partner := Item{Question: Question{State: QuestionOpen}, Charter: ruled(), Case: &GrantCase{Shares: []GrantShare{{Organisation: iom}}}}
	by := Actor{Hat: Hat{Organisation: iom, Role: Member}}
	if _, hidden := partner.Hidden(by); !hidden {
		t.Error("who has left the room still listens")
	}
	if partner.State = QuestionAdopted; true {
		if _, hidden := partner.Hidden(by); hidden {
			t.Error("leaving for the item is not losing sight of it for ever")
		}
	}
}

func TestARecordHasOneSpelling(t *testing.T) {
	m, _ := ledger.Parse("1.50", ledger.USD)
	got := string(canonical(map[string]any{"b": []any{map[string]any{"z": m, "a": "<é&\u2028>"}}, "a": 1}))
	want := `{"a":1,"b":[{"a":"<é&\u2028>","z":{"amount":"1.50","currency":"USD"}}]}`
	if got != want {
		t.Errorf("%s", got)
	}
	abridged, err := Abridged([]byte(`{"positions":[1],"presences":[],"roll":[{"organisation":"QO","reason":"personal","recused":true}],"arithmetic":{"quorum":1,"positions":{}},"number":"2026-001"}`))
	if err != nil || string(abridged) != `{"arithmetic":{"quorum":1},"number":"2026-001","roll":[{"organisation":"QO","recused":true}]}` {
		t.Errorf("%s %v", abridged, err)
	}
}
