package pg

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// pretend writes a folder with an initdb and a postgres that only tell a version.
func pretend(t *testing.T, version string) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "bin")
	share := filepath.Join(filepath.Dir(bin), "share")
	for _, f := range []string{bin, share} {
		if err := os.MkdirAll(f, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for path, content := range map[string]string{
		filepath.Join(bin, "postgres"):       "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n",
		filepath.Join(bin, "initdb"):         "#!/bin/sh\necho 'initdb (PostgreSQL) " + version + "'\n",
		filepath.Join(share, "postgres.bki"): "",
	} {
		if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

func TestWhatIsWrongIsSaidInOneSentence(t *testing.T) {
	written := func(version string) string {
		data := folder(t)
		if err := os.MkdirAll(filepath.Join(data, "postgres"), 0o700); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(data, "postgres", "PG_VERSION"), []byte(version+"\n"), 0o600)
		return data
	}
	alone := pretend(t, "17.2")
	os.RemoveAll(filepath.Join(filepath.Dir(alone), "share"))
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o600)

	for _, row := range []struct {
		name  string
		o     Options
		words []string
	}{
		{"no such folder", Options{Data: folder(t), Folder: "/nowhere"}, []string{"FUND_POSTGRES", "/nowhere", "no such folder"}},
		{"nothing in it", Options{Data: folder(t), Folder: t.TempDir()}, []string{"FUND_POSTGRES", "initdb does not run"}},
		{"copied alone", Options{Data: folder(t), Folder: alone}, []string{"FUND_POSTGRES", "missing"}},
		{"too old", Options{Data: folder(t), Folder: pretend(t, "13.4")}, []string{"PostgreSQL 13.4", "15 or later"}},
		{"too old and not the data's", Options{Data: written("12"), Folder: pretend(t, "13.4")}, []string{"PostgreSQL 13.4", "15 or later"}},
		{"not the data's", Options{Data: written("18"), Folder: pretend(t, "17.2")}, []string{"17.2", "PostgreSQL 18"}},
		{"not the data's nor the one asked for", Options{Data: written("99"), Major: 98}, []string{"data are PostgreSQL 99's", "install PostgreSQL 99"}},
		{"not the one asked for", Options{Data: folder(t), Major: 98}, []string{"PostgreSQL 98 was not found"}},
		{"data of nobody's", Options{Data: written("new")}, []string{"PG_VERSION"}},
		{"data is a file", Options{Data: file}, []string{file}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s, err := Start(t.Context(), row.o)
			if err == nil {
				s.Stop(t.Context())
			}
			sentence(t, err, row.words...)
		})
	}
}

func TestNothingFoundSaysWhatToDo(t *testing.T) {
	sentence(t, notFound(nil, 0, 0), "no PostgreSQL", "15 or later", "make run", "FUND_DATABASE_URL")
	old := []Binaries{{Folder: "/old", Version: "11.1", Major: 11}}
	sentence(t, notFound(old, 0, 0), "PostgreSQL 11.1 in /old", "too old", "15 or later", "make run")
	sentence(t, oldEnough("FUND_DATABASE_URL", 14), "PostgreSQL 14", "15 or later")
	if err := oldEnough("FUND_DATABASE_URL", 15); err != nil {
		t.Error(err)
	}
}

func TestFaultNamesTheFirstComplaint(t *testing.T) {
	s := &Server{o: Options{Data: ".fund"}}
	for _, row := range []struct {
		said  string
		err   error
		words string
	}{
		{"running bootstrap\ninitdb: removing data directory\ninitdb: error: could not do it\n", nil, "could not do it"},
		{"LOG:  x\n2026 UTC [7] FATAL:  lock file is bad\nHINT:  y\n", errExited, "lock file is bad"},
		{"FATAL:  could not write lock file: No space left on device\n", nil, "disk that holds .fund is full"},
		{"", errExited, "said nothing"},
		{"", syscall.ENOSPC, "disk that holds .fund is full"},
	} {
		sentence(t, s.fault("start", row.said, row.err), row.words)
	}
}

func TestRootThatMayNotPassIsToldWhatToSet(t *testing.T) {
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	uid, _ := owner(closed)
	if (identity{drop: true, uid: uid}).enters(closed) == false {
		t.Error("the owner may enter")
	}
	if (identity{drop: true, uid: uid + 1, gid: 99999}).enters(closed) {
		t.Error("another may not enter")
	}
	id := identity{drop: true, uid: uid + 1, gid: 99999}
	switch err := id.reach(filepath.Join(closed, "fund")); {
	case len(passThrough()) > 0:
		if err != nil || len(id.ambient) != 1 {
			t.Errorf("%v, with the right %v", err, id.ambient)
		}
	case err == nil:
		t.Error("no error")
	default:
		sentence(t, err, "root", closed, "FUND_DATA")
	}
}

func TestPackageIsGivenItsLinks(t *testing.T) {
	for _, row := range []struct{ list, link, to, fault string }{
		{`[{"source":"native/lib/a.so.1.2","target":"native/lib/a.so.1"}]`, "lib/a.so.1", "a.so.1.2", ""},
		{`[{"source":"native/a","target":"../../b"}]`, "", "", "outside"},
		{`[{"source":"/etc/passwd","target":"native/b"}]`, "", "", "outside"},
		{`[{`, "", "", "pg-symlinks.json"},
	} {
		native := filepath.Join(t.TempDir(), "native")
		os.MkdirAll(filepath.Join(native, "lib"), 0o755)
		os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(row.list), 0o600)
		for range 2 { // the second time the link is there
			_, err := linkLibraries(native)
			if row.fault != "" {
				sentence(t, err, row.fault)
			} else if err != nil {
				t.Error(err)
			}
		}
		if to, _ := os.Readlink(filepath.Join(native, row.link)); to != row.to {
			t.Errorf("%s: the link leads to %q", row.list, to)
		}
	}
}

func TestPassingComplaints(t *testing.T) {
	for said, want := range map[string]bool{
		"FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use": true,
		`FATAL:  lock file "postmaster.pid" already exists`:                      true,
		"FATAL:  data directory has wrong ownership":                             false,
	} {
		if passing(said) != want {
			t.Errorf("%s: %v", said, !want)
		}
	}
}
