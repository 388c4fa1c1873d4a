-- How an organisation's part of a programme is paid, where it is not as the charter has it. A
-- plan is never changed: a later one stands in its place.
CREATE TABLE tranche_plans (
    programme    uuid NOT NULL,
    organisation uuid NOT NULL,
    n            integer NOT NULL CONSTRAINT tranche_plans_are_counted CHECK (n > 0),
    parts        integer[] NOT NULL CONSTRAINT tranches_are_something CHECK (cardinality(parts) BETWEEN 1 AND 12 AND 1 <= ALL (parts)),
    reason       text NOT NULL CONSTRAINT tranche_plans_have_a_reason CHECK (reason <> ''),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT one_tranche_plan_after_another PRIMARY KEY (programme, organisation, n),
    CONSTRAINT tranches_of_a_share FOREIGN KEY (programme, organisation) REFERENCES programme_shares (programme, organisation)
);
SELECT append_only('tranche_plans');

-- What an organisation has ordered and not yet spent: a memorandum for the test before the
-- next tranche, in nobody's books.
ALTER TABLE expenditure_statements ADD committed numeric(20,3) NOT NULL DEFAULT 0
    CONSTRAINT commitments_are_provisional CHECK (committed = 0 OR committed > 0 AND NOT certified);
