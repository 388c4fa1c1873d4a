package example

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// contributions are the agreements: signed so many days before now, and what is
// due when. What is due before now has come.
var contributions = []struct {
	from, earmark string
	signed        int
	schedule      []due
}{
	{"QT", "", founded - 10, []due{{founded - 20, 2_200_000, true}}},
	{"QO", "", 552, []due{{545, 2_500_000, true}, {300, 1_500_000, true}}},
	{"QP", "area-2", 530, []due{{520, 1_000_000, true}, {200, 1_000_000, true}, {-90, 1_000_000, true}}},
	{"QT", "area-4", 510, []due{{500, 2_200_000, true}}},
	{foundation, "", 490, []due{{470, 400_000, true}, {14, 350_000, false}}},
	{"QV", "", 465, []due{{460, 1_000_000, true}, {30, 2_000_000, true}, {-335, 2_000_000, true}}},
}

type due struct {
	days, dollars int
	named         bool // the bank told our reference with it
}

// commit is what the agent signs: memoranda with those who may receive, and
// agreements with those who give; and what then comes.
func (st *story) commit() {
	st.at(founded-4, 10, 0, func() {
		for _, code := range participating {
			must(st.RecordMOU(st, st.as("preparer"), domain.MOU{ID: uuid.New(), Organisation: st.organisations[code],
				Ref: "MOU " + code, From: st.day(founded - 4)}, "Memorandum of understanding, signed by both"))
		}
	})
	for _, c := range contributions {
		var a domain.Agreement
		st.at(c.signed, 11, 0, func() {
			a = domain.Agreement{ID: uuid.New(), Contributor: st.organisations[c.from], Amount: usd(0), Earmark: c.earmark,
				SignedOn: st.rules.Day(st.clock.at), Document: "Standard administrative arrangement, signed by both"}
			for _, d := range c.schedule {
				a.Amount = a.Amount.Add(usd(d.dollars))
				a.Instalments = append(a.Instalments, domain.Instalment{DueOn: st.day(d.days), Amount: usd(d.dollars)})
			}
			a = must(st.RecordAgreement(st, st.as("preparer"), a, ""))
		})
		for _, d := range c.schedule {
			if d.days < 0 {
				continue
			}
			st.at(d.days, 12, 0, func() {
				reference := ""
				if d.named {
					reference = a.Ref + "-" + st.clock.at.Format("0601")
				}
				must(st.RecordDeposit(st, st.as("preparer"), a.ID,
					domain.Received{Amount: usd(d.dollars), On: st.rules.Day(st.clock.at), BankReference: reference}))
			})
		}
	}
}

// pay is what followed the first grants: transfers sent, and others that wait,
// each for another hand.
func (st *story) pay() {
	st.fulfil()
	st.at(59, 16, 0, func() { st.start("QM") })
	st.at(54, 16, 0, func() { st.start("QN") })
	st.transfer("QM", unhcr, 504_000, first70, sent, 67)
	st.transfer("QM", unicef, 336_000, first70, sent, 67)
	st.transfer("QM", iom, 280_000, first70, sent, 66)
	st.transfer("QN", ilo, 770_000, first70, sent, 60)
	st.transfer("QN", iom, 560_000, first70, sent, 60)
	st.transfer("QQ", iom, 560_000, first70, sent, 28)
	st.transfer("QQ", undp, 385_000, first70, sent, 27)
	st.transfer("XJ", unicef, 525_000, first70, sent, 20)
	st.transfer("XJ", ohchr, 315_000, first70, sent, 1)

	st.transfer(inStages[1].key(), iom, 10_000, "To prepare the joint programme document", sent, 58)

	st.transfer("QM", unicef, 144_000, last30, prepared, 3)
	st.transfer("QN", ilo, 330_000, last30, signed, 3)
	st.transfer("QM", iom, 120_000, last30, requested, 2)
	st.transfer("QN", iom, 240_000, last30, preparedByReleaser, 2)
}

const (
	first70 = "First tranche, seventy per cent"
	last30  = "Second tranche, thirty per cent"
)

// acknowledged is how many days ago a transfer was sent that its organisation has acknowledged,
// where it has somebody for it: a later one still waits.
const acknowledged = 25

// progress is how far a transfer has come.
type progress int

const (
	requested progress = iota
	signed
	preparedByReleaser
	prepared
	sent
)

// transfer lets a request pass from hand to hand, the last step so many days before
// now.
func (st *story) transfer(state, to string, dollars int, purpose string, reached progress, days int) {
	var r store.TransferFile
	step := func(before, hour int, do func() (store.TransferFile, error)) {
		st.at(days+before, hour, 5, func() { r = must(do()) })
	}
	step(3, 9, func() (store.TransferFile, error) {
		return st.RequestTransfer(st, st.as("secretariat"), st.programme(state), st.organisations[to], usd(dollars), purpose)
	})
	if reached == requested {
		return
	}
	step(2, 10, func() (store.TransferFile, error) {
		return st.SignTransfer(st, st.as("coordinator"), r.ID, r.Version)
	})
	if reached == signed {
		return
	}
	step(1, 11, func() (store.TransferFile, error) {
		by := st.as("preparer")
		if reached == preparedByReleaser {
			by = st.wearing("releaser", 1)
		}
		return st.PrepareTransfer(st, by, r.ID, r.Version)
	})
	if reached != sent {
		return
	}
	step(0, 12, func() (store.TransferFile, error) {
		return st.ReleaseTransfer(st, st.as("releaser"), r.ID, r.Version)
	})
	step(0, 13, func() (store.TransferFile, error) {
		return st.SendTransfer(st, st.as("releaser"), r.ID, r.Version, st.rules.Day(st.clock.at))
	})
	if key := "finance-" + to; days > acknowledged && st.people[key] != uuid.Nil {
		step(-4, 9, func() (store.TransferFile, error) {
			return st.AcknowledgeTransfer(st, st.as(key), r.ID, r.Version, st.rules.Day(st.clock.at), usd(dollars), "")
		})
	}
}

// programme is the one that a state's proposal became.
func (st *story) programme(state string) uuid.UUID {
	for _, p := range must(st.Programmes(st, domain.Console())) {
		if p.Proposal == st.proposals[state].ID {
			return p.ID
		}
	}
	panic("example: " + state + " has no programme")
}
