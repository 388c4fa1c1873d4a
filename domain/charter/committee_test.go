package charter

import (
	"bytes"
	"os"
	"testing"
)

// A list of its own is the Executive Committee's since format 10; before, and with a
// constituency of that time, a constituency is named.
func TestTheExecutiveCommitteesOwnListIsOfFormat10(t *testing.T) {
	older, err := os.ReadFile("testdata/format-9.yaml")
	if err != nil {
		t.Fatal(err)
	}
	named, own := []byte("executive_committee:\n    value: network"), []byte("executive_committee:\n    value: own-list")
	if c, err := Parse(older); err != nil || c.Body.ExecutiveCommittee.Value != "network" {
		t.Errorf("of format 9 it is %q, %v", c.Body.ExecutiveCommittee.Value, err)
	}
	if _, err := Parse(bytes.Replace(older, named, own, 1)); err == nil {
		t.Error("format 9 takes a list of its own")
	}
	if c, err := Parse(Default()); err != nil || c.Body.ExecutiveCommittee.Value != OwnList {
		t.Errorf("shipped is %q, %v", c.Body.ExecutiveCommittee.Value, err)
	}
	if _, err := Parse(bytes.Replace(Default(), own, named, 1)); err != nil {
		t.Errorf("format 10 takes no constituency: %v", err)
	}
}
