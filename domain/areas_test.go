package domain

import (
	"strconv"
	"testing"
)

func TestEveryAreaOfTheReferenceListLiesOnEarth(t *testing.T) {
	m49 := map[string]string{}
	for code, a := range areas() {
		north, err := strconv.ParseFloat(a.Latitude, 64)
		east, err2 := strconv.ParseFloat(a.Longitude, 64)
		if err != nil || err2 != nil || north < -90 || north > 90 || east < -180 || east > 180 {
			t.Errorf("%s lies at %s, %s", code, a.Latitude, a.Longitude)
		}
		if invented := code[0] == 'X' || code[0] == 'Q' && code[1] >= 'M'; invented != (a.M49 == "") {
			t.Errorf("%s has the M49 code %q", code, a.M49)
		}
		if other, twice := m49[a.M49]; twice && a.M49 != "" {
			t.Errorf("%s and %s are both %s", code, other, a.M49)
		}
		m49[a.M49] = code
	}
	if len(areas()) < 270 {
		t.Errorf("the list has %d areas", len(areas()))
	}
	for code, want := range map[string]Area{"TV": {"798", "-8.5", "179.2"}, "KE": {M49: "404"}} {
		if a, ok := AreaOf(code); !ok || a.M49 != want.M49 || want.Latitude != "" && a != want {
			t.Errorf("%s is %v", code, a)
		}
	}
	if _, ok := AreaOf("ZZ"); ok {
		t.Error("ZZ is nowhere")
	}
}

func TestStatesLieInTheirRegions(t *testing.T) {
	for iso, want := range map[string]string{"KE": "002", "PH": "142", "CO": "019", "MD": "150", "TV": "009", "QM": "", "": "", "EU": ""} {
		if got := RegionOf(iso); got != want {
			t.Errorf("%s lies in %q, not %q", iso, got, want)
		}
	}
}
