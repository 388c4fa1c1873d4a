package domain

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"startupfund/domain/ledger"
)

// MatchRule is why lines and movements are held to be the same. Its sentence
// stands in api/words under "match.<rule>".
type MatchRule string

const (
	ByEndToEnd      MatchRule = "end-to-end-id"     // the line brings our reference back, equal amount
	ByBankReference MatchRule = "bank-reference"    // the bank's reference is the one we noted, equal amount
	ByTextReference MatchRule = "reference-in-text" // our reference is a word of the line's text, equal amount
	ByNetOfFee      MatchRule = "net-of-fee"        // the line is the sum of one voucher: a deposit less its fee
	ByBatch         MatchRule = "batch"             // the line names several movements and is their sum
	BySeveralLines  MatchRule = "several-lines"     // several lines name one movement and are its sum
	ByAmountParty   MatchRule = "amount-date-party" // suggested: amount, days and name agree
	ByAmountDate    MatchRule = "amount-date"       // suggested: amount and days agree
	ByHand          MatchRule = "by-hand"           // a person says so
	BySuspense      MatchRule = "suspense"          // booked from the line itself
	ByReversal      MatchRule = "reversed"          // a voucher and its reversal: nothing at the bank
)

// MatchRules are all of them.
func MatchRules() []MatchRule {
	return []MatchRule{ByEndToEnd, ByBankReference, ByTextReference, ByNetOfFee, ByBatch, BySeveralLines,
		ByAmountParty, ByAmountDate, ByHand, BySuspense, ByReversal}
}

// Confidence is how sure a match is. What is sure is matched by rule; what is
// likely waits for a person.
type Confidence string

const (
	Sure     Confidence = "sure"
	Likely   Confidence = "likely"
	Personal Confidence = "by-hand"
)

// Movement is one posting on the fund's bank account: what the books say must
// appear at the bank.
type Movement struct {
	Posting    int64
	Voucher    uuid.UUID
	Number     int64 // the voucher's
	Kind       ledger.Kind
	Amount     ledger.Money // what came in; below zero where it went out
	BookedOn   time.Time
	ValueOn    time.Time
	Memo       string
	References []string // its own: the transfer reference, the bank's reference of a deposit
	Shared     []string // of several movements, such as the agreement's; counts only near the value date
	Parties    []string // names of the other side, every one under which it is known
}

// Match says which lines and which postings are the same money. A match without
// lines is a voucher and its reversal; one without postings a bank's own mistake
// and its correction.
type Match struct {
	ID         uuid.UUID
	Rule       MatchRule
	Confidence Confidence
	Reason     string // the reference found, or a person's words
	Lines      []uuid.UUID
	Postings   []int64
	Person     uuid.UUID // zero where a rule did it
	At         time.Time
}

// Candidate is what a line may be, for a person to decide.
type Candidate struct {
	Rule      MatchRule
	Reference string
	Movements []Movement
}

// MatchSure finds what lines and open movements are the same beyond doubt: a
// reference says so and the amounts agree to the cent. Where two answers are
// equally good it gives none: a line left open costs a look, a wrong match an
// audit. window is in calendar days and bounds only references that several
// movements share. The matches have no ID and no instant yet.
func MatchSure(lines []BankLine, open []Movement, window int) []Match {
	m := matching{lines: lines, open: open, named: naming(lines, open, window)}
	claimed := make([]int, len(open)) // how many lines claim each movement
	claims := make([]claim, len(lines))
	for i := range lines {
		claims[i] = m.claimOf(i)
		for _, j := range claims[i].movements {
			claimed[j]++
		}
	}
	var found []Match
	taken := make([]bool, len(open))
	for i, c := range claims {
		if len(c.movements) == 0 || slices.ContainsFunc(c.movements, func(j int) bool { return claimed[j] > 1 }) {
			continue
		}
		match := Match{Rule: c.rule, Confidence: Sure, Reason: c.reference, Lines: []uuid.UUID{lines[i].ID}}
		for _, j := range c.movements {
			taken[j] = true
			match.Postings = append(match.Postings, open[j].Posting)
		}
		found = append(found, match)
	}
	return append(found, m.severalLines(claimed, taken)...)
}

// mention is a movement that a line names, and how.
type mention struct {
	movement  int
	rule      MatchRule
	reference string
}

type claim struct {
	movements []int
	rule      MatchRule
	reference string
}

type matching struct {
	lines []BankLine
	open  []Movement
	named [][]mention // by line
}

// claimOf is what line i says it is: the one movement it names that has its
// amount, or else all it names, where they make up its amount. Our own reference
// come back end to end weighs more than words in a text.
func (m matching) claimOf(i int) claim {
	amount, named := m.lines[i].Amount, m.named[i]
	var equal, sure []mention
	sum := ledger.Zero(amount.Currency)
	for _, n := range named {
		if m.open[n.movement].Amount.Equal(amount) {
			equal = append(equal, n)
			if n.rule == ByEndToEnd {
				sure = append(sure, n)
			}
		}
		sum = sum.Add(m.open[n.movement].Amount)
	}
	switch {
	case len(sure) == 1:
		equal = sure
		fallthrough
	case len(equal) == 1:
		return claim{[]int{equal[0].movement}, equal[0].rule, equal[0].reference}
	case len(equal) > 1, len(named) < 2, !sum.Equal(amount):
		return claim{}
	}
	c := claim{rule: ByNetOfFee, reference: named[0].reference}
	for _, n := range named {
		if m.open[n.movement].Voucher != m.open[named[0].movement].Voucher {
			c.rule = ByBatch
		}
		c.movements = append(c.movements, n.movement)
	}
	return c
}

// severalLines matches a movement that arrived in parts: lines which name it and
// nothing else, and add up to it.
func (m matching) severalLines(claimed []int, taken []bool) []Match {
	parts := make([][]int, len(m.open))
	for i, named := range m.named {
		if len(named) == 1 {
			parts[named[0].movement] = append(parts[named[0].movement], i)
		}
	}
	var found []Match
	for j, of := range parts {
		if len(of) < 2 || claimed[j] > 0 || taken[j] {
			continue
		}
		match := Match{Rule: BySeveralLines, Confidence: Sure, Reason: m.named[of[0]][0].reference, Postings: []int64{m.open[j].Posting}}
		sum := ledger.Zero(m.open[j].Amount.Currency)
		for _, i := range of {
			sum = sum.Add(m.lines[i].Amount)
			match.Lines = append(match.Lines, m.lines[i].ID)
		}
		if sum.Equal(m.open[j].Amount) {
			found = append(found, match)
		}
	}
	return found
}

// naming finds, for each line, the movements whose reference it carries.
func naming(lines []BankLine, open []Movement, window int) [][]mention {
	type holder struct {
		movement int
		shared   bool
		text     string
	}
	index, longest := map[string][]holder{}, 1
	enter := func(j int, shared bool, references []string) {
		for _, r := range references {
			words := referenceWords(r)
			if key := strings.Join(words, " "); telling(key) {
				index[key] = append(index[key], holder{j, shared, r})
				longest = max(longest, len(words))
			}
		}
	}
	for j, m := range open {
		enter(j, false, m.References)
		enter(j, true, m.Shared)
	}
	all := make([][]mention, len(lines))
	for i, l := range lines {
		seen := map[int]bool{}
		find := func(rule MatchRule, key string) {
			for _, h := range index[key] {
				if seen[h.movement] || h.shared && apart(l.ValueOn, open[h.movement].ValueOn) > window {
					continue
				}
				seen[h.movement] = true
				all[i] = append(all[i], mention{h.movement, rule, h.text})
			}
		}
		find(ByEndToEnd, strings.Join(referenceWords(l.EndToEnd), " "))
		find(ByBankReference, strings.Join(referenceWords(l.BankRef), " "))
		words := referenceWords(l.Text)
		for at := range words {
			for n := 1; n <= longest && at+n <= len(words); n++ {
				find(ByTextReference, strings.Join(words[at:at+n], " "))
			}
		}
	}
	return all
}

// referenceWords cuts a text at white space and at what ends a word, and makes
// one sign of all that separate its parts: "Ref. FTR-2026/014." is REF and
// FTR-2026-014. Parts are never joined: A-1-11 is not A-11-1.
func referenceWords(text string) []string {
	cut := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:()|\"'", r) })
	words := cut[:0]
	for _, w := range cut {
		parts := strings.FieldsFunc(strings.ToUpper(w), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(parts) > 0 {
			words = append(words, strings.Join(parts, "-"))
		}
	}
	return words
}

func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
}

// telling tells whether a reference is long enough to mean one thing: six signs
// with a digit among them. "2026" or "NOTPROVIDED" would name by accident.
func telling(reference string) bool {
	return len([]rune(reference)) >= 6 && strings.ContainsFunc(reference, unicode.IsDigit)
}

// apart is how many calendar days lie between two days.
func apart(a, b time.Time) int {
	d := int(a.Sub(b).Hours() / 24)
	return max(d, -d)
}

// MostCandidates is how many are shown for one line.
const MostCandidates = 5

// Suggest finds, for lines that stay open, what they may be: equal to the cent,
// and either named or within window calendar days, best first. A voucher of
// several movements counts whole as well, such as a deposit less its fee.
func Suggest(lines []BankLine, open []Movement, window int) map[uuid.UUID][]Candidate {
	byAmount := map[string][][]Movement{}
	for _, group := range vouchersOf(open) {
		if len(group) > 1 {
			total := ledger.Zero(group[0].Amount.Currency)
			for _, m := range group {
				total = total.Add(m.Amount)
			}
			byAmount[total.String()] = append(byAmount[total.String()], group)
		}
		for _, m := range group {
			byAmount[m.Amount.String()] = append(byAmount[m.Amount.String()], []Movement{m})
		}
	}
	named := naming(lines, open, window)
	found := map[uuid.UUID][]Candidate{}
	for i, l := range lines {
		if c := candidates(l, byAmount[l.Amount.String()], named[i], open, window); len(c) > 0 {
			found[l.ID] = c
		}
	}
	return found
}

// vouchersOf groups movements by their voucher, in the order given.
func vouchersOf(open []Movement) [][]Movement {
	at := map[uuid.UUID]int{}
	var groups [][]Movement
	for _, m := range open {
		i, known := at[m.Voucher]
		if !known {
			i = len(groups)
			at[m.Voucher] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], m)
	}
	return groups
}

func candidates(l BankLine, equal [][]Movement, named []mention, open []Movement, window int) []Candidate {
	text := nameWords(l.Counterparty + " " + l.Text)
	payer := nameWords(l.Counterparty)
	by := map[int64]mention{}
	for _, n := range named {
		by[open[n.movement].Posting] = n
	}
	type ranked struct {
		Candidate
		rank, days int
	}
	var all []ranked
	for _, group := range equal {
		r := ranked{Candidate{Rule: ByAmountDate, Movements: group}, 2, apart(l.ValueOn, group[0].ValueOn)}
		if n, ok := by[group[0].Posting]; ok {
			r.Rule, r.Reference, r.rank = n.rule, n.reference, 0
		} else if r.days > window {
			continue
		} else if sameParty(group[0].Parties, payer, text) {
			r.Rule, r.rank = ByAmountParty, 1
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return slices.Compare([]int{a.rank, a.days, int(a.Movements[0].Number)}, []int{b.rank, b.days, int(b.Movements[0].Number)})
	})
	list := make([]Candidate, 0, min(len(all), MostCandidates))
	for _, r := range all[:min(len(all), MostCandidates)] {
		list = append(list, r.Candidate)
	}
	return list
}

// sameParty tells whether one of the names stands in the line: all its words
// among the line's, or all the payer's words, two at least, among its own.
func sameParty(names []string, payer, text map[string]bool) bool {
	for _, name := range names {
		words := nameWords(name)
		if len(words) > 0 && amongst(words, text) || len(payer) > 1 && amongst(payer, words) {
			return true
		}
	}
	return false
}

func amongst(some, all map[string]bool) bool {
	for w := range some {
		if !all[w] {
			return false
		}
	}
	return true
}

// nameWords is a name's words without accents, case and those too short to tell
// anybody apart.
func nameWords(name string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(norm.NFD.String(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}) {
		if w = alphanumeric(w); len([]rune(w)) > 2 && w != "THE" && w != "AND" && w != "FOR" {
			words[w] = true
		}
	}
	return words
}

// MatchByHand is what a person says is the same money. Refused where nothing is
// named, something is named twice, no reason is given, or the sums differ.
func MatchByHand(by Actor, lines []BankLine, movements []Movement, reason string) (Match, error) {
	reason = strings.TrimSpace(reason)
	if err := reasoned(reason); err != nil {
		return Match{}, err
	}
	if len(lines)+len(movements) < 2 {
		return Match{}, ErrNothingToMatch
	}
	m := Match{Rule: ByHand, Confidence: Personal, Reason: reason, Person: by.Person}
	var sums [2]ledger.Money
	if len(lines) > 0 {
		sums[0], sums[1] = ledger.Zero(lines[0].Amount.Currency), ledger.Zero(lines[0].Amount.Currency)
	} else {
		sums[0], sums[1] = ledger.Zero(movements[0].Amount.Currency), ledger.Zero(movements[0].Amount.Currency)
	}
	for _, l := range lines {
		if slices.Contains(m.Lines, l.ID) {
			return Match{}, ErrNamedTwice.With("given", l.ID.String()).At("/lines")
		}
		m.Lines, sums[0] = append(m.Lines, l.ID), sums[0].Add(l.Amount)
	}
	for _, p := range movements {
		if slices.Contains(m.Postings, p.Posting) {
			return Match{}, ErrNamedTwice.With("given", p.Posting).At("/postings")
		}
		m.Postings, sums[1] = append(m.Postings, p.Posting), sums[1].Add(p.Amount)
	}
	if !sums[0].Equal(sums[1]) {
		return Match{}, ErrDoesNotMatch.With("lines", sums[0], "postings", sums[1], "difference", sums[0].Sub(sums[1]))
	}
	return m, nil
}

// reasoned refuses an act whose reason is missing or endless.
func reasoned(reason string) error {
	if reason == "" {
		return ErrRequired.At("/reason")
	}
	if len([]rune(reason)) > LongestReason {
		return ErrTooLong.With("limit", LongestReason).At("/reason")
	}
	return nil
}

// Undo refuses to undo what was undone, or without a reason. Its history stays.
func (m Match) Undo(undone bool, reason string) error {
	if undone {
		return ErrMatchUndone
	}
	return reasoned(strings.TrimSpace(reason))
}
