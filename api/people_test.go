package api

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
	"startupfund/store/storetest"
)

func TestPeopleAndTheirRoles(t *testing.T) {
	s := newStory(t)
	adam := s.person("adam", "administrator", "MPTFO", "agent").String()
	s.person("audrey", "auditor", "OIOS", "un")
	s.person("cora", "coordinator", "IOM", "un")

	s.ask("cora", "POST", "/people", `{"email":"zoe@example.org","name":"Zoe"}`, "403 not-permitted")
	told := s.ask("cora", "GET", "/people", "", "403 not-permitted")
	if why := told.at("detail"); why != "You act as: Chair. Open to: Auditor, Administrator." || fmt.Sprint(told.JSON()["roles"]) != "[auditor administrator]" {
		t.Errorf("who may is told as %q, %v", why, told.JSON()["roles"])
	}
	if hat := s.ask("cora", "GET", "/session", "", "200"); hat.at("hat", "name") != "IOM" {
		t.Errorf("the hat is called %s", hat.at("hat", "name"))
	}
	s.ask("adam", "POST", "/people", `{"email":"Zoe <zoe@example.org>","name":" "}`, "422 bad-email")
	s.ask("adam", "POST", "/people", `{"email":"zoe@example.org","name":"Zoe\u0000"}`, "422 hidden-characters")
	zoe := s.ask("adam", "POST", "/people", `{"email":" Zoe@Example.ORG ","name":"Zoe  Q","language":"fr"}`, "201")
	id := zoe.at("person", "id")
	if zoe.at("person", "email") != "zoe@example.org" || zoe.at("person", "name") != "Zoe Q" || len(zoe.at("token")) != 64 {
		t.Errorf("made %s", zoe.raw)
	}
	s.ask("adam", "POST", "/people", `{"email":"ZOE@example.org","name":"Another"}`, "409 already-taken")

	// If-Match: nothing is written over unread.
	s.ask("adam", "PUT", "/people/"+id, `{"email":"zoe@example.org","name":"Zoe R"}`, "428 say-which-version")
	s.ask("adam", "PUT", "/people/"+id, `{"email":"zoe@example.org","name":"Zoe R"}`, "412 changed-since", ifMatch(`"7"`))
	s.ask("adam", "PUT", "/people/"+id, `{"email":"adam@example.org","name":"Zoe R"}`, "409 already-taken", ifMatch(zoe.tag()))
	s.ask("adam", "PUT", "/people/"+id, `{"email":"zoe@example.org","name":"Zoe R"}`, "200", ifMatch(zoe.tag()))

	iom := s.org("IOM", "un").String()
	role := func(role, capacity, from, until string) string {
		if until != "" {
			until = fmt.Sprintf(`,"until":%q`, until)
		}
		return fmt.Sprintf(`{"organisation":%q,"role":%q,"capacity":%q,"from":%q%s}`, iom, role, capacity, from, until)
	}
	roles := "/people/" + id + "/memberships"
	s.ask("adam", "POST", roles, role("operator", "", "2026-03-02", "2026-03-01"), "422 unknown-value")
	s.ask("adam", "POST", roles, role("public", "", "2026-03-02", ""), "422 unknown-value")
	s.ask("adam", "POST", roles, role("member", "", "2026-03-02", ""), "422 capacity-is-a-members")
	s.ask("adam", "POST", roles, role("auditor", "adviser", "2026-03-02", ""), "422 capacity-is-a-members")
	s.ask("adam", "POST", roles, role("auditor", "", "2026-03-02", "2026-03-01"), "422 term-ends-before-it-begins")
	s.ask("adam", "POST", roles, role("auditor", "", "2026-02-30", ""), "422 bad-day")
	s.ask("adam", "POST", roles, strings.Replace(role("auditor", "", "2026-03-02", ""), iom, uuid.NewString(), 1), "422 unknown-value")
	s.ask("adam", "POST", "/people/"+uuid.NewString()+"/memberships", role("auditor", "", "2026-03-02", ""), "404 not-found")
	m := s.ask("adam", "POST", roles, role("auditor", "", "2026-03-02", "2026-12-31"), "201").at("id")
	s.ask("adam", "POST", roles, role("auditor", "", "2026-12-31", ""), "409 role-held-already")
	s.ask("adam", "POST", roles, role("auditor", "", "2027-01-01", ""), "201")
	s.ask("adam", "POST", "/memberships/"+m+"/ending", `{"on":"2027-01-01"}`, "409 term-only-shortened")
	s.ask("adam", "POST", "/memberships/"+m+"/ending", `{"on":"2026-03-01"}`, "422 term-ends-before-it-begins")
	s.ask("adam", "POST", "/memberships/"+m+"/ending", `{"on":"2026-06-30"}`, "200")

	// Nobody gives themself a role, takes their own away, or shuts themself out.
	s.ask("adam", "POST", "/people/"+adam+"/memberships", role("coordinator", "", "2026-03-02", ""), "403 not-for-oneself")
	own := s.ask("adam", "GET", "/people/"+adam, "", "200").JSON()
	if may := fmt.Sprint(own["may"]); may != "[person.change person.invite]" {
		t.Errorf("adam may do %s to himself", may)
	}
	s.ask("adam", "POST", "/memberships/"+own["memberships"].([]any)[0].(map[string]any)["id"].(string)+"/ending", `{"on":"2026-03-02"}`, "403 not-for-oneself")
	s.ask("adam", "POST", "/people/"+adam+"/disabling", "", "403 not-for-oneself")

	// The auditor reads all of it and changes none.
	got := s.ask("audrey", "GET", "/people/"+id, "", "200")
	if fmt.Sprint(got.JSON()["may"]) != "[]" || len(got.JSON()["memberships"].([]any)) != 2 {
		t.Errorf("the auditor reads %s", got.raw)
	}
	page := s.ask("audrey", "GET", "/people?limit=3", "", "200")
	link := page.header.Get("Link")
	if len(page.List()) != 3 || !strings.Contains(link, "after=") {
		t.Fatalf("a page of three: %s, %s", page.raw, link)
	}
	rest := s.ask("audrey", "GET", strings.TrimPrefix(link[1:strings.Index(link, ">")], "/api/v1"), "", "200")
	if len(rest.List()) != 1 || rest.List()[0]["name"] != "Zoe R" || rest.header.Get("Link") != "" {
		t.Errorf("the last page: %s", rest.raw)
	}
	s.ask("audrey", "GET", "/people?limit=0", "", "422 malformed")
	s.ask("audrey", "GET", "/people?after=zoe", "", "422 malformed")
}

// S32: a link to choose a password is good once, for three days, until a later
// one takes its place; the fund keeps its hash.
func TestInvitations(t *testing.T) {
	s := newStory(t)
	s.person("adam", "administrator", "MPTFO", "agent")
	r := s.ask("adam", "POST", "/people", `{"email":"zoe@example.org","name":"Zoe"}`, "201")
	id, first := r.at("person", "id"), r.at("token")
	accept := func(token, password string) string { return fmt.Sprintf(`{"token":%q,"password":%q}`, token, password) }
	s.ask("", "POST", "/invitation", accept("x"+first[1:], goodPassword), "422 invitation-not-valid")
	s.ask("", "POST", "/invitation", accept("", goodPassword), "422 invitation-not-valid")
	s.ask("", "POST", "/invitation", accept(first, "short"), "422 password-too-short")
	s.ask("", "POST", "/invitation", accept(first, "zoe@example.org"), "422 password-too-common")

	second := s.ask("adam", "POST", "/people/"+id+"/invitation", "", "201").at("token")
	s.ask("", "POST", "/invitation", accept(first, goodPassword), "422 invitation-not-valid") // replaced
	s.Clock.Add(store.InvitationLasts)
	s.ask("", "POST", "/invitation", accept(second, goodPassword), "422 invitation-not-valid") // too old

	third := s.ask("adam", "POST", "/people/"+id+"/invitation", "", "201").at("token")
	s.Clock.Add(store.InvitationLasts - time.Second)
	s.ask("", "POST", "/invitation", accept(third, goodPassword), "204")
	s.ask("", "POST", "/invitation", accept(third, goodPassword), "422 invitation-not-valid") // used
	s.enters("zoe")

	// A forgotten password: the old one is good until the new one is chosen, and
	// then every session ends.
	fourth := s.ask("adam", "POST", "/people/"+id+"/invitation", "", "201").at("token")
	s.ask("zoe", "GET", "/session", "", "200")
	s.ask("", "POST", "/invitation", accept(fourth, "a quiet harbour town"), "204")
	s.ask("zoe", "GET", "/session", "", "401 sign-in-first")
	s.ask("", "POST", "/session", credentials("zoe@example.org", goodPassword), "401 wrong-email-or-password")

	fifth := s.ask("adam", "POST", "/people/"+id+"/invitation", "", "201").at("token")
	s.ask("adam", "POST", "/people/"+id+"/disabling", "", "204")
	s.ask("", "POST", "/invitation", accept(fifth, goodPassword), "422 invitation-not-valid") // shut out
	s.ask("adam", "POST", "/people/"+id+"/invitation", "", "409 person-disabled")
	var kept int
	must(t, s.DB.Raw(`SELECT count(*) FROM invitations WHERE encode(token_hash, 'escape') LIKE '%' || ? || '%' OR encode(token_hash, 'hex') = ?`, fifth, fifth).Row().Scan(&kept))
	if kept != 0 {
		t.Error("the token itself is kept")
	}
}

func TestOrganisationsAndSeats(t *testing.T) {
	s := newStory(t)
	s.person("adam", "administrator", "MPTFO", "agent")
	s.ask("", "POST", "/organisations", `{"code":"QMA","name":"Anland","kind":"state","iso3166":"QM"}`, "401 sign-in-first")
	for body, want := range map[string]string{
		`{"code":"a b","name":"","kind":"club"}`:                       "422 bad-code",
		`{"code":"QMA","name":"Anland","kind":"state"}`:                "422 state-and-code-differ",
		`{"code":"UNDP","name":"UNDP","kind":"un","iso3166":"QM"}`:     "422 state-and-code-differ",
		`{"code":"QMA","name":"Anland","kind":"state","iso3166":"qm"}`: "422 state-and-code-differ",
		`{"code":"QMA","name":"Anland","kind":"un","m49":"12"}`:        "422 unknown-value",
		`{"code":"QMA","name":"Anland","kind":"un","colour":"blue"}`:   "422 unknown-member",
		`{"code":"MPTFO","name":"Another MPTF Office","kind":"agent"}`: "409 already-taken",
	} {
		s.ask("adam", "POST", "/organisations", body, want)
	}
	r := s.ask("adam", "POST", "/organisations", `{"code":"QMA","name":"Anland","kind":"state","iso3166":"QM"}`, "201")
	path := "/organisations/" + r.at("id")
	s.ask("adam", "POST", "/organisations", `{"code":"QMB","name":"Benland","kind":"state","iso3166":"QM"}`, "409 already-taken")
	s.ask("adam", "PUT", path, `{"code":"OTHER","name":"The Republic of Anland","kind":"state","iso3166":"QM"}`, "200", ifMatch(r.tag()))
	s.ask("adam", "PUT", path, `{"code":"QMA","name":"Lost","kind":"state","iso3166":"QM"}`, "412 changed-since", ifMatch(r.tag()))
	if now := s.ask("", "GET", path, "", "200"); now.at("code") != "QMA" || now.at("name") != "The Republic of Anland" || fmt.Sprint(now.JSON()["may"]) != "[]" {
		t.Errorf("now it is %s", now.raw)
	}
	if list := s.ask("", "GET", "/organisations?limit=1", "", "200"); len(list.List()) != 1 || list.List()[0]["code"] != "MPTFO" || nextOf(list) == "" {
		t.Errorf("one of them: %s, %v", list.raw, list.header.Get("Link"))
	}

	must(t, s.DB.Exec(`INSERT INTO seat_terms (id, seat, organisation, term) SELECT gen_random_uuid(), id, ?, '[2025-01-01,2026-03-02]' FROM seats WHERE name = 'donors-2'`, r.at("id")).Error)
	for query, holder := range map[string]bool{"": true, "?on=2026-03-02": true, "?on=2026-03-03": false, "?on=2024-12-31": false} {
		list := s.ask("", "GET", "/seats"+query, "", "200").List()
		held := 0
		for _, seat := range list {
			if seat["holder"] != nil {
				held++
				if seat["name"] != "donors-2" {
					t.Errorf("on %q a seat that nobody was given is held: %v", query, seat)
				}
			}
		}
		if len(list) != 13 || (held == 1) != holder {
			t.Errorf("on %q the seats are %v", query, list)
		}
	}
	s.ask("", "GET", "/seats?on=tomorrow", "", "422 bad-day")
}

// S34: an empty fund is set up with the token of its console, once.
func TestSetUpOverHTTP(t *testing.T) {
	s := newStory(t)
	body := func(token string) string {
		return fmt.Sprintf(`{"token":%q,"fund":{"code":"TEST1","name":"A fund"},
			"administrator":{"email":"adam@example.org","name":"Adam","password":%q},
			"agent":{"code":"MPTFO","name":"MPTF Office"},"coordinator":{"code":"IOM","name":"IOM"},
			"bank_account":{"number":"CH93"},
			"opening":{"on":"2026-03-01","bank":{"amount":"1500.00","currency":"USD"},"available":[
				{"earmark":"area-2","amount":{"amount":"1400.00","currency":"USD"}},{"amount":{"amount":"100.00","currency":"USD"}}]}}`, token, goodPassword)
	}
	if r := s.ask("", "GET", "/setup", "", "200"); r.at("set_up") != "false" {
		t.Errorf("a fresh fund: %s", r.raw)
	}
	s.ask("", "POST", "/setup", body(""), "404 not-found") // no token was printed
	s.server.SetupToken = "printed-at-the-console"
	s.ask("", "POST", "/setup", body(""), "403 wrong-setup-token")
	s.ask("", "POST", "/setup", body("printed-at-the-consolE"), "403 wrong-setup-token")
	for change, want := range map[[2]string]string{
		{`"1400.00"`, `"1400.01"`}:                         "422 opening-not-covered",
		{`"1500.00"`, `"1500.001"`}:                        "422 too-many-decimals",
		{`"2026-03-01"`, `"2026-03-03"`}:                   "422 day-not-yet-come",
		{goodPassword, "password1234"}:                     "422 password-too-common",
		{`"code":"IOM"`, `"code":"MPTFO"`}:                 "422 same-code-twice",
		{`"number":"CH93"`, `"number":""`}:                 "422 required",
		{`"bank_account"`, `"charter":"x","bank_account"`}: "422 charter-invalid",
	} {
		r := s.send("", "POST", "/setup", strings.Replace(body("printed-at-the-console"), change[0], change[1], 1))
		if got := fmt.Sprint(r.status, " ", r.at("code")); got != want {
			t.Errorf("%v: %s, not %s", change, got, want)
		}
	}
	if r := s.ask("", "GET", "/setup", "", "200"); r.at("set_up") != "false" {
		t.Errorf("half of it was done: %s", r.raw)
	}
	s.ask("", "POST", "/setup", body("printed-at-the-console"), "201")
	s.ask("", "POST", "/setup", body("printed-at-the-console"), "409 already-set-up")
	if r := s.ask("", "GET", "/setup", "", "200"); r.at("fund", "code") != "TEST1" {
		t.Errorf("set up as %s", r.raw)
	}
	if r := s.enters("adam"); r.at("hat", "role") != "administrator" {
		t.Errorf("the first administrator is %s", r.raw)
	}
	balances := map[string]string{}
	rows, err := s.DB.Raw(`SELECT account, sum(amount)::text FROM entries GROUP BY account`).Rows()
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var account, held string
		must(t, rows.Scan(&account, &held))
		balances[account] = strings.TrimSuffix(held, "0")
	}
	for account, want := range map[string]string{"agent:bank:USD": "1500.00", "opening:balances": "-1500.00",
		"fund:available:area-2": "1400.00", "fund:available:unearmarked": "100.00", "fund:cover": "-1500.00"} {
		if balances[account] != want {
			t.Errorf("%s holds %s, not %s", account, balances[account], want)
		}
	}
	var role, person string
	must(t, s.DB.Raw(`SELECT role, coalesce(person::text, 'nobody') FROM events WHERE act = 'setup.do'`).Row().Scan(&role, &person))
	if role != string(domain.Operator) || person != "nobody" {
		t.Errorf("it was set up by %s %s", role, person)
	}
}

// A fund may begin under rules of its own, and with nothing in the bank.
func TestSetUpUnderItsOwnRules(t *testing.T) {
	s := newStory(t)
	in := domain.Setup{Code: "TEST1", Name: "A fund", Administrator: domain.Person{Email: "adam@example.org", Name: "Adam"}, Password: goodPassword,
		Agent: domain.Organisation{Code: "MPTFO", Name: "MPTF Office"}, Coordinator: domain.Organisation{Code: "IOM", Name: "IOM"},
		Bank: domain.BankDetails{Number: "CH93"}, Charter: bytes.Replace(charter.Default(), []byte("\nversion: 1\n"), []byte("\nversion: 2\n"), 1)}
	in.Opening.Bank.Currency = "USD"
	out, err := s.Init(context.Background(), in)
	must(t, err)
	c, err := s.Charter(context.Background(), domain.Console(), storetest.Start)
	must(t, err)
	if c.Version != 2 || out.Fund.Code != "TEST1" {
		t.Errorf("%d, %v", c.Version, out)
	}
	var vouchers, version int
	must(t, s.DB.Raw(`SELECT (SELECT count(*) FROM vouchers), (SELECT max(charter_version) FROM events WHERE act = 'setup.do')`).Row().Scan(&vouchers, &version))
	if vouchers != 0 || version != 2 {
		t.Errorf("%d vouchers, set up under version %d", vouchers, version)
	}
}
