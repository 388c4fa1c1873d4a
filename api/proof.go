package api

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

type proofLineView struct {
	ID           uuid.UUID        `json:"id"`
	Statement    string           `json:"statement"`
	Amount       ledger.Money     `json:"amount"`
	ValueOn      string           `json:"value_on"`
	Counterparty string           `json:"counterparty"`
	Text         string           `json:"text"`
	State        domain.LineState `json:"state"`
	Note         string           `json:"note"`
}

type proofMovementsView struct {
	Total ledger.Money   `json:"total"`
	Items []movementView `json:"items"`
}

type proofLinesView struct {
	Total ledger.Money    `json:"total"`
	Items []proofLineView `json:"items"`
}

type proofView struct {
	On          string             `json:"on"`
	Account     bankAccountView    `json:"account"`
	Statement   bankStatementView  `json:"statement"`
	AtBank      ledger.Money       `json:"statement_balance"`
	InBooks     ledger.Money       `json:"ledger_balance"`
	Sent        proofMovementsView `json:"sent_not_debited"`
	Receipts    proofMovementsView `json:"received_not_credited"`
	NotBooked   proofLinesView     `json:"not_booked"`
	Difference  ledger.Money       `json:"difference"`
	Explanation string             `json:"explanation"`
}

// proof shows the proof of a day, every item listed.
func (s *Server) proof(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.Proof(a, a.by, on)
	if err != nil {
		return answer{}, err
	}
	v := proofView{On: date(p.On), Account: accountView(p.Account, a.by), Statement: statementHeadView(p.Statement),
		AtBank: p.StatementBalance, InBooks: p.LedgerBalance, Difference: p.Difference, Explanation: "explained",
		Sent:      proofMovementsView{p.SentTotal, movementViews(p.Sent)},
		Receipts:  proofMovementsView{p.ReceiptsTotal, movementViews(p.Receipts)},
		NotBooked: proofLinesView{p.NotBookedTotal, []proofLineView{}}}
	if !p.Explained() {
		v.Explanation = "unexplained"
	}
	for _, l := range p.NotBooked {
		v.NotBooked.Items = append(v.NotBooked.Items, proofLineView{l.ID, l.Statement, l.Amount, date(l.ValueOn), l.Counterparty, l.Text, l.State, l.Note})
	}
	return shown(v)
}
