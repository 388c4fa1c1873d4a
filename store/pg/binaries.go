package pg

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Binaries are the programs of one PostgreSQL: postgres and initdb in one folder.
type Binaries struct {
	Folder  string // without symbolic links
	Major   int    // 15
	Version string // "15.18"
	Package bool   // from the npm package, not installed on the machine
}

func (b Binaries) program(name string) string { return filepath.Join(b.Folder, name) }

// Major finds the binaries of one major version among those installed on the
// machine and in the npm package, with the sentence that says what is missing.
func Major(version int) (Binaries, error) { return choose(Options{Major: version}, 0) }

// choose takes the binaries for o: o.Folder's, or those of the version wanted, or
// the newest that is installed, or the npm package's. kept is the major version
// of the data, 0 where there are none yet.
func choose(o Options, kept int) (Binaries, error) {
	want := cmp.Or(kept, o.Major)
	if o.Folder != "" {
		return chosen(o, want)
	}
	var found []Binaries
	for _, f := range installed() {
		if b, err := inspect(f); err == nil {
			found = append(found, b)
		}
	}
	slices.SortStableFunc(found, func(a, b Binaries) int { return b.Major - a.Major })
	for _, f := range packaged(o.Packages) {
		if b, err := inspect(f); err == nil {
			found = append(found, b)
		}
	}
	for _, b := range found {
		if b.Major >= Oldest && (want == 0 || b.Major == want) {
			return b, nil
		}
	}
	return Binaries{}, notFound(found, kept, want)
}

func chosen(o Options, want int) (Binaries, error) {
	b, err := inspect(o.Folder)
	switch {
	case err != nil:
		return b, fmt.Errorf("FUND_POSTGRES is %s, which is not a folder with PostgreSQL's programs postgres and initdb: %w", o.Folder, err)
	case b.Major < Oldest:
		return b, fmt.Errorf("FUND_POSTGRES is %s, which holds PostgreSQL %s, and the fund needs %d or later", o.Folder, b.Version, Oldest)
	case want != 0 && b.Major != want:
		return b, fmt.Errorf("FUND_POSTGRES is %s, which holds PostgreSQL %s, and PostgreSQL %d is needed", o.Folder, b.Version, want)
	}
	return b, nil
}

func notFound(found []Binaries, kept, want int) error {
	var here []string
	for _, b := range found {
		here = append(here, "PostgreSQL "+b.Version+" in "+b.Folder)
	}
	switch {
	case kept != 0:
		return fmt.Errorf("the data are PostgreSQL %d's and its programs are not here (%s): install PostgreSQL %d, or set FUND_POSTGRES to its folder",
			kept, cmp.Or(strings.Join(here, ", "), "none are"), kept)
	case want != 0:
		return fmt.Errorf("PostgreSQL %d was not found (%s)", want, cmp.Or(strings.Join(here, ", "), "nor any other"))
	case len(found) > 0:
		return fmt.Errorf("%s is too old, the fund needs %d or later: install one, or run `make run` once, which brings one", strings.Join(here, ", "), Oldest)
	}
	return fmt.Errorf("no PostgreSQL was found: install it (Debian's package postgresql, %d or later), run `make run` once, which brings one, or set FUND_DATABASE_URL", Oldest)
}

// installed lists the folders where a machine keeps PostgreSQL, real paths, each once.
func installed() []string {
	var folders []string
	for _, f := range filepath.SplitList(os.Getenv("PATH")) {
		if p, err := filepath.EvalSymlinks(filepath.Join(f, "postgres")); err == nil {
			folders = append(folders, filepath.Dir(p))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql*/bin", "/usr/libexec/postgresql*",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin", "/opt/local/lib/postgresql*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		more, _ := filepath.Glob(pattern)
		folders = append(folders, more...)
	}
	for i, f := range folders {
		if real, err := filepath.EvalSymlinks(f); err == nil {
			folders[i] = real
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// packaged lists the folders of the npm package for this machine.
func packaged(modules []string) []string {
	if modules == nil {
		modules = above("frontend/node_modules")
	}
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	var folders []string
	for _, m := range modules {
		f := filepath.Join(m, "@embedded-postgres", runtime.GOOS+"-"+arch, "native", "bin")
		if _, err := os.Stat(filepath.Join(f, "postgres")); err == nil {
			folders = append(folders, f)
		}
	}
	return folders
}

// above lists the places of name in the working folder, in the program's, and in
// each folder over them.
func above(name string) []string {
	var places []string
	here, _ := os.Getwd()
	program, _ := os.Executable()
	for _, start := range []string{here, filepath.Dir(program)} {
		for f := start; ; f = filepath.Dir(f) {
			places = append(places, filepath.Join(f, name))
			if f == filepath.Dir(f) {
				break
			}
		}
	}
	return places
}

var versionForm = regexp.MustCompile(`\(PostgreSQL\) ((\d+)[.\w]*)`)

// inspect asks the programs in folder for their version. A postgres without the
// files it was installed with, such as one copied alone, is not one.
func inspect(folder string) (Binaries, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return Binaries{}, err
	}
	if folder, err = filepath.EvalSymlinks(folder); err != nil {
		return Binaries{}, errors.New("there is no such folder")
	}
	b := Binaries{Folder: folder}
	if b.Package, err = linkLibraries(filepath.Dir(folder)); err != nil {
		return Binaries{}, err
	}
	for _, name := range []string{"initdb", "postgres"} {
		said, err := exec.Command(b.program(name), "--version").Output()
		if err != nil {
			return Binaries{}, fmt.Errorf("%s does not run", name)
		}
		m := versionForm.FindStringSubmatch(string(said))
		if m == nil {
			return Binaries{}, fmt.Errorf("%s does not tell its version", name)
		}
		b.Version = m[1]
		b.Major, _ = strconv.Atoi(m[2])
	}
	if !complete(b) {
		return Binaries{}, errors.New("the files that belong to the programs are missing")
	}
	return b, nil
}

// complete looks for postgres.bki where the builds that we know keep it: it is
// what initdb reads first.
func complete(b Binaries) bool {
	home, major := filepath.Dir(b.Folder), strconv.Itoa(b.Major)
	for _, share := range []string{
		filepath.Join(home, "share"), filepath.Join(home, "share", "postgresql"), filepath.Join(home, "share", "postgresql@"+major),
		"/usr/share/postgresql/" + major, "/usr/share/postgresql" + major, "/usr/share/pgsql", "/usr/share/postgresql",
		filepath.Join(home, "..", "..", "share", "postgresql@"+major), filepath.Join(home, "..", "..", "share", "postgresql"+major),
	} {
		if _, err := os.Stat(filepath.Join(share, "postgres.bki")); err == nil {
			return true
		}
	}
	return false
}

// linkLibraries makes the symbolic links that the npm package cannot carry and
// would make after its installation, which `npm ci --ignore-scripts` leaves out.
// It tells whether native is that of an npm package.
func linkLibraries(native string) (bool, error) {
	list, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if err != nil {
		return false, nil // an installed PostgreSQL has no such list
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(list, &links); err != nil {
		return true, fmt.Errorf("%s/pg-symlinks.json: %w", native, err)
	}
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return true, fmt.Errorf("%s/pg-symlinks.json names a file outside the package", native)
		}
		home := filepath.Dir(native)
		to, err := filepath.Rel(filepath.Dir(filepath.Join(home, l.Target)), filepath.Join(home, l.Source))
		if err != nil {
			return true, err
		}
		if err := os.Symlink(to, filepath.Join(home, l.Target)); err != nil && !errors.Is(err, os.ErrExist) {
			return true, fmt.Errorf("the libraries in %s could not be linked: %w", native, err)
		}
	}
	return true, nil
}
