package replay

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// text holds the text that was decided against those that were proposed: each that was
// taken is the next version, and the last of them is what was decided.
func (c *counter) text(known bool) {
	if c.r.Version == 0 { // a record of format 1, whose questions had one text
		return
	}
	taken, last, hash, with := 1, 1, digest(c.r.Text), c.r.terms
	of := [3]int{} // the version of the text that each of the terms comes of
	if t := c.r.Texts; t != nil {
		hash, with = t.Listed, terms{t.Amount, t.Shares, t.Conditions}
		for _, p := range t.Proposed {
			if !p.Accepted {
				continue
			}
			taken++
			if p.Version > last {
				last, hash = p.Version, digest(p.Text)
			}
			for n, x := range []struct{ to, is *json.RawMessage }{{&with.Amount, &p.Amount}, {&with.Shares, &p.Shares}, {&with.Conditions, &p.Conditions}} {
				if *x.is != nil && p.Version > of[n] {
					*x.to, of[n] = *x.is, p.Version
				}
			}
		}
	}
	c.step("/texts", last, known, taken)
	c.step("/text_version", c.r.Version, known, taken)
	c.step("/text", digest(c.r.Text), known, hash)
	if c.r.Format < 5 || c.r.Texts == nil { // before, no text named other terms
		return
	}
	if string(with.Conditions) == "[]" { // a text that asks for none
		with.Conditions = nil
	}
	c.step("/amount", spelt(c.r.Amount), known, spelt(with.Amount))
	c.step("/shares", spelt(c.r.Shares), known, spelt(with.Shares))
	c.step("/conditions", spelt(c.r.Conditions), known, spelt(with.Conditions))
}

// spelt is a member as the file has it: there is one spelling.
func spelt(v json.RawMessage) string {
	if v == nil {
		return "none"
	}
	return string(v)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
