package domain

import (
	"errors"
	"strings"
	"testing"
)

func TestWhatIsLookedForIsTakenApart(t *testing.T) {
	for _, x := range []struct{ text, words, chinese, pairs, ref string }{
		{"  Safe   recruitment!", "Safe recruitment", "", "", ""},
		{`"fair work" -Kenya & (x | y):*`, "fair work Kenya x y", "", "", ""},
		{"安全移民 IOM", "IOM", "安全移民", "安全 全移 移民", ""},
		{"移", "", "移", "移:*", ""},
		{"p-2026-01", "p 2026 01", "", "", "P-2026-01"},
		{"CALL-2026-01/P-2026-014/1", "CALL 2026 01 P 2026 014 1", "", "", "P-2026-014"},
		{"P-x", "P x", "", "", ""},
	} {
		s, err := Seek(x.text)
		if err != nil || strings.Join(s.Words, " ") != x.words || strings.Join(s.Chinese, " ") != x.chinese ||
			strings.Join(s.Pairs(), " ") != x.pairs || s.Ref != x.ref {
			t.Errorf("%s: %+v %v %v", x.text, s, s.Pairs(), err)
		}
	}
	if s, err := Seek("  "); err != nil || !s.Nothing() {
		t.Errorf("nothing: %v %v", s, err)
	}
	if _, err := Seek("?!"); !errors.Is(err, ErrNothingToSeek) {
		t.Errorf("marks alone: %v", err)
	}
	if _, err := Seek(strings.Repeat("я", longestSought+1)); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
}

func TestExcerptMarksWhatWasFound(t *testing.T) {
	far := strings.Repeat("nothing of it here, ", 30)
	for _, x := range []struct{ looked, body, want string }{
		{"migration", "On Migrations and labour.", "On [Migrations] and labour."},
		{"migracion", "La migración laboral\nsegura", "La [migración] laboral segura"},
		{"المهاجرين", "تدريب للناس والمهاجرون في المدينة", "تدريب للناس [والمهاجرون] في المدينة"},
		{"миграция", "О миграции и труде", "О [миграции] и труде"},
		{"移民", "安全的移民工人", "安全的[移民]工人"},
		{"work", far + "fair work here " + far, "… nothing of it here, nothing of it here, nothing of it here, nothing of it here, fair [work] here nothing of it here, nothing of it here, nothing of it here, nothing of it here, …"},
		{"work", "nothing", ""},
		{"it", "iterate <b>it</b>", "[iterate] <b>[it]</b>"},
	} {
		s, err := Seek(x.looked)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, p := range s.Excerpt(x.body) {
			if p.Found {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if got.String() != x.want {
			t.Errorf("%s:\n got %s\nwant %s", x.looked, got.String(), x.want)
		}
	}
}

func TestEveryStageWaitsOnOne(t *testing.T) {
	n := 0
	for _, w := range Turns {
		n += len(w.Stages())
	}
	if n != len(stages) || len(Turn("chair").Stages()) != 0 {
		t.Errorf("%d of %d stages", n, len(stages))
	}
}
