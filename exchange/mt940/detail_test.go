package mt940

import (
	"strings"
	"testing"
)

// Field 86 in the ways it is known to be written. What a payer may write names nobody
// and is no reference of ours.
func TestDetail(t *testing.T) {
	for name, c := range map[string]struct{ field, want string }{ // end to end|name|account|text
		"plain":                        {"from the ministry\n\nfor migrants", "|||from the ministry/for migrants"},
		"a question in plain text":     {"paid? yes ?20", "|||paid? yes ?20"},
		"Germany's":                    {"166?00X?20EREF+E-1?21SVWZ+for ?22migrants?31DE1?32Mini?33stry", "E-1|Ministry|DE1|for migrants"},
		"a reference over two":         {"166?20EREF+1234567890123456789012?213456?22SVWZ+a", "12345678901234567890123456|||a"},
		"a short one ends":             {"166?20EREF+E-1?21GUTSCHRIFT", "E-1|||GUTSCHRIFT"},
		"none is none":                 {"166?20EREF+NOTPROVIDED?21SVWZ+a", "|||a"},
		"an IBAN beside a number":      {"166?20a?311234?38DE1", "||DE1|a"},
		"the Netherlands'":             {"/TRTP/X/IBAN/NL1/NAME/Eta/EREF/E-1/REMI/text/ISDT/2026", "E-1|Eta|NL1|text"},
		"a payer who names another":    {"/TRTP/X/REMI/a /NAME/Quimera/IBAN/NL1/EREF/E-1/ISDT/2026", "|||a /NAME/Quimera/IBAN/NL1/EREF/E-1"},
		"no reference in Dutch either": {"/EREF/NOTPROVIDED/NAME/Eta", "|Eta||"},
	} {
		d := detail(strings.Split(c.field, "\n"), false)
		if got := d.EndToEndID + "|" + d.Debtor.Name + "|" + d.Debtor.Account + "|" + strings.Join(d.Text, "/"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if d := detail([]string{"/NAME/Eta"}, true); d.Creditor.Name != "Eta" || d.Debtor.Name != "" {
		t.Errorf("%+v", d)
	}
}
