package api

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// What is long travels packed to whoever takes it so, and says the same.
func TestLongAnswersTravelPacked(t *testing.T) {
	long := strings.Repeat("International Labour Organization, ", 100)
	for _, c := range []struct {
		body, accept string
		packed       bool
	}{
		{long, "gzip, deflate, br", true},
		{long, "br", false},
		{long, "gzip;q=0", false},
		{long, "", false},
		{"short", "gzip", false},
	} {
		w := httptest.NewRecorder()
		g, _ := gin.CreateTestContext(w)
		g.Request = httptest.NewRequest(http.MethodGet, "/", nil)
		g.Request.Header.Set("Accept-Encoding", c.accept)
		asJSON(g, http.StatusOK, c.body)
		body := io.Reader(bytes.NewReader(w.Body.Bytes()))
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != c.packed {
			t.Errorf("%d bytes for %q: packed %v", len(c.body), c.accept, got)
		}
		if c.packed {
			if w.Body.Len() > len(c.body)/5 {
				t.Errorf("%d bytes became %d", len(c.body), w.Body.Len())
			}
			var err error
			if body, err = gzip.NewReader(body); err != nil {
				t.Fatal(err)
			}
		}
		if said, err := io.ReadAll(body); err != nil || string(said) != `"`+c.body+`"` || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("for %q: %d bytes, %v, %v", c.accept, len(said), err, w.Header())
		}
	}
}
