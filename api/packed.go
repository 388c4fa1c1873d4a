package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"sync"

	"github.com/gin-gonic/gin"
)

// worthPacking is how many bytes an answer has before it is packed: less travels in one
// packet either way.
const worthPacking = 1400

// packers are used again: each holds some 800 KB.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return z
}}

// packed answers with what a person or a page reads, by gzip where the browser takes it so:
// a list of names is a fifth of its size on a bad line. No answer holds a secret beside
// what its asker wrote, so that its length tells nobody anything.
func packed(c *gin.Context, status int, media string, body []byte) {
	c.Writer.Header().Add("Vary", "Accept-Encoding")
	if len(body) < worthPacking || !accepts(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Data(status, media, body)
		return
	}
	var b bytes.Buffer
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&b)
	z.Write(body) // a buffer takes whatever it is given
	z.Close()
	c.Header("Content-Encoding", "gzip")
	c.Data(status, media, b.Bytes())
}

// asJSON answers with a value of the contract.
func asJSON(c *gin.Context, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err) // a view of ours that has no written form
	}
	packed(c, status, "application/json; charset=utf-8", body)
}
