-- The agent's papers: contributions in, transfers out.

-- A standard administrative arrangement: the commitment of a contributor.
CREATE TABLE agreements (
    id              uuid PRIMARY KEY,
    ref             text NOT NULL CONSTRAINT one_agreement_a_ref UNIQUE,
    contributor     uuid NOT NULL REFERENCES organisations,
    amount          numeric(20, 3) NOT NULL CONSTRAINT commitment_is_positive CHECK (amount > 0),
    currency        char(3) NOT NULL,
    earmark         text NOT NULL DEFAULT '', -- a thematic area; '' is unearmarked
    fee_rate        numeric(9, 6) NOT NULL CONSTRAINT fee_rate_is_a_share CHECK (fee_rate >= 0 AND fee_rate < 1),
    signed_on       date NOT NULL,
    document        text NOT NULL DEFAULT '',
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);

CREATE TABLE agreement_instalments (
    agreement uuid NOT NULL REFERENCES agreements,
    n         integer NOT NULL CONSTRAINT instalments_count_from_one CHECK (n > 0),
    due_on    date NOT NULL,
    amount    numeric(20, 3) NOT NULL CONSTRAINT instalment_is_positive CHECK (amount > 0),
    PRIMARY KEY (agreement, n)
);

CREATE TABLE deposits (
    id              uuid PRIMARY KEY,
    agreement       uuid NOT NULL REFERENCES agreements,
    amount          numeric(20, 3) NOT NULL CONSTRAINT deposit_is_positive CHECK (amount > 0),
    fee             numeric(20, 3) NOT NULL CONSTRAINT fee_not_below_zero CHECK (fee >= 0 AND fee < amount),
    currency        char(3) NOT NULL,
    received_on     date NOT NULL,
    bank_reference  text NOT NULL DEFAULT '',
    voucher         uuid NOT NULL CONSTRAINT one_voucher_a_deposit UNIQUE REFERENCES vouchers,
    charter_version integer NOT NULL REFERENCES charters,
    at              timestamptz NOT NULL
);
CREATE INDEX deposits_by_agreement ON deposits (agreement);
SELECT append_only('deposits');

-- The memorandum of understanding that lets an organisation receive money.
CREATE TABLE mous (
    id           uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES organisations,
    ref          text NOT NULL,
    in_force     daterange NOT NULL CONSTRAINT mou_begins CHECK (NOT lower_inf(in_force) AND NOT isempty(in_force)),
    document     text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    CONSTRAINT one_mou_at_a_time EXCLUDE USING gist (organisation WITH =, in_force WITH &&)
);

-- A fund transfer request and what became of it: each step by another hand.
CREATE TABLE transfer_requests (
    id              uuid PRIMARY KEY,
    ref             text NOT NULL CONSTRAINT one_transfer_reference UNIQUE, -- the end-to-end id at the bank
    programme       uuid NOT NULL,
    organisation    uuid NOT NULL,
    decision        uuid NOT NULL REFERENCES decisions,
    amount          numeric(20, 3) NOT NULL CONSTRAINT transfer_is_positive CHECK (amount > 0),
    currency        char(3) NOT NULL,
    purpose         text NOT NULL DEFAULT '',
    stage           text NOT NULL CONSTRAINT known_transfer_stage CHECK (stage IN ('requested', 'signed', 'prepared', 'released', 'sent', 'withdrawn')),
    requested_by    uuid NOT NULL REFERENCES persons,
    requested_at    timestamptz NOT NULL,
    signed_by       uuid REFERENCES persons,
    signed_at       timestamptz,
    prepared_by     uuid REFERENCES persons,
    prepared_at     timestamptz,
    released_by     uuid REFERENCES persons,
    released_at     timestamptz,
    release_voucher uuid CONSTRAINT released_once UNIQUE REFERENCES vouchers,
    sent_by         uuid REFERENCES persons,
    sent_on         date,
    transfer_voucher uuid CONSTRAINT sent_once UNIQUE REFERENCES vouchers,
    charter_version integer NOT NULL REFERENCES charters,
    version         integer NOT NULL DEFAULT 1,
    FOREIGN KEY (programme, organisation) REFERENCES programme_shares,
    CONSTRAINT requester_does_not_sign CHECK (requested_by <> signed_by),
    CONSTRAINT preparer_does_not_release CHECK (prepared_by <> released_by),
    CONSTRAINT steps_in_order CHECK (
        (stage IN ('requested', 'withdrawn') OR signed_by IS NOT NULL) AND
        (stage NOT IN ('prepared', 'released', 'sent') OR prepared_by IS NOT NULL) AND
        (stage NOT IN ('released', 'sent') OR (released_by IS NOT NULL AND release_voucher IS NOT NULL)) AND
        (stage <> 'sent' OR (sent_on IS NOT NULL AND transfer_voucher IS NOT NULL)))
);
CREATE INDEX transfer_requests_by_stage ON transfer_requests (stage, ref);
CREATE INDEX transfer_requests_by_programme ON transfer_requests (programme, organisation);

-- The bank's side.
CREATE TABLE bank_accounts (
    id        uuid PRIMARY KEY,
    number    text NOT NULL CONSTRAINT one_bank_account_a_number UNIQUE, -- IBAN, or the bank's own
    name      text NOT NULL,
    currency  char(3) NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE bank_statements (
    id           uuid PRIMARY KEY,
    account      uuid NOT NULL REFERENCES bank_accounts,
    bank_ref     text NOT NULL,
    sequence     text NOT NULL DEFAULT '',
    from_on      date NOT NULL,
    to_on        date NOT NULL,
    opening      numeric(20, 3) NOT NULL,
    closing      numeric(20, 3) NOT NULL,
    file_hash    bytea NOT NULL,
    imported_by  uuid REFERENCES persons,
    imported_at  timestamptz NOT NULL,
    follows      uuid REFERENCES bank_statements,
    CONSTRAINT statement_imported_once UNIQUE (account, bank_ref),
    CONSTRAINT one_statement_follows_another UNIQUE (follows),
    CONSTRAINT statement_ends_after_it_begins CHECK (to_on >= from_on)
);
CREATE UNIQUE INDEX one_first_statement ON bank_statements (account) WHERE follows IS NULL;
SELECT append_only('bank_statements');

CREATE TABLE bank_lines (
    id            uuid PRIMARY KEY,
    statement     uuid NOT NULL REFERENCES bank_statements,
    n             integer NOT NULL,
    amount        numeric(20, 3) NOT NULL CONSTRAINT line_moves_something CHECK (amount <> 0), -- what came in; below zero where it went out
    currency      char(3) NOT NULL,
    booked_on     date NOT NULL,
    value_on      date NOT NULL,
    end_to_end    text NOT NULL DEFAULT '',
    bank_ref      text NOT NULL DEFAULT '',
    counterparty  text NOT NULL DEFAULT '',
    text          text NOT NULL DEFAULT '',
    CONSTRAINT line_has_its_place UNIQUE (statement, n)
);
CREATE INDEX bank_lines_by_date ON bank_lines (value_on, id);
SELECT append_only('bank_lines');

-- Lines and postings that are the same movement, why we say so, and how sure. Undone by
-- a row that says why: neither is ever taken back.
CREATE TABLE matches (
    id         uuid PRIMARY KEY,
    rule       text NOT NULL,           -- 'end-to-end-id', 'amount-date-party', 'by-hand', …
    confidence text NOT NULL CONSTRAINT known_confidence CHECK (confidence IN ('sure', 'likely', 'by-hand')),
    reason     text NOT NULL,
    lines      uuid[] NOT NULL,
    postings   bigint[] NOT NULL,
    person     uuid REFERENCES persons, -- none where a rule did it
    at         timestamptz NOT NULL
);
CREATE TABLE match_undoings (
    match  uuid PRIMARY KEY REFERENCES matches,
    reason text NOT NULL CONSTRAINT undoing_has_a_reason CHECK (reason <> ''),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('matches'), append_only('match_undoings');

-- What is matched now: a line and a posting stand in one match at most.
CREATE TABLE matched_lines (
    line  uuid CONSTRAINT line_matched_once PRIMARY KEY REFERENCES bank_lines,
    match uuid NOT NULL REFERENCES matches
);
CREATE TABLE matched_postings (
    posting bigint CONSTRAINT posting_matched_once PRIMARY KEY REFERENCES postings,
    match   uuid NOT NULL REFERENCES matches
);
CREATE INDEX matched_lines_by_match ON matched_lines (match);
CREATE INDEX matched_postings_by_match ON matched_postings (match);

-- A line that is not ours, or waits: with a reason.
CREATE TABLE line_notes (
    id     uuid PRIMARY KEY,
    line   uuid NOT NULL REFERENCES bank_lines,
    state  text NOT NULL CONSTRAINT known_line_state CHECK (state IN ('on-hold', 'another-fund', 'pending')),
    reason text NOT NULL,
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('line_notes');
