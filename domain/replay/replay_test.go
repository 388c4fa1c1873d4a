package replay_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/replay"
)

var (
	key   = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	known = key.Public().(ed25519.PublicKey)
)

func rules(c charter.Charter) map[string]string {
	m := map[string]string{}
	for _, l := range c.Rules() {
		m[l.Path] = l.Value
	}
	return m
}

var shipped = charter.MustDefault()

// anyCharter is the shipped one with what the count rests on drawn by lot.
func anyCharter(r *rand.Rand) charter.Charter {
	c := shipped
	yes := func() bool { return r.Intn(2) == 0 }
	b := &c.Body
	b.Chair.Decides.Value, b.Chair.QuorumCount.Value = yes(), yes()
	b.Quorum.Share.Value = charter.Fraction{Numerator: 1 + r.Intn(3), Denominator: 3 + r.Intn(3)}
	b.Quorum.Threshold.Value = []charter.Threshold{charter.AtLeast, charter.MoreThan}[r.Intn(2)]
	b.Quorum.Of.Value = []charter.QuorumBase{charter.Sitting, charter.SittingUnrecused, charter.AllSeats}[r.Intn(3)]
	b.Quorum.PerConstituency.Value = r.Intn(3)
	b.Consensus.QuorumApplies.Value, b.Consensus.SilentJoin.Value, b.Vote.QuorumApplies.Value = yes(), yes(), yes()
	b.Consensus.Referendum.Waits.Value = yes()
	b.Consensus.Referendum.Silence.Value = []charter.Confirmation{charter.SilenceConfirms, charter.SilenceRefuses}[r.Intn(2)]
	b.Vote.Majority.Value = charter.Fraction{Numerator: 1 + r.Intn(2), Denominator: 2 + r.Intn(2)}
	b.Vote.Threshold.Value = []charter.Threshold{charter.AtLeast, charter.MoreThan}[r.Intn(2)]
	b.Vote.Of.Value = []charter.MajorityBase{charter.PresentAndVoting, charter.Present, charter.Rolled}[r.Intn(3)]
	b.Vote.AllAnswer.Value, b.Quorum.Vacant.Value = yes(), []charter.Vacant{charter.VacantStops, charter.VacantNotCounted}[r.Intn(2)]
	if yes() {
		b.Vote.Tie.Value = charter.ChairCasts
	}
	if yes() {
		c.Interests.Emptied.Value = charter.CountsAsAbsent
	}
	return c
}

// anyItem is an open question with a body, its interests, its room and what was said,
// drawn by lot.
func anyItem(r *rand.Rand) domain.Item {
	c := anyCharter(r)
	opened := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	i := domain.Item{Charter: c, Question: domain.Question{ID: uuid.New(), Number: 1, Kind: charter.Policy, Procedure: []charter.Procedure{charter.ByConsensus, charter.ByVote}[r.Intn(2)],
		State: domain.QuestionOpen, Title: "a <b> & \u2028 c", Text: "т", Language: "en", OpenedAt: &opened, CharterVersion: 1}}
	var sitting []domain.Sitting
	empty := r.Intn(12) // of this constituency no seat is held
	for g, constituency := range []string{domain.ChairConstituency, "network", "donors", "recipients", "stakeholders"} {
		for n := range []int{1, 3, 3, 3, 3}[g] {
			if g > 0 && (r.Intn(8) == 0 || g == empty) {
				continue // vacant
			}
			code := fmt.Sprintf("%s%d", strings.ToUpper(constituency[:3]), n)
			sitting = append(sitting, domain.Sitting{Seat: domain.Seat{ID: uuid.New(), Name: fmt.Sprintf("%s-%d", constituency, n+1), Constituency: constituency}, Organisation: uuid.New(), Code: code})
		}
	}
	kinds := []charter.InterestKind{charter.OwnState, charter.OwnOrganisation, charter.ImplementingPartner, charter.ProgrammeDonor, charter.OtherInterest, charter.WorkedOn}
	for _, s := range sitting {
		for r.Intn(5) == 0 {
			x := domain.Interest{Organisation: s.Organisation, Code: s.Code, Kind: kinds[r.Intn(len(kinds))], Source: domain.InterestFound, At: opened}
			if r.Intn(3) == 0 {
				x.Dismissed = &domain.Dismissal{Reason: "The <facts> are of another.", Person: uuid.New(), At: opened}
			}
			i.Interests = append(i.Interests, x)
		}
	}
	i.Roll = domain.DrawRoll(c, sitting, i.Interests)
	anyTexts(r, &i)
	talk, here := 1+r.Intn(8), 2+r.Intn(8)
	for _, s := range i.Roll {
		if r.Intn(here) > 0 {
			i.Room = append(i.Room, domain.Presence{Seat: s.Seat, SeatName: s.Name, Organisation: s.Organisation, Code: s.Code, Person: uuid.New(), JoinedAt: opened})
			if s.Chair {
				i.Session.Presiding = i.Room[len(i.Room)-1].Person
			}
		}
		said := c.Body.Positions(i.Procedure)
		for n := 1; !s.Recused && (!s.Chair || c.Body.Chair.Decides.Value) && r.Intn(9) < talk && n < 4; n++ {
			i.Positions = append(i.Positions, domain.Position{Seat: s.Seat, N: n, Key: said[r.Intn(len(said))].Key, Person: uuid.New(), At: opened, Text: i.TextVersion})
			if last := &i.Positions[len(i.Positions)-1]; r.Intn(3) == 0 {
				last.Text = 1 + r.Intn(i.TextVersion) // taken before the text was another
			}
		}
	}
	anyAnswers(r, &i)
	anyCalls(r, &i)
	return i
}

// anyCalls has seats called that did not answer, on the text that stands or on one before.
func anyCalls(r *rand.Rand, i *domain.Item) {
	if i.Procedure != charter.ByVote {
		return
	}
	left := r.Intn(4)
	for _, s := range i.Arithmetic().Seats {
		if s.Silent && r.Intn(4) >= left {
			i.NoAnswers = append(i.NoAnswers, domain.NoAnswer{Seat: s.Seat, Name: s.Name, Code: s.Code, Text: 1 + r.Intn(i.TextVersion), Person: uuid.New(), At: *i.OpenedAt})
		}
	}
}

// anyAnswers has capitals answer, where the outcome waits for them, and their time be over
// or not.
func anyAnswers(r *rand.Rand, i *domain.Item) {
	if i.Now = *i.OpenedAt; !i.Charter.Body.Consensus.Referendum.Waits.Value || r.Intn(4) == 0 {
		return
	}
	for _, s := range i.Arithmetic().Seats {
		if !s.AdReferendum {
			continue
		}
		if i.Referendum == nil {
			i.Referendum = &domain.Referendum{Waits: true, At: i.Now, EndsAt: domain.ReferendumEnd(i.Charter, i.Now)}
		}
		if n := r.Intn(5); n < 3 {
			i.Referendum.Given = append(i.Referendum.Given, domain.ReferendumAnswer{Seat: s.Seat, Name: s.Name, Code: s.Code, Confirmed: n < 2, Reason: "why", Person: uuid.New(), At: i.Now})
		}
	}
	if i.Referendum != nil && r.Intn(2) == 0 {
		i.Now = i.Referendum.EndsAt
	}
}

// anyTexts proposes other texts of an item, takes some of them in any order, and leaves
// the last as what is decided.
func anyTexts(r *rand.Rand, i *domain.Item) {
	i.TextVersion, i.ListedText = 1, i.Text
	for n := range r.Intn(4) {
		s := i.Roll[r.Intn(len(i.Roll))]
		i.Texts = append(i.Texts, domain.ProposedText{N: n + 1, Seat: s.Seat, Name: s.Name, Code: s.Code, Text: fmt.Sprintf("т %d", n), Reason: "r", Person: uuid.New(), At: *i.OpenedAt})
	}
	for _, n := range r.Perm(len(i.Texts)) {
		a := domain.TextAnswer{Accepted: r.Intn(2) == 0, Reason: "x", Person: uuid.New(), At: *i.OpenedAt}
		if a.Accepted {
			i.TextVersion++
			a.Version, i.Text = i.TextVersion, i.Texts[n].Text
		}
		i.Texts[n].Answer = &a
	}
	anyTerms(rand.New(rand.NewSource(int64(1000*len(i.Roll)+100*len(i.Interests)+10*len(i.Room)+4*i.TextVersion+len(i.Texts)))), i)
}

// anyTerms gives some items money and conditions, and some of their texts others: those of
// the last that was taken are what is decided. It draws for itself, so that all else stays.
func anyTerms(r *rand.Rand, i *domain.Item) {
	if r.Intn(2) == 0 {
		return
	}
	sum := func(cents int64) (*ledger.Money, []domain.GrantShare) {
		m := ledger.New(decimal.New(cents, -2), "USD")
		return &m, []domain.GrantShare{{Code: "ILO", Amount: m}}
	}
	listed, shares := sum(90_000_00)
	i.Amount, i.Shares = *listed, shares
	i.Conditions = []domain.ConditionTerms{{Text: "A plan.", Due: domain.DueBeforeAny}}
	i.ListedTerms = domain.TextTerms{Amount: listed, Shares: i.Shares, Conditioned: true, Conditions: i.Conditions}
	last := [2]int{}
	for n := range i.Texts {
		x := &i.Texts[n]
		if r.Intn(2) == 0 {
			x.Terms.Amount, x.Terms.Shares = sum(int64(1 + r.Intn(90_000_00)))
		}
		if r.Intn(3) == 0 {
			x.Terms.Conditioned, x.Terms.Conditions = true, []domain.ConditionTerms{{Text: fmt.Sprint("Another ", n), Due: domain.DueBeforeMore}}[:r.Intn(2)]
		}
		if !x.Answer.Accepted {
			continue
		}
		if x.Terms.Sums() && x.Answer.Version > last[0] {
			i.Amount, i.Shares, last[0] = *x.Terms.Amount, x.Terms.Shares, x.Answer.Version
		}
		if x.Terms.Conditioned && x.Answer.Version > last[1] {
			i.Conditions, last[1] = x.Terms.Conditions, x.Answer.Version
		}
	}
}

// The sum that was granted is that of the last text that was taken and names one; a record
// that says another, signed all the same, is found.
func TestTheSumComesOfItsText(t *testing.T) {
	found := map[string]int{}
	for seed := range int64(400) {
		i := anyItem(rand.New(rand.NewSource(seed)))
		record := decided(rand.New(rand.NewSource(seed)), i)
		if len(i.Texts) == 0 || !i.Amount.IsPositive() {
			continue
		}
		came := "as listed"
		if i.Amount.Cmp(*i.ListedTerms.Amount) != 0 {
			came = "as amended"
		}
		found[came]++
		lie := bytes.Replace(record, fmt.Appendf(nil, `{"amount":{"amount":"%s"`, i.Amount.Text()), []byte(`{"amount":{"amount":"1.00"`), 1)
		if bytes.Equal(lie, record) {
			t.Fatalf("no sum in %s", record)
		}
		file, err := replay.Write(lie, rules(i.Charter), key, false)
		if err != nil {
			t.Fatal(err)
		}
		if report, err := replay.Verify(file, known); err != nil || report.Holds() {
			t.Errorf("seed %d: another sum passes: %v %+v", seed, err, report)
		}
	}
	if found["as listed"] < 10 || found["as amended"] < 10 {
		t.Errorf("%v", found)
	}
}

// decided is the record of an item, whatever its count came to.
func decided(r *rand.Rand, i domain.Item) []byte {
	by := domain.Actor{Person: i.Presiding()}
	casting := ""
	if i.Arithmetic().Outcome == domain.Tied && by.Person != uuid.Nil {
		casting = []string{"yes", "no"}[r.Intn(2)]
	}
	_, a, _ := i.Settle(by, casting, *i.OpenedAt)
	if by.Person == uuid.Nil {
		a = i.Arithmetic()
	}
	q := i.Question
	q.ClosedAt = q.OpenedAt
	return i.Decide(by, q, "2026-001", casting, a, nil, i.Now).Record
}

// The count that was recorded and the one made from the file alone are the same, of
// whatever charter, body and words.
func TestWhatWasCountedIsCountedAgain(t *testing.T) {
	came := map[string]int{}
	for seed := range int64(1500) {
		r := rand.New(rand.NewSource(seed))
		i := anyItem(r)
		file, err := replay.Write(decided(r, i), rules(i.Charter), key, false)
		if err != nil {
			t.Fatal(err)
		}
		report, err := replay.Verify(file, known)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, file)
		}
		for _, s := range report.Steps {
			if !s.Holds() || s.Counted == "" {
				t.Fatalf("seed %d: %s is recorded as %s and counted as %q\n%s", seed, s.Rule, s.Recorded, s.Counted, file)
			}
		}
		came[report.Outcome]++
	}
	for _, o := range []domain.Outcome{domain.NoQuorum, domain.Blocked, domain.Waiting, domain.Silent, domain.NobodyYet, domain.Tied, domain.Adopted, domain.NotAdopted, domain.Unconfirmed} {
		if came[string(o)] == 0 {
			t.Errorf("none of them came to %s: %v", o, came)
		}
	}
}

// No byte of a file may be another, whether all is shown or some of it withheld.
func TestAFlippedByteFails(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	i := anyItem(r)
	record := decided(r, i)
	for _, withhold := range []bool{false, true} {
		file, err := replay.Write(record, rules(i.Charter), key, withhold)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := replay.Verify(file, known); err != nil {
			t.Fatalf("withheld %t: %v", withhold, err)
		}
		for n := range file {
			other := bytes.Clone(file)
			other[n] ^= 1 << (n % 8)
			if _, err := replay.Verify(other, known); err == nil {
				t.Fatalf("withheld %t: byte %d flipped is not noticed", withhold, n)
			}
		}
		if _, err := replay.Verify(append(bytes.Clone(file), "{}"...), known); err == nil {
			t.Error("something after the file is not noticed")
		}
	}
}

// What only some may read leaves nothing of itself in the file of the others, and the
// signature is the same. What rests on it is told to be not countable.
func TestWithheld(t *testing.T) {
	r := rand.New(rand.NewSource(9))
	i := anyItem(r)
	record := decided(r, i)
	whole, _ := replay.Write(record, rules(i.Charter), key, false)
	some, _ := replay.Write(record, rules(i.Charter), key, true)
	again, _ := replay.Write(record, rules(i.Charter), key, true)
	if !bytes.Equal(some, again) {
		t.Error("the same decision leaves as two files")
	}
	for _, p := range i.Positions {
		if bytes.Contains(some, []byte(p.Person.String())) {
			t.Error("a withheld file names who spoke")
		}
	}
	full, err := replay.Verify(whole, known)
	if err != nil || len(full.Withheld) != 0 {
		t.Fatal(full.Withheld, err)
	}
	part, err := replay.Verify(some, known)
	if err != nil || !part.Holds() || len(part.Withheld) < 4 {
		t.Fatal(part, err)
	}
	if last := part.Steps[len(part.Steps)-1]; last.Counted != "" {
		t.Errorf("an outcome is counted from what is withheld: %v", last)
	}
	if cut := bytes.Index(whole, []byte(`"signature":"`)); !bytes.Contains(some, whole[cut:cut+141]) {
		t.Error("the two files are signed otherwise")
	}
}

// A count that was falsified and signed all the same is found, at its rule.
func TestAFalseCountIsFound(t *testing.T) {
	found := 0
	for seed := range int64(100) {
		r := rand.New(rand.NewSource(seed))
		i := anyItem(r)
		record := decided(r, i)
		for _, lie := range [][2]string{{`"outcome":"blocked"`, `"outcome":"adopted"`}, {`"outcome":"not-adopted"`, `"outcome":"adopted"`}, {`"recused":true`, `"recused":false`},
			{`"counts":true`, `"counts":false`}, {`"joins":4`, `"joins":5`}, {`"needed":5`, `"needed":4`}} {
			if !bytes.Contains(record, []byte(lie[0])) {
				continue
			}
			file, err := replay.Write(bytes.Replace(record, []byte(lie[0]), []byte(lie[1]), 1), rules(i.Charter), key, false)
			if err != nil {
				t.Fatal(err)
			}
			if report, err := replay.Verify(file, known); err != nil || report.Holds() {
				t.Errorf("seed %d: %s passes for %s: %v", seed, lie[1], lie[0], err)
			}
			found++
		}
	}
	if found < 100 {
		t.Errorf("only %d lies were told", found)
	}
	// Another's signature, and none.
	r := rand.New(rand.NewSource(1))
	i := anyItem(r)
	file, _ := replay.Write(decided(r, i), rules(i.Charter), key, false)
	sum := sha256.Sum256([]byte("another"))
	if _, err := replay.Verify(file, ed25519.NewKeyFromSeed(sum[:]).Public().(ed25519.PublicKey)); err == nil {
		t.Error("a file of another key passes")
	}
	if _, err := replay.Verify(file, nil); err != nil {
		t.Errorf("held against its own key: %v", err)
	}
}

// A constituency is counted because the charter has it, not because the record says
// so: one that is left out, added or counted twice is found, though every other number
// agrees with what is left.
func TestTheConstituenciesAreTheCharters(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	i := anyItem(r)
	i.Charter.Body.Quorum.Of.Value = charter.Sitting
	var record map[string]any
	if err := json.Unmarshal(decided(r, i), &record); err != nil {
		t.Fatal(err)
	}
	quorum := record["arithmetic"].(map[string]any)["quorum"].(map[string]any)
	counts := quorum["constituencies"].([]any)
	nobodys := map[string]any{"key": "nobodys", "sitting": 0, "recused": 0, "present": 0, "needed": i.Charter.Body.Quorum.PerConstituency.Value}
	for name, told := range map[string][]any{"as it is": counts, "the first left out": counts[1:], "the last left out": counts[:len(counts)-1],
		"all left out": {}, "one twice": append(counts[:1:1], counts...), "one added": append(counts[:len(counts):len(counts)], nobodys)} {
		quorum["constituencies"] = told
		text, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		file, err := replay.Write(text, rules(i.Charter), key, false)
		if err != nil {
			t.Fatal(err)
		}
		report, err := replay.Verify(file, known)
		if err != nil || report.Holds() != (name == "as it is") {
			t.Errorf("%s: holds %t, %v", name, report.Holds(), err)
		}
	}
}

// A file whose record is of an older format verifies for ever: of the first, written before
// interests could be dismissed; of the second, in which a position ad referendum only joined; of the fourth, with a roll call that
// somebody did not answer.
func TestOlderRecordsStillVerify(t *testing.T) {
	for format, has := range map[int]string{1: `"format":1,"interests"`, 2: `"format":2,"interests"`, 4: `"unanswered":1,`} {
		file, err := os.ReadFile(fmt.Sprintf("testdata/format-%d.json", format))
		if err != nil {
			t.Fatal(err)
		}
		report, err := replay.Verify(file, known)
		if err != nil || !report.Holds() || !bytes.Contains(file, []byte(has)) {
			t.Fatal(report, err)
		}
	}
}

// Whether an interest was dismissed is part of what is counted: without its dismissal a
// seat that took part would have been recused.
func TestADismissalCounts(t *testing.T) {
	found := 0
	for seed := range int64(60) {
		i := anyItem(rand.New(rand.NewSource(seed)))
		lost := decided(rand.New(rand.NewSource(seed)), i)
		mattered := false
		for n, x := range i.Interests {
			seat := slices.IndexFunc(i.Roll, func(s domain.RollSeat) bool { return s.Organisation == x.Organisation })
			mattered = mattered || x.Dismissed != nil && !i.Roll[seat].Recused && !i.Roll[seat].Chair && i.Charter.Interests.Effect(x.Kind).Recuses()
			i.Interests[n].Dismissed = nil
		}
		if !mattered {
			continue
		}
		found++
		file, err := replay.Write(decided(rand.New(rand.NewSource(seed)), i), rules(i.Charter), key, false)
		if err != nil {
			t.Fatal(err)
		}
		if report, err := replay.Verify(file, known); err != nil || report.Holds() {
			t.Errorf("seed %d: a record holds without its dismissals: %v\n%s", seed, err, lost)
		}
	}
	if found < 5 {
		t.Errorf("only %d had one that mattered", found)
	}
}
