// Package blob keeps bytes: in a folder, or in a bucket that speaks S3. What they
// are, whose they are and who may read them is the store's to know.
package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"
)

// Blobs keeps bytes under keys. Put keeps all of them or none, and an answer of
// Put means that a crash does not lose them. Putting the same key again replaces.
type Blobs interface {
	Put(ctx context.Context, k Key, r io.Reader, size int64) error
	Open(ctx context.Context, k Key) (io.ReadCloser, int64, error) // ErrNone where there are none
	Size(ctx context.Context, k Key) (int64, error)                // ErrNone where there are none
	Remove(ctx context.Context, k Key) error                       // fine where there are none
	Each(ctx context.Context, folder string, do func(Entry) error) error
}

// ErrNone says that nothing is kept under a key.
var ErrNone = errors.New("no bytes are kept there")

// Key names bytes. It is made by this package alone and never of what people
// write: no name of theirs becomes a path.
type Key string

// The two folders: whole files under their hash, and the parts of those that are
// on their way.
const (
	Files = "files"
	Parts = "parts"
)

// File is the key of a whole file: the SHA-256 of its bytes.
func File(sum []byte) Key {
	h := hex.EncodeToString(sum)
	return Key(fmt.Sprintf("%s/%.2s/%s", Files, h, h))
}

// Part is the key of the part at an offset of what comes under an id (a UUID's text).
func Part(id string, offset int64) Key { return Key(fmt.Sprintf("%s/%s/%015d", Parts, id, offset)) }

// Entry is what Each finds.
type Entry struct {
	Key  Key
	Size int64
	At   time.Time // when it was put
}

var formed = regexp.MustCompile(`^(files/[0-9a-f]{2}/[0-9a-f]{64}|parts/[0-9a-f-]{36}/[0-9]{15})$`)

// check stops a key that was not made here before it becomes a path.
func (k Key) check() error {
	if !formed.MatchString(string(k)) {
		return fmt.Errorf("%q names no bytes", string(k))
	}
	return nil
}

// whole tells a file from a part.
func (k Key) whole() bool { return len(k) > len(Files) && string(k[:len(Files)]) == Files }
