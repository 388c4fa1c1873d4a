-- What the bank itself tells of and no other paper does: interest, its charges, other
-- income. It is booked from the line, and its voucher is about the line.
CREATE TABLE line_bookings (
    voucher      uuid PRIMARY KEY REFERENCES vouchers,
    line         uuid NOT NULL REFERENCES bank_lines,
    kind         text NOT NULL CONSTRAINT known_kind_of_booking CHECK (kind IN ('interest', 'organisation-interest', 'other-income', 'bank-charge')),
    organisation uuid REFERENCES organisations,
    reason       text NOT NULL CONSTRAINT booked_with_a_reason CHECK (reason <> ''),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT income_of_somebody CHECK ((organisation IS NOT NULL) = (kind IN ('organisation-interest', 'other-income')))
);
CREATE INDEX bookings_by_line ON line_bookings (line);
SELECT append_only('line_bookings');
