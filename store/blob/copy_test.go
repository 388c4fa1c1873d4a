package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// What a folder keeps goes to a bucket and back; cut off it goes on, and what is
// rotten stays behind.
func TestCopy(t *testing.T) {
	ctx := context.Background()
	disk, s3, back := folder(t), bucket(t), folder(t)
	var keys []Key
	put := func(b Blobs, k Key, content string) {
		t.Helper()
		if err := b.Put(ctx, k, strings.NewReader(content), int64(len(content))); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 4 {
		content := strings.Repeat(fmt.Sprint("fund", n), 40_000)
		sum := sha256.Sum256([]byte(content))
		keys = append(keys, File(sum[:]))
		put(disk, keys[n], content)
	}
	put(disk, Part("3f2c1d5e-0000-4000-8000-000000000001", 0), "a part")
	put(s3, keys[0], "cut off") // half of one that an earlier copy brought: it is brought anew

	if done, err := Copy(ctx, disk, s3); err != nil || done != (Copied{5, 0, 4*200_000 + 6}) {
		t.Fatalf("%+v, %v", done, err)
	}
	if done, err := Copy(ctx, disk, s3); err != nil || done != (Copied{0, 5, 0}) {
		t.Errorf("again: %+v, %v", done, err)
	}
	lost := sha256.Sum256([]byte("what was lost"))
	put(disk, File(lost[:]), "what is left.")
	if done, err := Copy(ctx, disk, s3); !errors.Is(err, ErrRotten) || done != (Copied{0, 5, 0}) {
		t.Errorf("rotten on the disk: %+v, %v", done, err)
	}
	rotten := sha256.Sum256([]byte("what it was"))
	put(s3, File(rotten[:]), "what it is!")
	done, err := Copy(ctx, s3, back)
	if !errors.Is(err, ErrRotten) || !strings.Contains(err.Error(), string(File(rotten[:]))) || done.Files != 5 {
		t.Errorf("back: %+v, %v", done, err)
	}
	if _, err := back.Size(ctx, File(rotten[:])); !errors.Is(err, ErrNone) {
		t.Errorf("what is rotten was brought: %v", err)
	}
	for _, k := range keys {
		r, _, err := back.Open(ctx, k)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := io.Copy(&got, r); err != nil || r.Close() != nil {
			t.Error(err)
		}
		if sum := sha256.Sum256(got.Bytes()); File(sum[:]) != k {
			t.Errorf("%s came back with other bytes", k)
		}
	}
}
