package domain

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

type amendedRow struct {
	what    string
	charter charter.Charter
	by      charter.Procedure
	body    string
	at      []int
	then    [][2]string
}

// amended are questions whose text became another after something was said: body is the
// word of TestCount, then is said afterwards, and at, where it is not nil, tells how much
// of it came before each new text.
var amended = []amendedRow{
	{"an objection to the text before does not stand, and its silence is no consent to this one", ruled(), consensus, "p ynp ppp ppp ppp", nil, nil},
	{"who objected to the text before joins this one", ruled(), consensus, "p ynp ppp ppp ppp", nil, [][2]string{{"network-2", "agree"}}},
	{"who objected to the text before stands aside of this one", ruled(), consensus, "p ynp ppp ppp ppp", nil, [][2]string{{"network-2", "abstain"}}},
	{"an objection was lifted before the text became another", ruled(), consensus, "p ynp ppp ppp ppp", []int{3}, [][2]string{{"network-2", "agree"}}},
	{"who objected to the text before is silent on this one", ruled(silenceIsSilence), consensus, "p ynp ppp ppp ppp", nil, nil},
	{"who objected to the text before and left has not been heard on this one", ruled(), consensus, "p yNp ppp ppp ppp", nil, nil},
	{"the objection is made anew", ruled(), consensus, "p ynp ppp ppp ppp", nil, [][2]string{{"network-2", "object"}}},
	{"all joined the text before, and nobody this one", ruled(), vote, "p yyy yyy yyy yyy", nil, nil},
	{"of a vote only what was said of this text counts", ruled(), vote, "p yyy yyy nnn nnn", nil, [][2]string{{"network-1", "yes"}, {"donors-1", "no"}, {"donors-2", "no"}}},
	{"what was said of the text before is no part of those present", ruled(majorityOf(charter.Present)), vote, "p Yyy yyy yyy yyy", nil, [][2]string{{"donors-1", "yes"}, {"donors-2", "yes"}}},
	{"the text changed twice, and who objected to the first is still unheard", ruled(), consensus, "p npp ppp ppp ppp", []int{1, 2}, [][2]string{{"donors-1", "object"}, {"network-1", "agree"}}},
	{"the text changed twice before anybody spoke", ruled(), consensus, "p ppp ppp ppp ppp", []int{0, 0}, [][2]string{{"network-1", "object"}}},
	{"who awaited instructions on the text before is asked anew", ruled(), consensus, "p wpp ppp ppp ppp", nil, nil},
}

func (x amendedRow) amended(said int) []int {
	if x.at != nil {
		return x.at
	}
	return []int{said}
}

// What may be done about a question's text, and what it does to who has spoken.
func TestProposedTexts(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	i := vector{Procedure: vote, Body: "p ppp ppr ppp ppp"}.item(ruled(func(c *charter.Charter) { c.Body.Vote.Changeable.Value = false }))
	i.Text, i.ListedText, i.OpenedAt = "Old.", "Old.", &now
	of := func(seat string) Actor {
		for _, r := range i.Roll {
			if r.Name == seat {
				role := Member
				if r.Chair {
					role = Coordinator
				}
				a := Actor{Person: uuid.New(), Hat: Hat{Role: role, Capacity: Representative, Organisation: r.Organisation}}
				for _, p := range i.Room {
					if p.Seat == r.Seat {
						a.Person = p.Person
					}
				}
				return a
			}
		}
		t.Fatal(seat)
		return Actor{}
	}
	refused := func(err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("got %v, not %v", err, want)
		}
	}
	member, chair := of("network-1"), of(ChairConstituency)
	adviser := member
	adviser.Hat.Capacity = Adviser
	_, err := i.ProposeText(adviser, uuid.Nil, "New.", "Clearer.", TextTerms{}, now)
	refused(err, ErrAdviser)
	_, err = i.ProposeText(of("donors-3"), uuid.Nil, "New.", "Clearer.", TextTerms{}, now)
	refused(err, ErrRecused)
	_, err = i.ProposeText(Actor{Hat: Hat{Role: Secretariat}}, uuid.Nil, "New.", "Clearer.", TextTerms{}, now)
	refused(err, ErrRequired) // whose text it is
	_, err = i.ProposeText(Actor{Hat: Hat{Role: Secretariat}}, uuid.New(), "New.", "Clearer.", TextTerms{}, now)
	refused(err, ErrNoSeat)
	_, err = i.ProposeText(member, uuid.Nil, "Old.", "Clearer.", TextTerms{}, now)
	refused(err, ErrTextSame)
	_, err = i.ProposeText(member, uuid.Nil, "New.", "", TextTerms{}, now)
	refused(err, ErrRequired)
	x, err := i.ProposeText(member, uuid.Nil, "New.", "Clearer.", TextTerms{}, now)
	if err != nil || x.N != 1 || x.Name != "network-1" {
		t.Fatal(x, err)
	}
	p, err := i.TakePosition(member, uuid.Nil, "no", "", now)
	if err != nil || p.Text != 1 {
		t.Fatal(p, err)
	}
	i.Positions, i.Texts = append(i.Positions, p), append(i.Texts, x)
	_, err = i.TakePosition(member, uuid.Nil, "yes", "", now)
	refused(err, ErrPositionStands)
	_, _, err = i.Settle(chair, "", now)
	refused(err, ErrTextPending)
	_, err = i.AnswerText(member, 1, true, "", now)
	refused(err, ErrNotPresiding)
	_, err = i.AnswerText(chair, 2, true, "", now)
	refused(err, ErrMissing)
	_, err = i.AnswerText(chair, 1, false, "", now)
	refused(err, ErrRequired)
	a, err := i.AnswerText(chair, 1, true, "", now)
	if err != nil || a.Version != 2 {
		t.Fatal(a, err)
	}
	i.Texts[0].Answer, i.Text, i.TextVersion = &a, "New.", 2
	_, err = i.AnswerText(chair, 1, false, "No.", now)
	refused(err, ErrTextAnswered)
	if i.Spoken(member) || i.Arithmetic().Blocks != 0 {
		t.Error("a position on the text before counts")
	}
	p, err = i.TakePosition(member, uuid.Nil, "yes", "", now) // though a vote is not changeable: this text is another
	if err != nil || p.N != 2 || p.Text != 2 {
		t.Fatal(p, err)
	}
	i.Positions = append(i.Positions, p)
	if !i.Spoken(member) || i.Arithmetic().Joins != 1 {
		t.Error("a position on the text does not count")
	}
	i.State = QuestionAdopted
	_, err = i.ProposeText(member, uuid.Nil, "Newer.", "Clearer.", TextTerms{}, now)
	refused(err, ErrQuestionStage)
	if may := i.May(member); slices.Contains(may, "text.propose") {
		t.Error(may)
	}
}
