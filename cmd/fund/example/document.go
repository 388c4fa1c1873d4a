package example

import (
	_ "embed"
	"encoding/json"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/form"
)

// What is written on the forms: two concept notes, a whole joint programme document
// and one that is being written.
var (
	//go:embed concepts.json
	conceptAnswers []byte
	//go:embed document.json
	wholeAnswers string
	//go:embed half.json
	halfAnswers string
)

// inStages are the notes of the call in two stages. Both were selected; the first
// has its document, the second, of three states, has half of it.
var inStages = []note{
	{"XV", iom, []string{ilo, unwomen}, "en", "Whoever recruits answers: fair recruitment from the villages of Kesharia",
		"Agencies answer for the subagents who work for them, inspectors go to the villages, and three complaint desks run by returned migrants are open in the evening.",
		"area-4", []int{6, 22}, [3]int{3, 2, 0}, []int{520, 430, 250}, eligible, ""},
	{"XW", iom, []string{ilo}, "fr", "D'une saison à l'autre : un carnet de compétences pour trois pays",
		"Les chambres de métiers du Lomandé, du Marabanda et du Gandoro reconnaissent un même carnet, que le travailleur saisonnier emporte d'un pays à l'autre.",
		"area-4", []int{18}, [3]int{1, 2, 0}, []int{700, 400}, eligible, ""},
}

// beside are the other owner states of the second.
var beside = []string{"XX", "XS"}

// key names a proposal of that call: its state has another note.
func (n note) key() string { return "document " + n.state }

// stages is the call in two stages, up to the selection; meet has that, and write
// what follows.
func (st *story) stages() {
	var call domain.Call
	st.at(275, 10, 0, func() {
		call = domain.Call{OpensAt: st.on(270, 8, 0), ClosesAt: st.on(200, 22, 0), Words: stagedWords, Stages: 2,
			ConceptForm: form.Newest("concept"), DocumentForm: form.Newest("document")}
		call = st.invite("secretariat", call)
	})
	for i, n := range inStages {
		st.bring(&call, n, n.key(), days{written: 240 - i, endorsed: 222 - i, handed: 210 - i, found: 195 - i}, func() domain.Content {
			return st.staged(i, n, answers(conceptAnswers, n.key()))
		})
	}
	st.at(52, 10, 0, st.writeWhole)
	st.at(5, 18, 0, st.writeHalf)
}

// staged is what a note of the call says, the second for three states.
func (st *story) staged(i int, n note, a domain.Answers) domain.Content {
	c := st.content(i, n)
	c.Answers = a
	if n.state == inStages[1].state {
		c.Scope = charter.Regional
		for _, code := range beside {
			c.OtherStates = append(c.OtherStates, st.organisations[code])
		}
	}
	return c
}

// endorseAll is the word of each owner state.
func (st *story) endorseAll(p *domain.Proposal) {
	for _, id := range p.States() {
		for _, s := range states {
			if st.organisations[s.code] == id {
				*p = must(st.EndorseProposal(st, st.as(s.code), p.ID, p.Version, "Note verbale of the mission of "+s.name)).Proposal
				st.pass(time.Hour)
			}
		}
	}
}

// writeWhole writes the document of the first, which is endorsed, handed in and
// found eligible: it waits for a meeting to grant it.
func (st *story) writeWhole() {
	n := inStages[0]
	by := st.applicant(n.lead)
	p := must(st.Proposal(st, by.Actor, st.proposals[n.key()].ID)).Proposal
	c := st.staged(0, n, answers([]byte(st.dated(wholeAnswers)), ""))
	c.Budget = st.budget(planned)
	p = must(st.SaveProposal(st, by, p.ID, p.Version, c)).Proposal
	st.at(46, 15, 0, func() { st.endorseAll(&p) })
	st.at(44, 11, 0, func() { must(st.SubmitProposal(st, by, p.ID)) })
	st.at(37, 11, 0, func() {
		must(st.ScreenProposal(st, st.as("secretariat"), p.ID, st.finding(p.ID, domain.Eligible, "")))
	})
}

// writeHalf leaves the document of the second where its writer has come to.
func (st *story) writeHalf() {
	n := inStages[1]
	by := st.applicant(n.lead)
	p := must(st.Proposal(st, by.Actor, st.proposals[n.key()].ID)).Proposal
	c := st.staged(1, n, answers([]byte(halfAnswers), ""))
	c.Shares, c.Budget = nil, st.budget(planned[:2])
	must(st.SaveProposal(st, by, p.ID, p.Version, c))
}

// dated puts the story's own days and organisations in.
func (st *story) dated(text string) string {
	day := func(days int) string { return st.day(days).Format(time.DateOnly) }
	return strings.NewReplacer("2026-10-02", day(50), "2026-10-05", day(49), "2026-10-06", day(48), "2026-03-04", day(260),
		"2027-04", st.day(-130).Format("2006-01"), "{{state}}", st.organisations["XV"].String(), "{{ilo}}", st.organisations[ilo].String(),
		"{{iom}}", st.organisations[iom].String(), "{{unwomen}}", st.organisations[unwomen].String()).Replace(text)
}

// answers reads a document, or the member of it that key names.
func answers(document []byte, key string) (a domain.Answers) {
	if key != "" {
		all := map[string]json.RawMessage{}
		ok(json.Unmarshal(document, &all))
		document = all[key]
	}
	ok(json.Unmarshal(document, &a))
	return a
}

// plan is what an organisation spends in a year, in dollars by line of the charter,
// in its order.
type plan struct {
	code    string
	year    int
	dollars [8]int
}

// planned is the budget of the whole document. It comes to what the note asked.
var planned = []plan{
	{iom, 1, [8]int{82_000, 14_000, 36_000, 48_000, 12_000, 40_000, 18_000, 17_000}},
	{iom, 2, [8]int{84_500, 12_000, 9_000, 46_000, 13_000, 52_000, 20_000, 16_500}},
	{ilo, 1, [8]int{88_000, 9_000, 16_000, 62_000, 22_000, 0, 18_000, 15_000}},
	{ilo, 2, [8]int{86_000, 7_000, 4_000, 50_000, 21_000, 0, 19_000, 13_000}},
	{unwomen, 1, [8]int{42_000, 6_000, 0, 21_000, 8_000, 30_000, 10_000, 8_000}},
	{unwomen, 2, [8]int{43_000, 5_000, 0, 20_000, 8_000, 31_000, 10_000, 8_000}},
}

func (st *story) budget(plans []plan) (b domain.Budget) {
	for _, p := range plans {
		for i, l := range st.rules.Budget.Lines {
			if p.dollars[i] > 0 {
				b = append(b, domain.BudgetCell{Organisation: st.organisations[p.code], Line: l.Key, Year: p.year, Amount: usd(p.dollars[i])})
			}
		}
	}
	return b
}

// stagedWords are those of the call in two stages.
var stagedWords = domain.Words{
	Title: "Call in two stages: notes first, documents of those selected",
	Text: "For joint programmes of one state or of several. A short note comes first; the body selects, and those selected write the whole document: " +
		"results with indicators, a budget by organisation and year, and who carries on afterwards.",
}
