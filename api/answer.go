package api

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// answer is what a handler has to say.
type answer struct {
	status   int
	body     any
	version  int    // of what can be changed: its ETag
	location string // of what was made
	next     string // the query of the next page
	raw      []byte // a body that is no JSON, and what it is
	media    string
	file     *sending // one that is too large to hold
	export   *export  // a list of any length
	live     *live    // one that goes on
}

// done answers a write that has nothing to show.
func done() (answer, error) { return answer{status: http.StatusNoContent}, nil }

// shown answers with a body.
func shown(body any) (answer, error) { return answer{status: http.StatusOK, body: body}, nil }

// versioned answers with what can be changed, and which version of it this is.
func versioned(body any, version int) (answer, error) {
	return answer{status: http.StatusOK, body: body, version: version}, nil
}

// made answers with what was made and where it stands. Version 0 is of what
// never changes.
func made(location string, body any, version int) (answer, error) {
	return answer{status: http.StatusCreated, body: body, version: version, location: "/api/v1" + location}, nil
}

// paged answers with a list and the query that gives its next page, or "".
func paged(body any, next string) (answer, error) {
	return answer{status: http.StatusOK, body: body, next: next}, nil
}

func (s *Server) write(c *gin.Context, a answer) {
	h := c.Writer.Header()
	if a.version > 0 {
		h.Set("ETag", fmt.Sprintf(`"%d"`, a.version))
	}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	if a.next != "" {
		path, _, _ := strings.Cut(c.Request.URL.Path, "?")
		h.Set("Link", fmt.Sprintf(`<%s?%s>; rel="next"`, path, a.next))
	}
	if a.file != nil {
		a.file.send(c)
		return
	}
	if a.export != nil {
		a.export.send(s, c)
		return
	}
	if a.live != nil {
		a.live.send(s, c)
		return
	}
	if a.raw != nil {
		c.Data(a.status, a.media, a.raw)
		return
	}
	if a.body == nil {
		c.Status(a.status)
		return
	}
	asJSON(c, a.status, a.body)
}
