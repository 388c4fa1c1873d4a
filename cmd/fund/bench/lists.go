package bench

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"startupfund/domain"
)

// reading is one list, search or filter that is measured, as somebody asks for it.
type reading struct {
	name, path string
	as         person
}

// timesAsked is how often each is asked for, atOnce by how many; large is a table of so
// many rows, and within what each must answer.
const (
	timesAsked = 200
	atOnce     = 2
	large      = 1000
	within     = 200 // ms at the 99th percentile, as the issue has it
)

// lists loads as many proposals as Size and measures every list, search and filter of
// them, over HTTP and as the person who would ask. Whether PostgreSQL reads a large table
// from end to end is asked twice: of the plan of each statement, explained with the values
// and settings that it ran with, and of the database's own statistics afterwards.
func lists(ctx context.Context, g *ground, o Options, r *Report) error {
	n := o.Size
	if n == 0 {
		n = 10_000
	}
	times := o.Times
	if times == 0 {
		times = timesAsked
	}
	f, err := g.fill(ctx, n)
	if err != nil {
		return err
	}
	r.Loaded = append(r.Loaded, f.loaded...)
	return g.measureLists(ctx, f, times, r)
}

func (g *ground) measureLists(ctx context.Context, f *filled, times int, r *Report) error {
	floor, _, err := storm(times*4, atOnce, func(i int) error {
		var ref string
		return g.db.QueryRow(ctx, `SELECT ref FROM proposals WHERE id = $1`, f.proposals[i*37%len(f.proposals)]).Scan(&ref)
	})
	if err != nil {
		return err
	}
	r.Notes = append(r.Notes, fmt.Sprintf("floor: a proposal's ref by its primary key through pgx, %d clients at once, as each reading; p50 %s ms, p99 %s ms", atOnce, short(floor.at(0.5)), short(floor.at(0.99))),
		fmt.Sprintf("each is asked for %d times over HTTP; a table is large from %d rows on", times, large))
	var slow, whole, plans int
	for _, q := range f.readings() {
		said, err := g.heard.during(func() error { return g.get(ctx, q) })
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		if err := g.settle(ctx, times); err != nil {
			return err
		}
		before, err := g.scans(ctx)
		if err != nil {
			return err
		}
		tables, n, err := g.readWhole(ctx, said, before)
		if err != nil {
			return err
		}
		plans += n
		if len(tables) > 0 {
			whole++
			r.Notes = append(r.Notes, fmt.Sprintf("a plan of %s reads all of %s", q.name, strings.Join(tables, ", ")))
		}
		spent, err := g.spent(ctx)
		if err != nil {
			return err
		}
		took, _, err := storm(times, atOnce, func(int) error { return g.get(ctx, q) })
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		now, err := g.spent(ctx)
		if err != nil {
			return err
		}
		database, program := (now.database-spent.database)/float64(times), (now.program-spent.program)/float64(times)
		if err := g.settle(ctx, times); err != nil {
			return err
		}
		after, err := g.scans(ctx)
		if err != nil {
			return err
		}
		g.say("%s: p50 %s ms, p99 %s ms, of a processor %s ms in the database and %s ms in the program, load %s", q.name, short(took.at(0.50)), short(took.at(0.99)),
			short(database), short(program), load())
		r.beside("p50: "+q.name, took.at(0.50), floor.at(0.50), 0, "ms")
		r.beside("p99: "+q.name, took.at(0.99), floor.at(0.99), within, "ms")
		r.add("processor, database: "+q.name, database, "ms")
		r.add("processor, program: "+q.name, program, "ms")
		for table, scans := range after {
			if scans > before[table] {
				slow++
				r.Notes = append(r.Notes, fmt.Sprintf("%s reads all of %s", q.name, table))
			}
		}
	}
	r.add("plans looked at", float64(plans), "")
	r.nought("readings with a plan that reads a large table from end to end", whole)
	r.nought("readings that read a large table from end to end", slow)
	return nil
}

func (g *ground) get(ctx context.Context, q reading) error {
	status, text, err := g.ask(ctx, q.as, "GET", q.path, nil, "")
	if err == nil && status != 200 {
		err = fmt.Errorf("%d %s", status, text)
	}
	return err
}

// settle waits until the sessions have told what they did.
func (g *ground) settle(ctx context.Context, times int) error {
	if times > 1 {
		time.Sleep(1200 * time.Millisecond)
	}
	_, err := g.db.Exec(ctx, `SELECT pg_stat_clear_snapshot()`)
	return err
}

// scans counts how often each large table was read from end to end.
func (g *ground) scans(ctx context.Context) (map[string]int64, error) {
	rows, err := g.db.Query(ctx, `SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = 'public' AND n_live_tup >= $1`, large)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		all[name] = n
	}
	return all, rows.Err()
}

// readings are the lists by their filters, orders and searches, each as asked by whoever would.
func (f *filled) readings() []reading {
	list := []reading{}
	add := func(as person, name, query string) {
		list = append(list, reading{name, "/proposals?limit=50&" + query, as})
	}
	for _, order := range []string{"ref", "title", "organisation", "state", "call", "area", "stage", "amount", "submitted"} {
		add(f.secretary, "the list by "+order, "sort=-"+order)
	}
	for _, x := range [][2]string{
		{"one stage", "stage=eligible"}, {"whose turn it is", "turn=secretariat"}, {"one call", "call=" + f.call}, {"one state", "state=" + f.state},
		{"a region", "region=002"}, {"an organisation", "organisation=" + f.organisation}, {"a partner", "partner=" + f.organisation},
		{"an area, by amount", "area=area-2&sort=-amount"}, {"an objective", "objective=7"}, {"a goal", "goal=8"}, {"a language, by title", "language=ar&sort=title"},
		{"late ones", "late=true"}, {"a range of amounts", "least=1500000.00&most=1600000.00&sort=amount"},
		{"a month of submissions", "from=2026-02-01&until=2026-02-28&sort=-submitted"}, {"six fields at once", "stage=submitted,eligible&area=area-1,area-2&scope=national&phase=concept&objective=2,7&sort=-amount"},
	} {
		add(f.secretary, "filter: "+x[0], x[1])
	}
	for _, x := range [][2]string{{"a rare word", f.rare}, {"a common word", "recruitment"}, {"two words", "fair recruitment"}, {"a phrase", `"fair recruitment"`}, {"the beginning of a word", "recruitm"},
		{"French", "travailleurs migrants"}, {"Spanish without accents", "migracion laboral"}, {"Arabic", "المهاجرين"}, {"Russian", "миграции"}, {"Chinese", "移民工人"}, {"one Chinese character", "移"},
		{"the beginning of a ref", "P-2026-01"}, {"a state's name", f.stateName}, {"a word that is nowhere", "xylophone"}} {
		add(f.secretary, "search: "+x[0], "q="+url.QueryEscape(x[1]))
	}
	for _, x := range [][2]string{{"who leads", "lead=" + f.organisation}, {"a marker", "marker=gender.2&sort=-amount"}, {"a target", "target=8.8"}, {"an assessor", "assessor=" + f.assessor}} {
		add(f.secretary, "filter: "+x[0], x[1])
	}
	add(f.member, "a member's filter: an assessor", "assessor="+f.assessor)
	add(f.secretary, "search: a common word in a filter", "q=recruitment&stage=eligible&sort=-amount")
	add(f.applicant, "an applicant's own", "sort=-submitted")
	add(f.applicant, "an applicant's search", "q=recruitment")
	add(f.focal, "a state's own", "sort=-amount")
	add(f.member, "a member's list", "sort=-submitted")
	add(f.member, "a member's search", "q=recruitment")
	add(f.auditor, "the auditor's list", "sort=-amount")
	for _, x := range [][2]string{{"of everything", ""}, {"under a filter", "stage=eligible&area=area-2"}, {"of a search", "q=recruitment"}, {"of a phrase", "q=" + url.QueryEscape(`"fair recruitment"`)}} {
		list = append(list, reading{"counts " + x[0], "/proposals/counts?" + x[1], f.secretary})
	}
	list = append(list, reading{"counts of a member", "/proposals/counts", f.member})
	list = append(list, reading{"counts of an applicant", "/proposals/counts", f.applicant})
	return list
}

// words are what the proposals of the bench are made of, by language.
var words = map[string][]string{
	"en": strings.Fields("fair recruitment of migrant workers their families municipalities train officials data on movement borders safe return reintegration children women remittances costs skills recognition consular protection health shelter"),
	"fr": strings.Fields("recrutement équitable des travailleurs migrants leurs familles les communes forment agents données frontières retour réintégration enfants femmes transferts coûts compétences reconnaissance protection consulaire santé"),
	"es": strings.Fields("contratación equitativa de trabajadores migrantes sus familias los municipios capacitan funcionarios datos fronteras retorno reintegración niños mujeres remesas costos migración laboral protección consular salud"),
	"ar": strings.Fields("توظيف عادل للعمال المهاجرين وأسرهم البلديات تدرب الموظفين بيانات الحدود العودة الطوعية إعادة الإدماج الأطفال النساء التحويلات التكاليف المهارات الحماية القنصلية الصحة"),
	"ru": strings.Fields("справедливый наём трудящихся мигрантов их семьи муниципалитеты обучают сотрудников данные о миграции границы возвращение реинтеграция дети женщины денежные переводы расходы навыки защита здоровье"),
	"zh": {"公平招聘", "移民工人", "及其家庭", "市政当局", "培训官员", "边境数据", "自愿返回", "重新融入", "儿童和妇女", "汇款成本", "技能认可", "领事保护", "卫生服务"},
}

var languages = []string{"en", "en", "en", "fr", "es", "ar", "ru", "zh"}

// states by ISO 3166, of every region.
var states = strings.Fields("KE NG SN GH ET MA EG TN ZA MZ PH BD NP LK TH ID VN KH JO LB CO EC PE MX GT HN SV BR CL AR MD UA AL BA RS GE AM TV FJ KI")

// sentence makes a text of so many words, the same each time.
func sentence(chance interface{ IntN(int) int }, language string, n int) string {
	glue := " "
	if language == "zh" {
		glue = ""
	}
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(glue)
		}
		if i%17 == 16 {
			b.WriteString("\n")
		}
		b.WriteString(words[language][chance.IntN(len(words[language]))])
	}
	return b.String()
}

var stagesOfBench = []domain.Stage{domain.Draft, domain.Submitted, domain.Submitted, domain.Eligible, domain.Eligible, domain.Ineligible, domain.Returned, domain.Approved, domain.Declined, domain.Withdrawn}
