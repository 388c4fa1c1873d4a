package seal

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// However many programs need a key that is not there yet, they come to have the same
// one, its owner's alone.
func TestOneKeyIsMade(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	var all sync.WaitGroup
	keys := make([]string, 8)
	for n := range keys {
		all.Go(func() {
			key, err := In(folder).Public()
			if err != nil {
				t.Error(err)
			}
			keys[n] = key
		})
	}
	all.Wait()
	for _, key := range keys {
		if key != keys[0] || len(key) != 64 {
			t.Errorf("%q beside %q", key, keys[0])
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Fatalf("%v is left, %v", left, err)
	}
	if info, err := left[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it may be read as %v, %v", info.Mode(), err)
	}
}

// What is no key is told, and never written over.
func TestAnotherFileIsNoKey(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "signing.key")
	for _, text := range []string{"", "abc\n", strings.Repeat("0", 66) + "\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := In(folder).Key(); err == nil || !strings.Contains(err.Error(), "no key of this program") {
			t.Errorf("%q: %v", text, err)
		}
		if now, err := os.ReadFile(file); err != nil || string(now) != text {
			t.Errorf("%q became %q, %v", text, now, err)
		}
	}
}
