package pg

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFullDiskIsSaid(t *testing.T) {
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("a small disk needs root: %v", err)
	}
	defer syscall.Unmount(small, syscall.MNT_DETACH)
	s, err := Start(t.Context(), Options{Data: filepath.Join(small, "fund")})
	if err == nil {
		s.Stop(t.Context())
	}
	sentence(t, err, "disk", "full", "FUND_DATA")
	if _, err := os.Stat(filepath.Join(small, "fund", "postgres")); err == nil {
		t.Error("half a cluster is left under the name of a whole one")
	}
}
