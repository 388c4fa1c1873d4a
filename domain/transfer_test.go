package domain

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

var (
	rules  = charter.MustDefault()
	monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	today  = rules.Day(monday)
)

// Each row but the last breaks more than one rule: the first is the one told.
func TestReleaseSaysWhatIsMissing(t *testing.T) {
	ana, ben := Actor{Person: uuid.New()}, Actor{Person: uuid.New()}
	hand := func(by Actor) *Step { return &Step{by.Person, monday} }
	for _, c := range []struct {
		name             string
		stage            TransferStage
		signed, prepared *Step
		decision, mou    bool
		allocated        string
		by               Actor
		want             []error
	}{
		{"withdrawn, by the preparer", TransferWithdrawn, hand(ana), hand(ben), false, false, "0.00", ben, []error{ErrTransferStage}},
		{"released already", TransferReleased, hand(ana), hand(ben), true, false, "0.00", ana, []error{ErrTransferStage}},
		{"by the preparer, nothing else there", TransferPrepared, nil, hand(ben), false, false, "0.00", ben, []error{ErrOwnPreparation}},
		{"nothing there", TransferRequested, nil, nil, false, false, "99.99", ana, []error{ErrNoDecision, ErrNotSigned, ErrNotPrepared, ErrNoMOU, ledger.ErrInsufficient}},
		{"no memorandum, a cent short", TransferPrepared, hand(ana), hand(ben), true, false, "99.99", ana, []error{ErrNoMOU, ledger.ErrInsufficient}},
		{"all there", TransferPrepared, hand(ana), hand(ben), true, true, "100.00", ana, nil},
	} {
		r := TransferRequest{Stage: c.stage, Amount: usd("100.00"), Requested: Step{ana.Person, monday}, Signed: c.signed, Prepared: c.prepared,
			ProgrammeCode: "JP-1", OrganisationCode: "IOM", Version: 3}
		if c.stage == TransferReleased {
			r.Released = hand(ana)
		}
		if c.decision {
			r.Decision = uuid.New()
		}
		g := Grounds{State: ProgrammeActive, MOU: c.mou, Allocated: usd(c.allocated)}
		got, v, err := r.Release(c.by, g, rules, monday, today)
		if c.want == nil {
			if err != nil || got.Stage != TransferReleased || got.Version != 4 || v.Check() != nil || *got.ReleaseVoucher != v.ID {
				t.Errorf("%s: %v, %+v", c.name, err, got)
			}
			continue
		}
		if !errors.Is(err, c.want[0]) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want[0])
		}
		if missing := r.Missing(g, rules); len(c.want) > 1 && len(missing) != len(c.want) {
			t.Errorf("%s: missing %v, want %v", c.name, missing, c.want)
		}
		if slices.Contains(r.May(c.by, g, rules, monday, today), "transfer.release") {
			t.Errorf("%s: may be released, they are told", c.name)
		}
	}
}

func TestARequesterDoesNotSign(t *testing.T) {
	ana, ben := Actor{Person: uuid.New()}, Actor{Person: uuid.New()}
	r := TransferRequest{Stage: TransferRequested, Requested: Step{ana.Person, monday}, Version: 1}
	if _, err := r.Sign(ana, Grounds{}, monday); !errors.Is(err, ErrOwnRequest) {
		t.Errorf("%v", err)
	}
	signed, err := r.Sign(ben, Grounds{}, monday)
	if err != nil || signed.Stage != TransferSigned || signed.Version != 2 {
		t.Errorf("%v, %+v", err, signed)
	}
	if _, err := signed.Sign(ana, Grounds{}, monday); !errors.Is(err, ErrTransferStage) {
		t.Errorf("signed twice: %v", err)
	}
	withdrawn, err := signed.Withdraw()
	if err != nil {
		t.Error(err)
	}
	if _, err := withdrawn.Withdraw(); !errors.Is(err, ErrTransferStage) {
		t.Errorf("withdrawn twice: %v", err)
	}
}

// A reference fits the bank's field, and two of different programmes differ, though
// only their small letters or signs did.
func TestReferencesFitAndDiffer(t *testing.T) {
	form := regexp.MustCompile(`^[A-Z0-9]([A-Z0-9-]{0,33}[A-Z0-9])?$`)
	if got := (TransferBasis{ProgrammeCode: "MIG-JP-2026-001", OrganisationCode: "IOM"}).reference(); got != "MIG-JP-2026-001-IOM-1" {
		t.Error(got)
	}
	if got := (TransferBasis{ProgrammeCode: "x", ProjectNumber: "00140001", OrganisationCode: "IOM", Before: 2}).reference(); got != "00140001-IOM-3" {
		t.Error(got)
	}
	codes := rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,39}`)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) TransferBasis {
			return TransferBasis{ProgrammeCode: codes.Draw(t, name), OrganisationCode: codes.Draw(t, name+" org"), Before: rapid.IntRange(0, 9999).Draw(t, name+" n")}
		}
		one := draw("one")
		other := one
		other.ProgrammeCode = strings.ToLower(one.ProgrammeCode)
		for _, b := range []TransferBasis{one, other} {
			if ref := b.reference(); !form.MatchString(ref) || !strings.HasSuffix(ref, "-"+strconv.Itoa(b.Before+1)) {
				t.Fatalf("%+v is %s", b, ref)
			}
		}
		if one.ProgrammeCode != other.ProgrammeCode && one.reference() == other.reference() {
			t.Fatalf("%+v and %+v are both %s", one, other, one.reference())
		}
	})
}
