package api

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"

	"startupfund/domain"
	"startupfund/exchange/camt053"
	"startupfund/exchange/mt940"
	"startupfund/store"
)

// bankFileKinds are what a bank's file may be sent as. Which format it has is read
// off the file itself: people send what their bank gave them, under any name.
var bankFileKinds = []string{"application/xml", "text/xml", "text/plain"}

// longestLineText is how much of what a bank tells about one line is kept, in
// characters: enough for a batch of two hundred payments.
const longestLineText = 16 << 10

// beginsWithin is how far into a file its first message is looked for.
const beginsWithin = 4 << 10

// BankFile hands over what a bank's file of statements says that the fund keeps.
func BankFile(raw []byte) store.StatementFile { return bankFile(context.Background(), raw) }

// bankFile tells, besides, how much of the file was read.
func bankFile(ctx context.Context, raw []byte) store.StatementFile {
	return func(head func(domain.BankStatement) error, line func(domain.BankLine) error) error {
		in := bytes.NewReader(raw)
		src := &told{Reader: in, ctx: ctx, of: int64(len(raw))}
		heads := func(h camt053.Header) error {
			if h.Version == mt940.Interim { // what it tells comes again in the statement
				return camt053.ErrNotStatement.With("found", mt940.Interim)
			}
			return head(statementOf(h))
		}
		lines := func(e camt053.Entry) error {
			if !e.Counts() || e.Money.IsZero() { // what moves nothing is no line
				return nil
			}
			return line(bankLineOf(e))
		}
		if !mt940.Begins(raw[:min(len(raw), beginsWithin)]) {
			return camt053.Read(src, 0, heads, lines)
		}
		src.of *= 2 // it is read twice
		return mt940.Read(struct {
			io.Reader
			io.Seeker
		}{src, in}, 0, heads, lines)
	}
}

func statementOf(h camt053.Header) domain.BankStatement {
	st := domain.BankStatement{Number: h.Account, Currency: h.Currency, BankRef: h.ID, From: h.Opening.On, To: h.Closing.On,
		Opening: h.Opening.Money, Closing: h.Closing.Money}
	if h.Sequence > 0 {
		st.Sequence = strconv.FormatInt(h.Sequence, 10)
	}
	return st
}

// bankLineOf keeps of an entry what matching reads and people need. One payment has
// its own reference and other side; of a batch, all references stand in the text.
func bankLineOf(e camt053.Entry) domain.BankLine {
	l := domain.BankLine{N: e.N, Amount: e.Money, BookedOn: e.Booked, ValueOn: e.Value, BankRef: given(e.BankRef)}
	if l.ValueOn.IsZero() {
		l.ValueOn = e.Booked
	}
	var text []string
	if len(e.Details) == 1 {
		d := e.Details[0]
		other := e.Counterparty(d)
		l.EndToEnd, l.Counterparty = given(d.EndToEndID), other.Name
		if l.BankRef == "" {
			l.BankRef = given(d.BankRef)
		}
		text = append(text, other.Ultimate)
	}
	for _, d := range e.Details {
		if len(e.Details) > 1 {
			text = append(text, given(d.EndToEndID), e.Counterparty(d).Name)
		}
		text = append(text, d.References...)
		text = append(text, d.Documents...)
		text = append(text, d.Text...)
		text = append(text, d.Info, d.ReturnedFor)
	}
	l.Text = joined(append(text, e.Info))
	return l
}

// given leaves out what banks write for no reference.
func given(reference string) string {
	if reference == "NOTPROVIDED" || reference == "NONREF" {
		return ""
	}
	return reference
}

// joined is the texts that say something, one a line.
func joined(all []string) string {
	var kept []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	text := []rune(strings.Join(kept, "\n"))
	return string(text[:min(len(text), longestLineText)])
}
