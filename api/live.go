package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// How often a stream looks whether its meeting has changed, and says that it is there.
// Looked for and not listened for: a LISTEN would not outlive a pooler.
const (
	liveEvery = time.Second
	liveBeat  = 15 * time.Second
	liveFor   = 2 * time.Minute // after which whoever reads asks anew, with the rights that they have then
)

// live is an answer that goes on: a meeting as it moves.
type live struct {
	first store.Pulse
	next  func() (store.Pulse, error)
	ended <-chan struct{} // the program is told to stop
	lasts time.Duration
}

// liveView names the present item by its id alone: what of it the reader may see, they read
// as ever. So nothing that an interest hides is in a stream.
type liveView struct {
	State   domain.MeetingState `json:"state"`
	Present *uuid.UUID          `json:"present"`
}

type turnRequest struct {
	Item uuid.UUID `json:"item"`
}

// turnMeeting says which item the meeting is at.
func (s *Server) turnMeeting(a *asked) (answer, error) {
	_, in, err := onto[turnRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.onMeeting(a, func(c context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error) {
		return s.Store.TurnMeeting(c, by, id, in.Item)
	})
}

// liveMeeting tells whoever reads a meeting when it has changed.
func (s *Server) liveMeeting(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	next := func() (store.Pulse, error) { return s.Store.Pulse(a, a.by, id) }
	first, err := next()
	if err != nil {
		return answer{}, err
	}
	l := &live{first: first, next: next, ended: s.Ending, lasts: s.Live}
	if l.lasts == 0 {
		l.lasts = liveFor
	}
	return answer{live: l}, nil
}

// send tells the first state at once, and then each change.
func (l *live) send(s *Server, c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // nginx would hold it back
	fmt.Fprintf(c.Writer, "retry: %d\n\n", (2 * time.Second).Milliseconds())
	l.tell(c, l.first)
	look, beat, over := time.NewTicker(liveEvery), time.NewTicker(liveBeat), time.NewTimer(l.lasts)
	defer look.Stop()
	defer beat.Stop()
	defer over.Stop()
	for told := l.first; ; {
		select {
		case <-c.Request.Context().Done():
			return
		case <-l.ended:
			return
		case <-over.C:
			return
		case <-beat.C:
			fmt.Fprint(c.Writer, ": here\n\n")
			c.Writer.Flush()
		case <-look.C:
			now, err := l.next()
			if err != nil { // who reads comes back, and is told what is the matter
				if c.Request.Context().Err() == nil {
					s.Log.WarnContext(c, "a stream broke off", "err", err)
				}
				return
			}
			if now != told {
				l.tell(c, now)
			}
			told = now
		}
	}
}

func (l *live) tell(c *gin.Context, p store.Pulse) {
	v := liveView{State: p.State}
	if p.Present != uuid.Nil {
		v.Present = &p.Present
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // a view of ours that has no written form
	}
	fmt.Fprintf(c.Writer, "event: meeting\ndata: %s\n\n", data)
	c.Writer.Flush()
}
