package domain

import "testing"

func TestEntitiesHaveNamesInEveryLanguage(t *testing.T) {
	if n := len(entities()); n < 12 {
		t.Fatalf("%d entities", n)
	}
	for short, names := range entities() {
		if len(names) != 2*len(entityLanguages) {
			t.Errorf("%s has %d names", short, len(names))
		}
		o := Organisation{Kind: UN, ShortName: short}
		for _, a := range names {
			if got, err := o.Alias(a.ID, a.Text, a.Kind, a.Language); err != nil || got.Text != a.Text {
				t.Errorf("%s: %+v: %v", short, a, err)
			}
		}
	}
	if got := (Organisation{Kind: UN, ShortName: "iom"}).KnownNames(); len(got) == 0 || got[0].Text != "OIM" || got[0].Language != "fr" {
		t.Errorf("%+v", got)
	}
	for _, o := range []Organisation{{Kind: Stakeholder, ShortName: "IOM"}, {Kind: UN, ShortName: "IOM-FMU"}, {Kind: UN}} {
		if got := o.KnownNames(); got != nil {
			t.Errorf("%+v is called %v", o, got)
		}
	}
}
