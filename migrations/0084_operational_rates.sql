-- The United Nations operational rates of exchange, as their monthly files say them: in
-- force from a day on, never overwritten. A later file that says another rate for the same
-- day stands beside the first and in its place; what was reckoned keeps the one it named.
CREATE TABLE rate_files (
    id     uuid PRIMARY KEY,
    hash   bytea NOT NULL CONSTRAINT rates_imported_once UNIQUE, -- SHA-256 of the file
    rates  integer NOT NULL CONSTRAINT rate_file_has_rates CHECK (rates > 0),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('rate_files');

CREATE TABLE operational_rates (
    currency     text NOT NULL CONSTRAINT rate_of_a_currency CHECK (currency ~ '^[A-Z]{3}$'),
    effective_on date NOT NULL,
    n            integer NOT NULL CONSTRAINT rates_count_from_one CHECK (n > 0), -- of those for this day, the last holds
    per_usd      numeric NOT NULL CONSTRAINT rate_is_positive CHECK (per_usd > 0 AND per_usd < 1e12 AND scale(per_usd) <= 9),
    file         uuid NOT NULL REFERENCES rate_files,
    PRIMARY KEY (currency, effective_on, n),
    CONSTRAINT the_dollar_is_one CHECK (currency <> 'USD' OR per_usd = 1)
);
CREATE INDEX rates_by_day ON operational_rates (effective_on);
SELECT append_only('operational_rates');
