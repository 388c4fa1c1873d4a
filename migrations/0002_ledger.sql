-- Money. A posting has one amount, so it cannot be out of balance; a voucher is the
-- postings of one act. docs/decisions/0001 and 0002 say why it is kept like this.
CREATE TABLE accounts (
    code      text PRIMARY KEY CONSTRAINT account_is_a_path CHECK (code ~ '^[a-z][a-z-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)+$'),
    currency  char(3) NOT NULL,
    opened_at timestamptz NOT NULL
);

CREATE TABLE vouchers (
    id        uuid PRIMARY KEY,
    number    bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT one_voucher_a_number UNIQUE,
    kind      text NOT NULL,
    booked_on date NOT NULL,
    value_on  date NOT NULL,
    posted_at timestamptz NOT NULL,
    memo      text NOT NULL,
    subject_kind text NOT NULL,
    subject   text NOT NULL,
    charter_version integer NOT NULL REFERENCES charters,
    reverses  uuid CONSTRAINT reversed_once UNIQUE REFERENCES vouchers,
    event     uuid NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT reversal_names_what_it_reverses CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
);
CREATE INDEX vouchers_by_booking ON vouchers (booked_on, number);
CREATE INDEX vouchers_by_subject ON vouchers (subject_kind, subject);

CREATE TABLE postings (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    voucher  uuid NOT NULL REFERENCES vouchers,
    n        smallint NOT NULL,
    giver    text NOT NULL REFERENCES accounts,
    taker    text NOT NULL REFERENCES accounts,
    amount   numeric(20, 3) NOT NULL CONSTRAINT posting_moves_more_than_zero CHECK (amount > 0 AND amount <> 'NaN'),
    currency char(3) NOT NULL,
    CONSTRAINT posting_has_its_place UNIQUE (voucher, n),
    CONSTRAINT two_accounts CHECK (giver <> taker),
    CONSTRAINT no_finer_than_the_currency CHECK (amount = trunc(amount, CASE
        WHEN currency IN ('BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','VND','VUV','XAF','XOF','XPF') THEN 0
        WHEN currency IN ('BHD','IQD','JOD','KWD','LYD','OMR','TND') THEN 3 ELSE 2 END))
);
CREATE INDEX postings_by_giver ON postings (giver, id);
CREATE INDEX postings_by_taker ON postings (taker, id);

-- A balance is kept only where somebody may be refused over it.
CREATE TABLE balances (
    account text PRIMARY KEY REFERENCES accounts,
    held    numeric(20, 3) NOT NULL,
    CONSTRAINT not_below_zero CHECK (held >= 0 AND held <> 'NaN')
);
SELECT append_only('accounts'), append_only('vouchers'), append_only('postings');

-- What each posting does to its two accounts.
CREATE VIEW entries AS
    SELECT p.id AS posting, p.voucher, p.taker AS account, p.amount, p.currency, v.kind, v.booked_on FROM postings p JOIN vouchers v ON v.id = p.voucher
    UNION ALL
    SELECT p.id, p.voucher, p.giver, -p.amount, p.currency, v.kind, v.booked_on FROM postings p JOIN vouchers v ON v.id = p.voucher;

-- Accounts of which nothing may be taken that is not there.
CREATE FUNCTION guarded(account text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT account ~ '^fund:(available|allocated|in-transit):'
$$;

-- One round trip posts a list of vouchers: rows first, balances last and in one
-- order, so that hot accounts are locked for as short as can be.
CREATE FUNCTION post_vouchers(list jsonb) RETURNS TABLE (id uuid, number bigint) LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE a record;
BEGIN
    INSERT INTO accounts (code, currency, opened_at)
        SELECT DISTINCT ON (x.account) x.account, x.currency, x.posted_at FROM (
            SELECT p->>'from' AS account, p->>'currency' AS currency, (v->>'posted_at')::timestamptz AS posted_at
                FROM jsonb_array_elements(list) v, jsonb_array_elements(v->'postings') p
            UNION ALL
            SELECT p->>'to', p->>'currency', (v->>'posted_at')::timestamptz
                FROM jsonb_array_elements(list) v, jsonb_array_elements(v->'postings') p) x
        WHERE NOT EXISTS (SELECT FROM accounts k WHERE k.code = x.account)
        ORDER BY x.account
        ON CONFLICT DO NOTHING;

    RETURN QUERY INSERT INTO vouchers AS w (id, kind, booked_on, value_on, posted_at, memo, subject_kind, subject, charter_version, reverses, event)
        SELECT (v->>'id')::uuid, v->>'kind', (v->>'booked_on')::date, (v->>'value_on')::date, (v->>'posted_at')::timestamptz, v->>'memo',
               v->>'subject_kind', v->>'subject', (v->>'charter_version')::integer, (v->>'reverses')::uuid, (v->>'event')::uuid
        FROM jsonb_array_elements(list) WITH ORDINALITY t (v, o) ORDER BY o
        RETURNING w.id, w.number;

    INSERT INTO postings (voucher, n, giver, taker, amount, currency)
        SELECT (v->>'id')::uuid, (q - 1)::smallint, p->>'from', p->>'to', (p->>'amount')::numeric, p->>'currency'
        FROM jsonb_array_elements(list) WITH ORDINALITY t (v, o), jsonb_array_elements(v->'postings') WITH ORDINALITY u (p, q)
        ORDER BY o, q;

    FOR a IN
        SELECT x.account, sum(x.amount) AS amount FROM (
            SELECT p->>'to' AS account, (p->>'amount')::numeric AS amount
                FROM jsonb_array_elements(list) v, jsonb_array_elements(v->'postings') p
            UNION ALL
            SELECT p->>'from', -(p->>'amount')::numeric
                FROM jsonb_array_elements(list) v, jsonb_array_elements(v->'postings') p) x
        WHERE guarded(x.account) GROUP BY x.account ORDER BY x.account
    LOOP
        UPDATE balances SET held = held + a.amount WHERE account = a.account;
        IF NOT FOUND THEN
            INSERT INTO balances (account, held) VALUES (a.account, a.amount)
                ON CONFLICT (account) DO UPDATE SET held = balances.held + EXCLUDED.held;
        END IF;
    END LOOP;
END $$;

-- An account keeps one currency: books in two would not add up.
CREATE FUNCTION posting_in_the_accounts_currency() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh JOIN accounts a ON a.code IN (fresh.giver, fresh.taker) WHERE a.currency <> fresh.currency) THEN
        RAISE EXCEPTION 'a posting in another currency than its account' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_keeps_its_currency';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER account_keeps_its_currency AFTER INSERT ON postings
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION posting_in_the_accounts_currency();
