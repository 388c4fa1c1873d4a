package replay

import (
	"crypto/sha256"
	"encoding/hex"
)

// text holds the text that was decided against those that were proposed: each that was
// taken is the next version, and the last of them is what was decided.
func (c *counter) text(known bool) {
	if c.r.Version == 0 { // a record of format 1, whose questions had one text
		return
	}
	taken, last, hash := 1, 1, digest(c.r.Text)
	if t := c.r.Texts; t != nil {
		hash = t.Listed
		for _, p := range t.Proposed {
			if !p.Accepted {
				continue
			}
			taken++
			if p.Version > last {
				last, hash = p.Version, digest(p.Text)
			}
		}
	}
	c.step("/texts", last, known, taken)
	c.step("/text_version", c.r.Version, known, taken)
	c.step("/text", digest(c.r.Text), known, hash)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
