package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
)

// Copied counts what a copy found: what it brought, and what was there already.
type Copied struct {
	Files, There int
	Bytes        int64 // brought
}

// ErrRotten says that bytes are no longer those of the hash that names them.
var ErrRotten = errors.New("the bytes are not those of their hash")

// Copy brings what one place keeps to another, whole files and parts on their way,
// and passes over what is there with as many bytes: cut off, it goes on where it
// stopped. Nothing is taken away from either. Files whose bytes are not those of
// their hash are left out and named in the error; the others are brought all the
// same.
func Copy(ctx context.Context, from, to Blobs) (done Copied, err error) {
	var rotten []error
	for _, folder := range []string{Files, Parts} {
		err := from.Each(ctx, folder, func(e Entry) error {
			if size, err := to.Size(ctx, e.Key); err == nil && size == e.Size {
				done.There++
				return nil
			} else if err != nil && !errors.Is(err, ErrNone) {
				return err
			}
			switch err := copyOne(ctx, from, to, e.Key); {
			case errors.Is(err, ErrRotten):
				rotten = append(rotten, err)
				return nil
			case errors.Is(err, ErrNone): // swept, or a whole file by now
				return nil
			case err != nil:
				return err
			}
			done.Files, done.Bytes = done.Files+1, done.Bytes+e.Size
			return nil
		})
		if err != nil {
			return done, errors.Join(append(rotten, err)...)
		}
	}
	return done, errors.Join(rotten...)
}

func copyOne(ctx context.Context, from, to Blobs, k Key) error {
	r, size, err := from.Open(ctx, k)
	if err != nil {
		return err
	}
	defer r.Close()
	var body io.Reader = r
	checked := &checkedReader{r, sha256.New(), k, size, nil}
	if k.whole() {
		body = checked
	}
	if err := to.Put(ctx, k, body, size); checked.fault == nil {
		return err
	}
	return checked.fault
}

// checkedReader withholds the last of bytes that are not those of their key, so that
// what is being put is not kept: some read no further than the size they were told.
type checkedReader struct {
	io.Reader
	sum   hash.Hash
	key   Key
	left  int64
	fault error
}

func (c *checkedReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.sum.Write(p[:n])
	if c.left -= int64(n); (c.left <= 0 || err == io.EOF) && File(c.sum.Sum(nil)) != c.key {
		c.fault = fmt.Errorf("%s: %w", c.key, ErrRotten)
		return 0, c.fault
	}
	return n, err
}
