package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Folder keeps bytes as files under one folder of its own.
type Folder struct{ root string }

// NewFolder makes the folder, readable by its owner alone, where it is missing.
func NewFolder(root string) (*Folder, error) {
	for _, dir := range []string{root, filepath.Join(root, Files), filepath.Join(root, Parts), filepath.Join(root, "new")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("the folder of files: %w", err)
		}
	}
	if err := os.Chmod(root, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of files: %w", err)
	}
	return &Folder{root}, nil
}

func (f *Folder) path(k Key) string { return filepath.Join(f.root, filepath.FromSlash(string(k))) }

// Put writes beside, has the disk keep it, and then gives it its name: nobody ever
// sees half a file.
func (f *Folder) Put(ctx context.Context, k Key, r io.Reader, size int64) error {
	if err := k.check(); err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Join(f.root, "new"), "*")
	if err != nil {
		return err
	}
	defer os.Remove(beside.Name()) // gone already where all went well
	n, err := io.Copy(beside, io.LimitReader(r, size+1))
	if err == nil && n != size {
		err = fmt.Errorf("%d bytes came for %s instead of %d", n, k, size)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = beside.Sync()
	}
	if e := beside.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	to := f.path(k)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Rename(beside.Name(), to); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(to)), syncDir(filepath.Dir(filepath.Dir(to))))
}

// syncDir has the disk keep a name.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Open reads what is kept under k.
func (f *Folder) Open(_ context.Context, k Key) (io.ReadCloser, int64, error) {
	if err := k.check(); err != nil {
		return nil, 0, err
	}
	file, err := os.Open(f.path(k))
	if err != nil {
		return nil, 0, none(err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// Size tells how much is kept under k.
func (f *Folder) Size(_ context.Context, k Key) (int64, error) {
	if err := k.check(); err != nil {
		return 0, err
	}
	info, err := os.Stat(f.path(k))
	if err != nil {
		return 0, none(err)
	}
	return info.Size(), nil
}

// Remove forgets what is kept under k, and the folder of parts it leaves empty.
func (f *Folder) Remove(_ context.Context, k Key) error {
	if err := k.check(); err != nil {
		return err
	}
	if err := os.Remove(f.path(k)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if strings.HasPrefix(string(k), Parts+"/") {
		_ = os.Remove(filepath.Dir(f.path(k))) // refused while others are there
	}
	return nil
}

// Each visits all that is kept in one of the two folders.
func (f *Folder) Each(ctx context.Context, folder string, do func(Entry) error) error {
	return filepath.WalkDir(filepath.Join(f.root, folder), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // taken away since
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return none(err)
		}
		rel, err := filepath.Rel(f.root, path)
		if err != nil {
			return err
		}
		if k := Key(filepath.ToSlash(rel)); k.check() == nil {
			if err := do(Entry{k, info.Size(), info.ModTime()}); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

func none(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNone
	}
	return err
}
