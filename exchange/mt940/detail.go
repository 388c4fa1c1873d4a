package mt940

import (
	"regexp"
	"strings"

	"startupfund/exchange/camt053"
)

// detail reads field 86 of a movement, out or in. Three ways of writing it are known:
// Germany's ?20, the Netherlands' /EREF/, and plain text.
func detail(lines []string, out bool) camt053.Detail {
	var d camt053.Detail
	var other camt053.Party
	whole := strings.Join(lines, "") // both coded forms are cut anywhere, at 65 characters
	switch {
	case german.MatchString(whole):
		other = subfields(whole, &d)
	case dutch.MatchString(whole):
		other = slashed(whole, &d)
	default:
		d.Text = said(lines)
	}
	if out {
		d.Creditor = other
	} else {
		d.Debtor = other
	}
	return d
}

// said is the lines that say something.
func said(lines []string) []string {
	var kept []string
	for _, s := range lines {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

var (
	german   = regexp.MustCompile(`^ ?[0-9]{3}\?[0-9]{2}`)
	subfield = regexp.MustCompile(`\?([0-9]{2})`)
	sepa     = regexp.MustCompile(`^(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE)\+`)
)

// full is the length of a subfield of remittance: one that is shorter ends its value.
const full = 27

// subfields reads the form of German banks (DFÜ-Abkommen, Anlage 3): ?20 to ?29 and
// ?60 to ?63 remittance, with SEPA's words in it; ?31 account; ?32 and ?33 name; ?38 IBAN.
func subfields(whole string, d *camt053.Detail) camt053.Party {
	var other camt053.Party
	var text strings.Builder
	word, goesOn := "", false
	at := subfield.FindAllStringSubmatchIndex(whole, -1)
	for i, m := range at {
		end := len(whole)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		value := whole[m[1]:end]
		switch code := whole[m[2]:m[3]]; {
		case code == "00":
			d.Info = strings.TrimSpace(value)
		case code >= "20" && code <= "29" || code >= "60" && code <= "63":
			long := len([]rune(value)) >= full
			switch w := sepa.FindStringSubmatch(value); {
			case w != nil:
				word, value = w[1], value[len(w[0]):]
			case !goesOn && word != "SVWZ":
				word = ""
			}
			if word == "EREF" {
				d.EndToEndID += value
			} else if word == "" || word == "SVWZ" {
				text.WriteString(value)
			}
			goesOn = long
		case code == "31" && other.Account == "", code == "38":
			other.Account = strings.TrimSpace(value)
		case code == "32", code == "33":
			other.Name += value
		}
	}
	d.EndToEndID, other.Name = strings.TrimSpace(d.EndToEndID), strings.TrimSpace(other.Name)
	if owners(d.EndToEndID) == "" {
		d.EndToEndID = ""
	}
	d.Text = said([]string{text.String()})
	return other
}

var (
	dutch = regexp.MustCompile(`^/(TRTP|EREF|BENM|ORDP|CSID|MARF|RTRN|IBAN|NAME|REMI|PREF|ACCW|NRTX)/`)
	slash = regexp.MustCompile(`/(TRTP|EREF|BENM|ORDP|CSID|MARF|RTRN|IBAN|BIC|NAME|REMI|PREF|NRTX|ISDT|ULTC|ULTD|ID)/`)
)

// slashed reads the words between slashes that Dutch banks write. What the payer wrote
// stands in REMI and goes to the end of the field or to the day of issue, so that nobody
// names himself or a reference by it.
func slashed(whole string, d *camt053.Detail) camt053.Party {
	var other camt053.Party
	remitted := ""
	if i := strings.Index(whole, "/REMI/"); i >= 0 {
		whole, remitted = whole[:i], whole[i+len("/REMI/"):]
		if j := strings.LastIndex(remitted, "/ISDT/"); j >= 0 {
			remitted = remitted[:j]
		}
	}
	at := slash.FindAllStringSubmatchIndex(whole, -1)
	for i, m := range at {
		end := len(whole)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		value := strings.Trim(whole[m[1]:max(m[1], end)], " /")
		switch code := whole[m[2]:m[3]]; {
		case code == "EREF" && d.EndToEndID == "":
			d.EndToEndID = owners(value)
		case code == "NAME" && other.Name == "":
			other.Name = value
		case code == "IBAN" && other.Account == "":
			other.Account = value
		case code == "RTRN":
			d.ReturnedFor = value
		}
	}
	d.Text = said([]string{strings.TrimSuffix(remitted, "/")})
	return other
}
