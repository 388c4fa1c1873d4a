-- What the body granted beyond the cash at hand, on instalments that were signed for. It is
-- in no account: it is allocated when the money comes, the oldest decision first.
CREATE TABLE awaited_cover (
    decision     uuid NOT NULL REFERENCES decisions,
    n            integer NOT NULL CONSTRAINT awaited_cover_is_counted CHECK (n > 0),
    programme    uuid NOT NULL,
    organisation uuid NOT NULL,
    earmark      text NOT NULL CONSTRAINT awaited_cover_has_an_earmark CHECK (earmark <> ''),
    amount       numeric(20, 3) NOT NULL CONSTRAINT awaited_cover_is_positive CHECK (amount > 0),
    remaining    numeric(20, 3) NOT NULL CONSTRAINT covered_once CHECK (remaining BETWEEN 0 AND amount),
    at           timestamptz NOT NULL,
    PRIMARY KEY (decision, n),
    CONSTRAINT awaited_cover_of_a_share FOREIGN KEY (programme, organisation) REFERENCES programme_shares (programme, organisation)
);
CREATE INDEX awaited_cover_that_waits ON awaited_cover (earmark) WHERE remaining > 0;
CREATE INDEX awaited_cover_by_programme ON awaited_cover (programme, organisation);

-- What became of it: allocated by a voucher, or given up without one.
CREATE TABLE awaited_cover_moves (
    decision uuid NOT NULL,
    n        integer NOT NULL,
    move     integer NOT NULL CONSTRAINT cover_moves_are_counted CHECK (move > 0),
    amount   numeric(20, 3) NOT NULL CONSTRAINT cover_move_is_positive CHECK (amount > 0),
    voucher  uuid REFERENCES vouchers, -- none where it was given up
    at       timestamptz NOT NULL,
    PRIMARY KEY (decision, n, move),
    CONSTRAINT cover_moves_of_what_waited FOREIGN KEY (decision, n) REFERENCES awaited_cover (decision, n)
);
SELECT append_only('awaited_cover_moves');

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    REVOKE UPDATE, DELETE ON awaited_cover FROM fund_app;
    GRANT UPDATE (remaining) ON awaited_cover TO fund_app;
END $$;
