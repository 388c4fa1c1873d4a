-- Agreements in another currency than the books', and deposits in any: what was paid, what
-- it is worth at the United Nations' rate of its day, and what the bank credited. All of
-- these are empty where the money is the books' own.
ALTER TABLE agreements
    ADD valued  numeric(20, 3) CONSTRAINT valued_commitment_is_positive CHECK (valued > 0), -- at the rate of the day of signature
    ADD rate    numeric,
    ADD rate_on date, -- from which the rate was in force
    ADD CONSTRAINT valued_at_a_rate CHECK (num_nonnulls(valued, rate, rate_on) IN (0, 3));

ALTER TABLE deposits
    ADD paid          numeric(20, 3) CONSTRAINT paid_is_positive CHECK (paid > 0),
    ADD paid_currency char(3) CONSTRAINT paid_in_another_currency CHECK (paid_currency <> currency),
    ADD valued        numeric(20, 3) CONSTRAINT valued_above_the_fee CHECK (valued > fee),
    ADD rate          numeric,
    ADD rate_on       date,
    ADD counted       numeric(20, 3) CONSTRAINT counted_is_positive CHECK (counted > 0), -- against the commitment, in its currency
    ADD beyond        boolean NOT NULL DEFAULT false, -- above what is committed, where the rules accept that
    ADD CONSTRAINT paid_and_valued CHECK (num_nonnulls(paid, paid_currency, valued, rate, rate_on, counted) IN (0, 6));
