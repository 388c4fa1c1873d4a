package document

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
)

// PagePolicy lets the printed page have its own style and nothing else: no script,
// no picture, nothing brought from anywhere.
var PagePolicy = onlyStyle + "; frame-ancestors 'none'"

// onlyStyle stands in the page too, for who prints it from a file.
var onlyStyle = func() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}()

// The foot of a sheet stands in the last row of a table that holds the whole: of
// what can be repeated on each sheet without a script, every browser repeats that.
const pageStyle = `@page{size:A4;margin:15mm}
body{margin:0 auto;max-width:180mm;color:#111;font:11pt/1.45 "Noto Sans","Noto Sans Arabic","Noto Sans CJK SC",Arial,sans-serif}
h1{font-size:19pt;line-height:1.25;margin:0 0 6mm}h2{font-size:14pt;color:#00519b;margin:8mm 0 2mm;break-after:avoid}
h3{font-size:11pt;margin:4mm 0 1mm;break-after:avoid}p{margin:0 0 2mm;overflow-wrap:anywhere;orphans:3;widows:3}
.quiet,dt,.source{color:#555;font-size:10pt}dl{margin:0}dt{break-after:avoid;margin-top:2mm}dd{margin:0}
table.grid{border-collapse:collapse;width:100%;font-size:9.5pt;margin:2mm 0 4mm}.grid caption{text-align:start;font-weight:bold;padding-bottom:1mm}
.grid th,.grid td{border:1px solid #999;padding:1mm 1.5mm;text-align:start;vertical-align:top;overflow-wrap:break-word;white-space:pre-line}.grid tr{break-inside:avoid}
.set{table-layout:fixed}.grid.set td,.grid.set th{overflow-wrap:anywhere}
[dir=rtl] .grid th,[dir=rtl] .grid td{text-align:right}[dir=ltr] .grid th,[dir=ltr] .grid td{text-align:left}
.grid .n.n{text-align:end;white-space:nowrap;direction:ltr;unicode-bidi:isolate}.grid tfoot{display:table-row-group;font-weight:bold}.grid thead{display:table-header-group}
.sheet{width:100%;border-collapse:collapse;table-layout:fixed}.sheet>tbody>tr>td,.sheet>tfoot>tr>td{padding:0}.sheet>tfoot{display:table-footer-group}
.foot{border-top:1px solid #999;color:#555;font-size:8pt;padding-top:1mm;overflow-wrap:anywhere}
.say{background:#fdf0d9;padding:3mm;margin:4mm 0}
@media screen{body{padding:8mm}}
@media print{.say{display:none}}`

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"lines": func(t Text) (lines []string) {
		for line := range strings.SplitSeq(t.Is, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		return lines
	},
	"style":  func() template.CSS { return pageStyle },
	"policy": func() string { return onlyStyle },
	"rtl":    func(language string) bool { return rightToLeft("", language) },
}).Parse(`<!doctype html><html lang="{{.Language}}" dir="{{if rtl .Language}}rtl{{else}}ltr{{end}}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{{policy}}"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title><style>{{style}}</style></head><body>
{{with .Say}}<p class="say">{{.}}</p>{{end}}<table class="sheet" role="presentation"><tbody><tr><td><main>
{{with .Source}}<p class="source">{{.}}</p>{{end}}<h1 dir="auto"{{with .TitleIn}} lang="{{.}}"{{end}}>{{.Title}}</h1>
{{range .Blocks}}{{if .Heading}}{{if eq .Level 2}}<h2>{{.Heading}}</h2>{{else}}<h3>{{.Heading}}</h3>{{end}}
{{else if .Table}}{{with .Table}}{{$n := .Amounts}}<table class="grid{{if .Widths}} set{{end}}">{{with .Caption}}<caption dir="auto">{{.}}</caption>{{end}}{{with .Widths}}<colgroup>{{range .}}<col width="{{.}}%">{{end}}</colgroup>{{end}}<thead><tr>{{range $i, $c := .Head}}<th scope="col"{{if and $n $i}} class="n"{{end}}>{{$c}}</th>{{end}}</tr></thead>
<tbody>{{range .Rows}}<tr>{{range $i, $c := .}}{{if $i}}<td dir="auto"{{if $n}} class="n"{{end}}>{{$c}}</td>{{else}}<th scope="row" dir="auto">{{$c}}</th>{{end}}{{end}}</tr>{{end}}</tbody>
{{with .Total}}<tfoot><tr>{{range $i, $c := .}}{{if $i}}<td{{if $n}} class="n"{{end}}>{{$c}}</td>{{else}}<th scope="row">{{$c}}</th>{{end}}{{end}}</tr></tfoot>{{end}}</table>{{end}}
{{else if .Facts}}<dl>{{range .Facts}}<dt>{{.Name}}</dt><dd>{{template "text" .Value}}</dd>{{end}}</dl>
{{else}}{{template "text" .Text}}{{end}}{{end}}
</main></td></tr></tbody><tfoot><tr><td><div class="foot">{{.Footer}}</div></td></tr></tfoot></table></body></html>
{{define "text"}}{{$t := .}}{{range lines .}}<p{{with $t.Language}} dir="auto" lang="{{.}}"{{end}}{{if $t.Quiet}} class="quiet"{{end}}>{{.}}</p>{{end}}{{end}}`))

// WritePage writes the document as one page of HTML, to be printed. say stands
// above it on the screen alone.
func WritePage(w io.Writer, d Document, say string) error {
	return page.Execute(w, struct {
		Document
		Say string
	}{d, say})
}
