package camt053

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const standards = "../../../shared/data/standards/iso20022"

func TestX(t *testing.T) {
	filepath.WalkDir(standards+"/examples", func(path string, d fs.DirEntry, err error) error {
		if !strings.HasSuffix(path, ".xml") {
			return nil
		}
		f, _ := os.Open(path)
		defer f.Close()
		all, err := ReadAll(f)
		fmt.Println(strings.TrimPrefix(path, standards+"/examples/"), err)
		for _, s := range all {
			fmt.Println("     ", len(s.Entries), s.Closing.Money)
		}
		return nil
	})
}
