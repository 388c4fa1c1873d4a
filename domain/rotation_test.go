package domain

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

func date(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// aRota is a small body: seats of recipients alone, and their members in groups
// given as "ldc african". What is not said of the charter is as shipped.
type aRota struct {
	Rota
	orgs map[string]uuid.UUID
}

func newRota(seats int, members ...string) *aRota {
	c := charter.MustDefault()
	for i := range c.Constituencies {
		c.Constituencies[i].Seats.Value = seats
	}
	r := &aRota{Rota{Charter: c, Groups: map[uuid.UUID][]GroupTerm{}, Codes: map[uuid.UUID]string{}}, map[string]uuid.UUID{}}
	r.Seats = []Seat{{uuid.New(), ChairConstituency, "chair"}}
	for n := range seats {
		r.Seats = append(r.Seats, Seat{uuid.New(), "recipients", fmt.Sprintf("recipients-%d", n+1)})
	}
	for _, m := range members {
		code, groups, _ := strings.Cut(m, " ")
		r.join(code, "recipients", "2019-05-08", "", "", strings.Fields(groups)...)
	}
	return r
}

func (r *aRota) join(code, constituency, from, until, kind string, groups ...string) {
	id := uuid.NewSHA1(uuid.Nil, []byte(code))
	r.orgs[code], r.Codes[id] = id, code
	b := Belonging{Organisation: id, Constituency: constituency, Kind: kind, From: date(from)}
	if until != "" {
		b.Until = date(until)
	}
	r.Members = append(r.Members, b)
	for _, g := range groups {
		r.Groups[id] = append(r.Groups[id], GroupTerm{Organisation: id, Group: charter.Group(g)})
	}
}

func (r *aRota) sat(code, seat, from, until string) {
	t := SeatTerm{ID: uuid.New(), Organisation: r.orgs[code], From: date(from)}
	if until != "" {
		t.Until = date(until)
	}
	t.Seat = r.Seats[slices.IndexFunc(r.Seats, func(s Seat) bool { return s.Name == seat })].ID
	r.Terms = append(r.Terms, t)
}

func TestWhoMayFillAVacancyAndWhyNot(t *testing.T) {
	r := newRota(2, "ADA ldc african", "BEA asia-pacific", "CAI asia-pacific", "DOT african", "EVE african", "FAY ldc african", "GUS african")
	r.join("LEE", "recipients", "2019-05-08", "2027-02-28", "")
	r.join("MAX", "donors", "2019-05-08", "", "")
	r.Seats = append(r.Seats, Seat{uuid.New(), "donors", "donors-1"})
	r.sat("ADA", "recipients-1", "2025-01-01", "2025-12-31")
	r.sat("ADA", "recipients-1", "2026-01-01", "2026-12-31") // two in a row
	r.sat("BEA", "recipients-2", "2024-07-01", "2025-06-30") // away for eighteen months
	r.sat("CAI", "recipients-2", "2025-07-01", "2026-06-30")
	r.sat("DOT", "recipients-2", "2026-07-01", "2027-06-30") // sits
	r.sat("EVE", "donors-1", "2023-04-01", "2024-03-31")
	r.sat("EVE", "donors-1", "2024-04-01", "2025-03-31")
	r.sat("EVE", "donors-1", "2026-03-31", "2026-06-30") // one day too early: still the old row, too short to count
	r.sat("FAY", "recipients-1", "2019-06-01", "2020-05-31")
	r.sat("MAX", "donors-1", "2026-07-01", "2027-06-30")
	list := r.Vacancies(date("2026-11-22"), date("2027-05-31"))
	if len(list) != 1 || list[0].Name != "recipients-1" || !list[0].From.Equal(date("2027-01-01")) || !list[0].Until.Equal(date("2027-12-31")) || list[0].Rest {
		t.Fatalf("vacancies %+v", list)
	}
	want := map[string]string{
		"ADA": "consecutive-terms 2028-01-01", "BEA": "", "CAI": "", "DOT": "already-seated 2027-06-30",
		"EVE": "cooling-off 2027-07-01", "FAY": "", "GUS": "", "LEE": "leaves-constituency 2027-02-28", "MAX": "not-of-constituency",
	}
	for code, reason := range want {
		c := r.Before(list[0], r.orgs[code])
		got := ""
		if !c.Eligible() {
			got = c.Reasons[0].Code
			if !c.Reasons[0].Day.IsZero() {
				got += " " + c.Reasons[0].Day.Format(time.DateOnly)
			}
		}
		if got != reason {
			t.Errorf("%s: %q, want %q", code, got, reason)
		}
	}
	// Longest without a seat first: who never served since the first composition, of 1 June 2019.
	var order []string
	for _, c := range r.candidates(list[0]) {
		if c.Eligible() {
			order = append(order, fmt.Sprint(c.Code, " ", c.Wait, " ", c.Months))
		}
	}
	if got, want := strings.Join(order, ", "), "GUS 2771 0, FAY 2405 12, BEA 549 12, CAI 184 12"; got != want {
		t.Errorf("in order %s, want %s", got, want)
	}
}

func TestATermGivenUpIsFilledForItsRest(t *testing.T) {
	r := newRota(1, "ADA", "BEA")
	r.sat("ADA", "recipients-1", "2026-07-01", "2027-06-30")
	today := date("2026-11-22")
	for _, bad := range []struct {
		on   string
		why  SeatEnding
		note string
		err  error
	}{
		{"2026-11-21", Resigned, "note", ErrSeatPast}, {"2027-06-30", Resigned, "note", ErrTermEnds}, {"2026-12-31", "bored", "note", ErrUnknownWord},
		{"2026-12-31", Resigned, " ", ErrRequired}, {"2026-12-31", Resigned, strings.Repeat("é", longestNote+1), ErrTooLong},
	} {
		if _, err := r.Terms[0].GiveUp(bad.why, date(bad.on), today, bad.note); !errors.Is(err, bad.err) {
			t.Errorf("on %s: %v, want %v", bad.on, err, bad.err)
		}
	}
	ended, err := r.Terms[0].GiveUp(Resigned, date("2026-12-31"), today, "Note verbale of 20 November")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ended.GiveUp(Resigned, date("2027-01-31"), date("2027-02-01"), "again"); !errors.Is(err, ErrTermOver) {
		t.Error(err)
	}
	r.Terms[0] = ended
	v := r.Vacancies(today, date("2027-11-22"))[0]
	if !v.Rest || !v.From.Equal(date("2027-01-01")) || !v.Until.Equal(date("2027-06-30")) || v.Before != r.orgs["ADA"] {
		t.Errorf("vacancy %+v", v)
	}
	// Less than the six months from which a part counts: two whole terms may follow.
	r.sat("BEA", "recipients-1", "2027-01-02", "2027-06-30")
	r.sat("BEA", "recipients-1", "2027-07-01", "2028-06-30")
	v = r.Vacancies(date("2028-01-01"), date("2028-12-31"))[0]
	if c := r.Before(v, r.orgs["BEA"]); !c.Eligible() {
		t.Errorf("a short part counted: %v", c.Reasons)
	}
	r.Terms[1].From = date("2027-01-01")
	if c := r.Before(v, r.orgs["BEA"]); c.Eligible() {
		t.Error("half a term did not count")
	}
}

func TestAProposalKeepsEveryRuleOrNamesASmallestConflict(t *testing.T) {
	r := newRota(3, "ADA african", "BEA african", "CAI asia-pacific", "DOT african ldc", "EVE latin-american-and-caribbean", "FAY asia-pacific ldc")
	r.sat("DOT", "recipients-1", "2024-11-22", "2025-11-21")
	r.sat("FAY", "recipients-2", "2021-11-22", "2022-11-21")
	on := date("2026-11-22")
	r.Charter.EffectiveFrom = on // since when the fund has the seat that was never held
	all := r.Vacancies(on, on)
	p := r.Propose(all)
	var who []string
	for _, c := range p.Choices {
		who = append(who, c.Code+" "+c.Why)
	}
	slices.Sort(who)
	// ADA, BEA, CAI and EVE have never served: the lot has CAI first. With CAI, ADA or
	// BEA no least developed country is left whose region has no seat, so DOT's turn
	// comes before theirs.
	drawn := slices.SortedFunc(slices.Values([]string{"ADA", "BEA", "CAI", "EVE"}), func(a, b string) int {
		ticket := func(code string) string {
			return fmt.Sprintf("%x", sha256.Sum256([]byte("MIG00 rotation 2026-11-22\n"+code)))
		}
		return cmp.Compare(ticket(a), ticket(b))
	})
	if got, want := fmt.Sprint(drawn, who), "[CAI ADA BEA EVE] [CAI longest-wait DOT for-balance EVE for-balance]"; got != want || len(p.Conflict) > 0 {
		t.Errorf("%s, want %s; conflict %v", got, want, p.Conflict)
	}
	for _, c := range p.Choices {
		for _, x := range c.Passed {
			if c.Code == "DOT" && x.Code == "ADA" && !slices.Equal(x.Rules, []string{"recipients-least-developed", "recipients-regions"}) {
				t.Errorf("ADA passed over for %v", x.Rules)
			}
		}
	}
	// Without a least developed country but DOT, who sits already, one is wanting;
	// regions are none of the conflict.
	r.Members = slices.DeleteFunc(r.Members, func(b Belonging) bool { return b.Organisation == r.orgs["FAY"] || b.Organisation == r.orgs["DOT"] })
	if p := r.Propose(all); !slices.Equal(p.Conflict, []string{"recipients-least-developed"}) || len(p.Choices) > 0 {
		t.Errorf("conflict %v, choices %v", p.Conflict, p.Choices)
	}
	if p := r.Propose(all, "recipients-least-developed"); len(p.Choices) != 3 {
		t.Errorf("set aside: %+v", p)
	}
}

func TestWhatIsConfirmedKeepsTheBalance(t *testing.T) {
	r := newRota(2, "ADA african", "BEA african", "CAI asia-pacific", "DOT african ldc", "FAY asia-pacific ldc")
	on := date("2026-11-22")
	seat := func(n int) uuid.UUID { return r.Seats[n].ID }
	rows := []struct {
		name  string
		who   []string
		aside []string
		why   string
		err   error
	}{
		{"nobody", nil, nil, "", ErrRequired},
		{"two of a region, none least developed", []string{"ADA", "BEA"}, nil, "", ErrBalance},
		{"none least developed", []string{"ADA", "CAI"}, nil, "", ErrBalance},
		{"set aside without a word", []string{"ADA", "CAI"}, []string{"recipients-least-developed"}, " ", ErrAsideReason},
		{"another rule set aside", []string{"ADA", "CAI"}, []string{"recipients-regions"}, "why", ErrNotBroken},
		{"set aside", []string{"ADA", "CAI"}, []string{"recipients-least-developed"}, "Nobody came forward", nil},
		{"one twice", []string{"DOT", "DOT"}, nil, "", ErrNotEligible},
		{"one, the other may still be of those", []string{"ADA"}, nil, "", nil},
		{"balanced", []string{"DOT", "CAI"}, nil, "", nil},
	}
	for _, x := range rows {
		var choices []Choosing
		for i, code := range x.who {
			choices = append(choices, Choosing{seat(i + 1), r.orgs[code]})
		}
		terms, err := r.Confirm(on, choices, x.aside, x.why)
		if !errors.Is(err, x.err) || x.err == nil && (err != nil || len(terms) != len(x.who)) {
			t.Errorf("%s: %v, want %v", x.name, err, x.err)
		}
	}
	if _, err := r.Confirm(on, []Choosing{{seat(0), r.orgs["ADA"]}}, nil, ""); !errors.Is(err, ErrNotVacant) {
		t.Errorf("the chair: %v", err)
	}
}

// What a note says is on paper elsewhere: it is short wherever the rotation takes one,
// and as long as it may be is not too long.
func TestTheRotationsNotesAreShort(t *testing.T) {
	r := newRota(1, "ADA", "BEA")
	on, state := date("2026-11-22"), Organisation{Kind: State}
	for n, want := range map[int]error{longestNote: nil, longestNote + 1: ErrTooLong} {
		note := strings.Repeat("é", n)
		for what, do := range map[string]func() error{
			"belonging": func() error {
				_, err := Belonging{Constituency: "recipients", From: on, Note: note}.Check(r.Charter, state)
				return err
			},
			"leaving": func() error { _, err := r.Members[0].Leave(on, note, nil, nil); return err },
			"joining a group": func() error {
				_, err := GroupTerm{Group: charter.LeastDeveloped, From: on, Note: note}.Join(state, nil)
				return err
			},
			"leaving a group": func() error { _, err := GroupTerm{}.End(on, note); return err },
			"a term": func() error {
				_, err := r.Seats[1].Give(r.Charter, SeatTerm{From: on, Until: on, Note: note})
				return err
			},
			"the chair's":      func() error { _, err := r.Seats[0].Give(r.Charter, SeatTerm{From: on, Note: note}); return err },
			"a choice":         func() error { _, err := Nomination{State: Nominated}.Choose(nil, note); return err },
			"a change of mind": func() error { _, err := Nomination{State: Chosen}.Withdraw(note); return err },
			"a nomination": func() error {
				_, err := r.Nominate(Actor{Hat: Hat{Role: Secretariat}, Scope: Any}, on, Choosing{r.Seats[1].ID, r.orgs["ADA"]}, note, nil)
				return err
			},
			"an exception": func() error {
				_, err := r.Confirm(on, []Choosing{{r.Seats[1].ID, r.orgs["ADA"]}}, []string{"recipients-least-developed"}, note)
				return err
			},
		} {
			if err := do(); !errors.Is(err, want) {
				t.Errorf("%s with a note of %d characters: %v, want %v", what, n, err, want)
			}
		}
	}
}

func TestStatesAreInTheirGroups(t *testing.T) {
	count := map[charter.Group]int{}
	on := date("2026-11-22")
	for iso := range groups() {
		regions := 0
		for _, g := range (Organisation{Kind: State, ISO3166: iso}).KnownGroups() {
			if !slices.Contains(charter.Groups, g.Group) {
				t.Errorf("%s is in %s", iso, g.Group)
			}
			if slices.Contains(charter.RegionalGroups, g.Group) {
				regions++
			}
			if g.On(on) {
				count[g.Group]++
			}
		}
		if _, ok := AreaOf(iso); !ok || regions > 1 || regions == 0 && iso != "CK" && iso != "NU" {
			t.Errorf("%s: %d regions", iso, regions)
		}
	}
	want := map[charter.Group]int{"african": 54, "asia-pacific": 54, "eastern-european": 23, "latin-american-and-caribbean": 33, "western-european-and-other": 29,
		"ldc": 44, "lldc": 32, "sids": 39}
	for g, n := range want {
		if count[g] != n {
			t.Errorf("%s: %d, want %d", g, count[g], n)
		}
	}
	nepal := Organisation{Kind: State, ISO3166: "NP"}.KnownGroups()
	ldc := nepal[slices.IndexFunc(nepal, func(g GroupTerm) bool { return g.Group == charter.LeastDeveloped })]
	if !ldc.On(date("2026-11-23")) || ldc.On(date("2026-11-24")) {
		t.Error("Nepal graduates on 24 November 2026")
	}
}
