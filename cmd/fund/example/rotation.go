package example

import (
	"strings"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// inGroups are the groups of the United Nations in which the invented states would
// be. Who is not a donor is a recipient.
var inGroups = map[string]string{
	"QM": "african", "QN": "eastern-european", "QO": "western-european-and-other", "QP": "western-european-and-other", "QQ": "african",
	"QR": "african ldc sids", "QS": "latin-american-and-caribbean sids", "QT": "western-european-and-other", "QU": "eastern-european",
	"QV": "western-european-and-other", "QW": "african ldc sids", "QX": "eastern-european lldc", "QY": "asia-pacific ldc", "QZ": "african ldc",
	"XA": "asia-pacific lldc", "XB": "asia-pacific sids", "XC": "latin-american-and-caribbean lldc", "XD": "western-european-and-other",
	"XE": "asia-pacific", "XF": "asia-pacific ldc sids", "XG": "eastern-european", "XH": "asia-pacific ldc lldc", "XI": "african lldc",
	"XJ": "latin-american-and-caribbean", "XK": "eastern-european", "XL": "african ldc", "XM": "asia-pacific sids", "XN": "latin-american-and-caribbean",
	"XO": "latin-american-and-caribbean", "XP": "asia-pacific", "XQ": "latin-american-and-caribbean", "XR": "western-european-and-other",
	"XS": "african ldc lldc", "XT": "latin-american-and-caribbean ldc sids", "XU": "african", "XV": "asia-pacific ldc lldc", "XW": "african ldc",
	"XX": "african ldc lldc", "XY": "african ldc", "XZ": "african ldc lldc",
}

var donors = map[string]bool{"QO": true, "QP": true, "QT": true, "QV": true, "XD": true, "XR": true}

// kinds are those of the other stakeholders.
var kinds = map[string]string{workers: "workers", migrants: "migrants", cities: "local-authorities", employers: "employers"}

// constitute says who belongs to which constituency, and which states are in which
// groups.
func (st *story) constitute() {
	for _, code := range order(inGroups) {
		for _, g := range strings.Fields(inGroups[code]) {
			must(st.JoinGroup(st, st.administrator, domain.GroupTerm{Organisation: st.organisations[code], Group: charter.Group(g),
				From: st.day(founded), Note: "Invented, as the state is"}))
		}
		constituency := "recipients"
		if donors[code] {
			constituency = "donors"
		}
		since := founded
		if code == "QS" { // gave before it received, and sat for those who give
			since = rotation + 365
			st.belongUntil(code, "donors", "", founded, since+1)
		}
		st.belong(code, constituency, "", since)
	}
	for n, code := range participating {
		since := founded
		if code == wfp {
			since = rotation + 100
		}
		st.belong(code, "network", "", since)
		switch { // the Executive Committee: not all of the Network, and it changes
		case code == wfp:
			st.onCommittee(code, rotation+100, 0)
		case n < 6:
			st.onCommittee(code, founded, 0)
		case n == 6:
			st.onCommittee(code, founded, rotation+101)
		}
	}
	for _, code := range order(kinds) {
		st.belong(code, "stakeholders", kinds[code], founded)
	}
	st.belongUntil(foundation, "stakeholders", "", founded, rotation+366) // and left
}

func (st *story) belong(code, constituency, kind string, since int) {
	st.belongUntil(code, constituency, kind, since, 0)
}

// belongUntil has an organisation in a constituency to a last day, so many days ago; 0 is an open end.
func (st *story) belongUntil(code, constituency, kind string, since, until int) {
	b := domain.Belonging{Organisation: st.organisations[code], Constituency: constituency, Kind: kind, From: st.day(since), Note: "List kept by the secretariat"}
	if until > 0 {
		b.Until = st.day(until)
	}
	must(st.Admit(st, st.administrator, b))
}

// onCommittee has an organisation on the Executive Committee to a last day, so many days ago; 0 is an open end.
func (st *story) onCommittee(code string, since, until int) {
	b := domain.Belonging{Organisation: st.organisations[code], From: st.day(since), Note: "Note to the Secretary-General"}
	if until > 0 {
		b.Until = st.day(until)
	}
	must(st.JoinCommittee(st, st.administrator, b))
}
