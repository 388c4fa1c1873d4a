# The words of README's walk: source this file, in the folder where the example fund runs.
# as NAME METHOD PATH [BODY]: one request by somebody of the example, by first name. What the answer's "id" is
# stands in $id afterwards and its version in $tag, which goes out as If-Match with what comes next.
FUND=${FUND:-http://127.0.0.1:8080}
PEOPLE=${FUND_DATA:-.fund}/example-people.json
JARS=$(mktemp -d)

as() {
    local who=$1 method=$2 path=$3 body=${4-} jar=$JARS/$1 type=application/json
    if [ ! -e "$jar" ]; then
        node -e 'const [who, file] = process.argv.slice(1); const p = JSON.parse(require("fs").readFileSync(file)).find(p => p.Email.startsWith(who));
            console.log(JSON.stringify({ email: p.Email, password: p.Password }))' "$who" "$PEOPLE" |
            curl -sS --fail-with-body -o /dev/null -c "$jar" -H 'Content-Type: application/json' -d @- "$FUND/api/v1/session" || return
    fi
    case $body in @*.xml) type=application/xml ;; esac
    set -- -sS --fail-with-body -b "$jar" -c "$jar" -D "$JARS/head" -o "$JARS/body" -X "$method" -H "Content-Type: $type"
    [ "$method" = GET ] || set -- "$@" -H "Idempotency-Key: $RANDOM$RANDOM$RANDOM$RANDOM"
    [ -z "$tag" ] || set -- "$@" -H "If-Match: $tag"
    [ -z "$body" ] || set -- "$@" --data-binary "$body"
    curl "$@" "$FUND/api/v1$path" || { echo "$who $method $path was refused:" >&2; cat "$JARS/body" >&2; echo >&2; return 1; }
    tag=$(sed -n 's/^[Ee][Tt]ag: *\(.*\)\r$/\1/p' "$JARS/head")
    id=$(pick 'x.id || ""')
    [ "$method" = GET ] || echo "$who: $method $path: $(head -n 1 "$JARS/head" | cut -d' ' -f2)"
}

# pick EXPRESSION: something of the last answer, which is x.
pick() { node -e 'let x = require("fs").readFileSync(process.argv[1], "utf8"); x = x ? JSON.parse(x) : {}; console.log(eval(process.argv[2]))' "$JARS/body" "$1"; }

# org CODE, points N, money AMOUNT, answers, met, today: what the walk's bodies are made of.
org() { (tag= ; as rohan GET "/organisations?limit=200" && pick "x.find(o => o.code === '$1').id"); }
points() { (tag= ; as astrid GET /charter && pick "JSON.stringify(Object.fromEntries(x.rules.scoring.criteria.map(c => [c.key, { points: $1 }])))"); }
money() { printf '{"amount": "%s", "currency": "USD"}' "$1"; }
answers() { echo '{"sdg_goals": ["8", "10"], "problem": "Young people meet with abuse on the way.", "approach": "Help stands along the road.", "results_in_brief": "Fewer are abused, and more know whom to ask.", "months": 18,
    "government_partners": [{"name": "Ministry of Youth", "level": "national"}, {"name": "Town of Soumba", "level": "local"}], "stakeholders": [{"name": "Those who came back", "kind": "migrants"}, {"name": "Bus companies", "kind": "employers"}]}'; }
met() { pick 'JSON.stringify(Object.fromEntries(x.checklist.map(c => [c.key, { mark: "met" }])))'; } # of the list that was read last
today=$(date -u +%F)

# statement REFERENCE: the bank's next statement, a camt.053 in which the walk's deposit, its fee and the payment
# under this transfer reference are booked; its file's name.
statement() {
    (tag= ; as rohan GET /bank-accounts; local account; account=$(pick 'x[0].number'); as rohan GET /bank-statements
    node -e 'const [ref, day, account, opening] = process.argv.slice(1), cents = BigInt(opening.replace(".", "")), text = n => `${n / 100n}.${String(n % 100n).padStart(2, "0")}`;
        const bal = (t, n) => `<Bal><Tp><CdOrPrtry><Cd>${t}</Cd></CdOrPrtry></Tp><Amt Ccy="USD">${text(n)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
        const entry = (n, way, e2e, what) => `<Ntry><Amt Ccy="USD">${text(n)}</Amt><CdtDbtInd>${way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt><BkTxCd/>` +
            `<NtryDtls><TxDtls><Refs><EndToEndId>${e2e}</EndToEndId></Refs><RmtInf><Ustrd>${what}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
        console.log(`<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>WALK</MsgId><CreDtTm>${day}T18:00:00Z</CreDtTm></GrpHdr><Stmt><Id>WALK-${day}</Id>` +
            `<CreDtTm>${day}T18:00:00Z</CreDtTm><FrToDt><FrDtTm>${day}T00:00:00Z</FrDtTm><ToDtTm>${day}T23:59:59Z</ToDtTm></FrToDt><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>USD</Ccy></Acct>` +
            bal("OPBD", cents) + bal("CLBD", cents + 21500000n) + entry(50000000n, "CRDT", "NOTPROVIDED", "Gift WALK-1") + entry(500000n, "DBIT", "NOTPROVIDED", "Fee WALK-1") + entry(28000000n, "DBIT", ref, "First tranche") +
            `</Stmt></BkToCstmrStmt></Document>`)' "$1" "$today" "$account" "$(pick 'x[0].closing.amount')" > "$JARS/statement.xml"; echo "@$JARS/statement.xml")
}
