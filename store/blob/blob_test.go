package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// bucket is one of a server that speaks S3, on a port of its own.
func bucket(t *testing.T) *Bucket {
	t.Helper()
	kept := s3mem.New()
	if err := kept.CreateBucket("fund"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(kept).Server())
	t.Cleanup(server.Close)
	b, err := Address("s3://key:secret@" + strings.TrimPrefix(server.URL, "http://") + "/fund?http=true&region=us-east-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	return b
}

func folder(t *testing.T) *Folder {
	t.Helper()
	f, err := NewFolder(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// broken is a line that ends in the middle.
type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("the line broke")
	}
	return n, err
}

// Folder and bucket keep the same promises.
func TestBlobs(t *testing.T) {
	for name, b := range map[string]Blobs{"a folder": folder(t), "a bucket": bucket(t)} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			content := bytes.Repeat([]byte("fund"), 300_000)
			sum := sha256.Sum256(content)
			key := File(sum[:])
			part := Part("3f2c1d5e-0000-4000-8000-000000000001", 524288)
			none := func(k Key) {
				t.Helper()
				if _, err := b.Size(ctx, k); !errors.Is(err, ErrNone) {
					t.Errorf("size of nothing: %v", err)
				}
				if _, _, err := b.Open(ctx, k); !errors.Is(err, ErrNone) {
					t.Errorf("nothing is opened: %v", err)
				}
			}
			none(key)
			if err := b.Put(ctx, key, broken{bytes.NewReader(content[:1000])}, int64(len(content))); err == nil {
				t.Error("half a file is kept")
			}
			none(key)
			for range 2 {
				if err := b.Put(ctx, key, bytes.NewReader(content), int64(len(content))); err != nil {
					t.Fatal(err)
				}
			}
			if err := b.Put(ctx, part, strings.NewReader("part"), 4); err != nil {
				t.Fatal(err)
			}
			r, size, err := b.Open(ctx, key)
			if err != nil || size != int64(len(content)) {
				t.Fatalf("%d, %v", size, err)
			}
			got, err := io.ReadAll(r)
			r.Close()
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("other bytes, %v", err)
			}
			for folder, want := range map[string]string{Files: fmt.Sprint(key, " ", len(content)), Parts: fmt.Sprint(part, " 4")} {
				var seen []string
				if err := b.Each(ctx, folder, func(e Entry) error {
					if e.At.IsZero() {
						t.Error("without a time")
					}
					seen = append(seen, fmt.Sprint(e.Key, " ", e.Size))
					return nil
				}); err != nil || len(seen) != 1 || seen[0] != want {
					t.Errorf("%s: %v, %v", folder, seen, err)
				}
			}
			for range 2 {
				if err := errors.Join(b.Remove(ctx, key), b.Remove(ctx, part)); err != nil {
					t.Error(err)
				}
			}
			none(key)
			for _, bad := range []Key{"", "files/../../etc/passwd", "files/aa/x", "other/x", Key(filepath.Join("/", string(key)))} {
				_, _, err := b.Open(ctx, bad)
				if _, e := b.Size(ctx, bad); err == nil || e == nil || b.Put(ctx, bad, strings.NewReader(""), 0) == nil || b.Remove(ctx, bad) == nil || errors.Is(err, ErrNone) {
					t.Errorf("%q is taken as a key", bad)
				}
			}
		})
	}
}

// Nobody else on the machine reads what the folder keeps.
func TestTheFolderIsItsOwners(t *testing.T) {
	f := folder(t)
	sum := sha256.Sum256(nil)
	if err := f.Put(context.Background(), File(sum[:]), strings.NewReader("x"), 1); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(f.root, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others, %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Join(f.root, "new"))
	if err != nil || len(left) > 0 {
		t.Errorf("something is left over: %v, %v", left, err)
	}
}

// A disk that fills up keeps what it had, and takes more once there is room.
func TestAFullDiskKeepsWhatItHad(t *testing.T) {
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("a small disk takes the right to mount one: %s", out)
	}
	defer exec.Command("umount", disk).Run()
	f, err := NewFolder(filepath.Join(disk, "files"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	one, two := sha256.Sum256([]byte("one")), sha256.Sum256([]byte("two"))
	if err := f.Put(ctx, File(one[:]), bytes.NewReader(make([]byte, 600<<10)), 600<<10); err != nil {
		t.Fatal(err)
	}
	if err := f.Put(ctx, File(two[:]), bytes.NewReader(make([]byte, 600<<10)), 600<<10); err == nil {
		t.Fatal("more is kept than there is room for")
	}
	if size, err := f.Size(ctx, File(one[:])); size != 600<<10 || err != nil {
		t.Errorf("%d, %v", size, err)
	}
	if err := f.Remove(ctx, File(one[:])); err != nil {
		t.Fatal(err)
	}
	if err := f.Put(ctx, File(two[:]), bytes.NewReader(make([]byte, 600<<10)), 600<<10); err != nil {
		t.Errorf("what failed is still in the way: %v", err)
	}
}

func TestAddress(t *testing.T) {
	for _, bad := range []string{"", "http://key:secret@host/bucket", "s3://host/bucket", "s3://key:secret@host", "s3://key:secret@host/a/b", "s3://%zz", "s3://k:s@ho st/b"} {
		if _, err := Address(bad); err == nil {
			t.Errorf("%q is taken", bad)
		} else if strings.Contains(err.Error(), "key:secret@host") {
			t.Errorf("the secret is repeated: %v", err)
		}
	}
}
