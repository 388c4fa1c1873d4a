package charter

import "strings"

// unacted are the rules in force by which this program does nothing yet: people follow
// them, and the pages that show the rules say so. A part of a list's key is a *. Whoever
// makes the program act on one takes it out.
var unacted = []string{
	"/agent/minimum_contribution",
	"/agent/release_days_from",
	"/agent/account_cooling_off",
	"/agent/diligence",
	"/agent/payment_file",
	"/agent/two_persons", // two people are asked for, whatever it says
	"/agent/refund_tolerance",
	"/allocation/direct_costs_from",
	"/body/chair/office",
	"/interests/pool",
	"/proposals/markers/*/scale",
	"/reporting/consolidated_due",
	"/reporting/certified_due",
}

// Acted tells whether this program acts on the rule at a path, or only shows it.
func Acted(path string) bool {
	given := strings.Split(path, "/")
	for _, p := range unacted {
		if known := strings.Split(p, "/"); like(known, given) {
			return false
		}
	}
	return true
}

func like(known, given []string) bool {
	if len(known) != len(given) {
		return false
	}
	for i, k := range known {
		if k != "*" && k != given[i] {
			return false
		}
	}
	return true
}
