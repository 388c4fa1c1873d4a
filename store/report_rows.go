package store

import (
	"encoding/json"

	"github.com/google/uuid"

	"startupfund/domain"
)

// reportCase loads what a report of a programme is judged by. Locked holds the
// programme still, so that two acts on its reports wait for each other.
func (t *tx) reportCase(programme uuid.UUID, key string, locked bool) (f ProgrammeFile, g domain.ReportCase, err error) {
	if locked {
		f, err = t.programmeForUpdate(programme)
	} else {
		f, err = only(t.programmes(`j.id = ?`, programme))
	}
	if err != nil {
		return f, g, err
	}
	g.Programme = f.Programme
	if g.Proposal, err = t.proposalOf(f.Programme); err != nil {
		return f, g, err
	}
	if g.Charter, err = t.charterOf(f.CharterVersion); err != nil {
		return f, g, err
	}
	runs, err := t.runs([]ProgrammeFile{f})
	if err != nil {
		return f, g, err
	}
	g.Run = runs[f.ID]
	g.Due, _ = g.Run.Report(key, g.Charter.Reporting)
	g.Framework, err = t.frameworkOf(f.Programme)
	return f, g, err
}

// withReport adds to a case what hangs on the report itself.
func (t *tx) withReport(g *domain.ReportCase, r domain.Report) (err error) {
	if r.ID == uuid.Nil {
		return nil
	}
	if g.Files, err = t.standingFiles("report", r.ID); err != nil {
		return err
	}
	if err := t.Raw(`SELECT created_by FROM reports WHERE id = ? UNION SELECT person FROM report_versions WHERE report = ?`, r.ID, r.ID).Scan(&g.Writers).Error; err != nil {
		return err
	}
	return t.Raw(`SELECT coalesce((SELECT late FROM report_versions WHERE report = ? AND n = 1), 0)`, r.ID).Row().Scan(&g.Late)
}

type keptReached struct {
	Value string `json:"value"`
	Note  string `json:"note"`
}

// reportRow finds a report of a programme by its key; one with no id where nobody
// began it.
func (t *tx) reportRow(condition string, args ...any) (r domain.Report, err error) {
	rows, err := t.Raw(`SELECT id, programme, key, language, results, outputs, answers, form, state, submission, version, created_at, updated_at
		FROM reports WHERE `+condition, args...).Rows()
	if err != nil {
		return r, err
	}
	defer rows.Close()
	if !rows.Next() {
		return r, rows.Err()
	}
	var results, outputs, answers []byte
	if err := rows.Scan(&r.ID, &r.Programme, &r.Key, &r.Language, &results, &outputs, &answers, &r.Form, &r.State, &r.Submission, &r.Version, &r.CreatedAt, &r.UpdatedAt); err != nil {
		return r, err
	}
	kept := map[string]keptReached{}
	for _, x := range []struct {
		from []byte
		to   any
	}{{results, &kept}, {outputs, &r.Outputs}, {answers, &r.Answers}} {
		if err := json.Unmarshal(x.from, x.to); err != nil {
			return r, err
		}
	}
	r.Results = map[string]domain.Reached{}
	for key, x := range kept {
		r.Results[key] = domain.Reached(x)
	}
	return r, rows.Err()
}

func (t *tx) keepReport(r domain.Report) error {
	kept := map[string]keptReached{}
	for key, x := range r.Results {
		kept[key] = keptReached(x)
	}
	var written [3]string
	for i, v := range []any{kept, r.Outputs, r.Answers} {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if written[i] = string(b); written[i] == "null" {
			written[i] = "{}"
		}
	}
	return t.Exec(`UPDATE reports SET language = ?, results = ?, outputs = ?, answers = ?, state = ?, submission = ?, version = ?, updated_at = ? WHERE id = ?`,
		r.Language, written[0], written[1], written[2], string(r.State), r.Submission, r.Version, r.UpdatedAt, r.ID).Error
}

func (t *tx) reportVersions(id uuid.UUID) (list []ReportVersionRecord, err error) {
	rows, err := t.Raw(`SELECT v.n, v.content, v.content_hash, v.due_on, v.late, v.person, v.at, p.name FROM report_versions v JOIN persons p ON p.id = v.person
		WHERE v.report = ? ORDER BY v.n`, id).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v ReportVersionRecord
		var content string
		if err := rows.Scan(&v.N, &content, &v.Hash, &v.Due, &v.Late, &v.Person, &v.At, &v.By); err != nil {
			return nil, err
		}
		v.Content = []byte(content)
		list = append(list, v)
	}
	return list, rows.Err()
}

func (t *tx) reportFindings(id uuid.UUID) (list []ReportFindingRecord, err error) {
	rows, err := t.Raw(`SELECT f.n, f.outcome, f.remark, f.person, f.at, p.name,
			coalesce((SELECT jsonb_agg(jsonb_build_object('Section', x.section, 'Todo', x.todo) ORDER BY x.number) FROM report_points x WHERE x.report = f.report AND x.n = f.n), '[]')
		FROM report_findings f JOIN persons p ON p.id = f.person WHERE f.report = ? ORDER BY f.n DESC`, id).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f ReportFindingRecord
		var points []byte
		if err := rows.Scan(&f.N, &f.Outcome, &f.Remark, &f.Person, &f.At, &f.By, &points); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(points, &f.Points); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

func (t *tx) reportByID(id uuid.UUID, lock bool) (domain.Report, domain.ReportCase, error) {
	r, err := t.reportRow(`id = ?`, id)
	if err == nil && r.ID == uuid.Nil {
		err = domain.ErrMissing
	}
	if err != nil {
		return r, domain.ReportCase{}, err
	}
	_, g, err := t.reportCase(r.Programme, r.Key, lock)
	if err == nil && lock { // it may have been handed in while the programme was waited for
		r, err = t.reportRow(`id = ?`, id)
	}
	return r, g, err
}
