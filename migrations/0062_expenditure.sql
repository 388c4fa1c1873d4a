-- What participating organisations state as spent of a programme's money, by year and budget
-- line. A statement is never changed: a later one of the year stands in its place, and a
-- certified one is in the books once the agent has taken it.
CREATE TABLE expenditure_statements (
    id              uuid PRIMARY KEY,
    programme       uuid NOT NULL,
    organisation    uuid NOT NULL,
    year            integer NOT NULL CONSTRAINT expenditure_has_a_year CHECK (year BETWEEN 1990 AND 2200),
    n               integer NOT NULL CONSTRAINT expenditure_is_counted CHECK (n > 0),
    certified       boolean NOT NULL,
    officer         text NOT NULL CONSTRAINT certified_by_somebody CHECK (NOT certified OR officer <> ''), -- who certified it at the organisation
    explanation     text NOT NULL,
    language        text NOT NULL CONSTRAINT explanations_have_a_language CHECK (explanation = '' OR language ~ '^[a-z]{2}$'),
    currency        text NOT NULL,
    charter_version integer NOT NULL REFERENCES charters,
    person          uuid NOT NULL REFERENCES persons,
    at              timestamptz NOT NULL,
    CONSTRAINT expenditure_of_a_share FOREIGN KEY (programme, organisation) REFERENCES programme_shares (programme, organisation),
    CONSTRAINT one_statement_of_expenditure_after_another UNIQUE (programme, organisation, year, n)
);
SELECT append_only('expenditure_statements');

CREATE TABLE expenditure_lines (
    statement uuid NOT NULL REFERENCES expenditure_statements,
    line      text NOT NULL CONSTRAINT expenditure_has_a_line CHECK (line <> ''),
    amount    numeric(20,3) NOT NULL, -- below zero where a year before is put right
    PRIMARY KEY (statement, line)
);
SELECT append_only('expenditure_lines');

-- The agent's word on a certified one.
CREATE TABLE expenditure_findings (
    statement uuid PRIMARY KEY REFERENCES expenditure_statements,
    accepted  boolean NOT NULL,
    reason    text NOT NULL CONSTRAINT returned_with_a_reason CHECK (accepted OR reason <> ''),
    voucher   uuid CONSTRAINT one_statement_of_expenditure_a_voucher UNIQUE REFERENCES vouchers, -- none where nothing was spent
    person    uuid NOT NULL REFERENCES persons,
    at        timestamptz NOT NULL,
    CONSTRAINT only_what_is_taken_is_booked CHECK (accepted OR voucher IS NULL)
);
SELECT append_only('expenditure_findings');
