package replay

// does is the effect of a position on a seat's part, and whether its capital may still
// speak: one ad referendum joins and, where the outcome waits for capitals, is against the
// question from the moment that its capital does not confirm.
func (c *counter) does(seat, effect string) (does string, open bool) {
	if effect != "ad-referendum" {
		return effect, false
	}
	r := c.r.Referendum
	if r == nil || !r.Waits {
		return "joins", true
	}
	for _, x := range r.Confirmations {
		if x.Seat == seat {
			return map[bool]string{true: "joins", false: "blocks"}[x.Confirmed], false
		}
	}
	switch {
	case c.instant(r.ConcludedAt).Before(c.instant(r.EndsAt)):
		return "joins", true
	case c.rule("/body/consensus/referendum/silence") == "refuses":
		return "blocks", false
	}
	return "joins", false
}

// joinedSo are the seats that decide and whose last word is ad referendum.
func (c *counter) joinedSo() map[string]bool {
	seats := map[string]bool{}
	for _, s := range c.deciding() {
		if key := c.last(s.seat); key != "" && c.rule(c.procedure()+"/positions/"+key+"/effect") == "ad-referendum" {
			seats[s.seat] = true
		}
	}
	return seats
}

// referendum counts until when capitals could speak, whether they did so in time, and
// whether anybody was to be asked at all.
func (c *counter) referendum() {
	r, seats := c.r.Referendum, c.joinedSo()
	if r == nil && len(seats) == 0 {
		return
	}
	c.step("/referendum", r != nil, c.heard, len(seats) > 0)
	if r == nil {
		return
	}
	c.step("/body/consensus/referendum/waits", r.Waits, true, c.yes("/body/consensus/referendum/waits"))
	closed := c.instant(c.r.ClosedAt)
	end := c.daysAfter(closed, c.number("/body/consensus/referendum/days"), c.rule("/body/consensus/referendum/days_are"))
	c.step("/body/consensus/referendum/days", r.EndsAt, true, end.Format(spelled))
	if !r.Waits {
		return
	}
	for _, x := range r.Confirmations {
		at := c.instant(x.At)
		c.step("/referendum/confirmations/"+x.Seat+"/at", true, c.heard, seats[x.Seat] && !at.Before(closed) && at.Before(end) && !at.After(c.instant(r.ConcludedAt)))
	}
}
