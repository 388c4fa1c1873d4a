-- A transfer to its end: released by two where it is large, acknowledged by the organisation,
-- returned by the bank and sent again, or its release taken back before it was sent.
ALTER TABLE transfer_requests
    ADD COLUMN release_begun_by uuid REFERENCES persons,
    ADD COLUMN release_begun_at timestamptz,
    ADD COLUMN acknowledged_by  uuid REFERENCES persons,
    ADD COLUMN acknowledged_at  timestamptz,
    ADD COLUMN received_on      date,
    ADD COLUMN received_amount  numeric(20, 3) CONSTRAINT received_is_positive CHECK (received_amount > 0),
    ADD COLUMN received_note    text NOT NULL DEFAULT '',
    DROP CONSTRAINT known_transfer_stage,
    DROP CONSTRAINT steps_in_order,
    ADD CONSTRAINT known_transfer_stage CHECK (stage IN ('requested', 'signed', 'prepared', 'released', 'sent', 'acknowledged', 'returned', 'withdrawn')),
    ADD CONSTRAINT three_hands_release CHECK (release_begun_by <> prepared_by AND (released_by IS NULL OR release_begun_by <> released_by)),
    ADD CONSTRAINT steps_in_order CHECK (
        (stage IN ('requested', 'withdrawn') OR signed_by IS NOT NULL) AND
        (stage NOT IN ('prepared', 'released', 'sent', 'acknowledged') OR prepared_by IS NOT NULL) AND
        (stage NOT IN ('released', 'sent', 'acknowledged') OR (released_by IS NOT NULL AND release_voucher IS NOT NULL)) AND
        (stage NOT IN ('sent', 'acknowledged') OR (sent_on IS NOT NULL AND transfer_voucher IS NOT NULL)) AND
        (stage <> 'acknowledged' OR (acknowledged_by IS NOT NULL AND received_on >= sent_on AND received_amount IS NOT NULL)) AND
        (stage <> 'returned' OR (prepared_by IS NULL AND release_voucher IS NULL AND transfer_voucher IS NULL)));

-- A payment that was released and did not stand, with the hands it went through.
CREATE TABLE transfer_tries (
    request           uuid NOT NULL REFERENCES transfer_requests,
    n                 integer NOT NULL CONSTRAINT tries_are_counted CHECK (n > 0),
    prepared_by       uuid NOT NULL REFERENCES persons,
    prepared_at       timestamptz NOT NULL,
    release_begun_by  uuid REFERENCES persons,
    release_begun_at  timestamptz,
    released_by       uuid NOT NULL REFERENCES persons,
    released_at       timestamptz NOT NULL,
    release_voucher   uuid NOT NULL CONSTRAINT release_undone_once UNIQUE REFERENCES vouchers,
    release_reversal  uuid NOT NULL CONSTRAINT release_reversal_once UNIQUE REFERENCES vouchers,
    sent_by           uuid REFERENCES persons,
    sent_on           date,
    transfer_voucher  uuid CONSTRAINT transfer_undone_once UNIQUE REFERENCES vouchers,
    transfer_reversal uuid CONSTRAINT transfer_reversal_once UNIQUE REFERENCES vouchers,
    ended_on          date NOT NULL,
    reason            text NOT NULL CONSTRAINT try_ended_for_a_reason CHECK (reason <> ''),
    ended_by          uuid NOT NULL REFERENCES persons,
    ended_at          timestamptz NOT NULL,
    PRIMARY KEY (request, n),
    CONSTRAINT try_was_released_by_another CHECK (prepared_by <> released_by AND (release_begun_by IS NULL OR release_begun_by NOT IN (prepared_by, released_by))),
    CONSTRAINT what_was_sent_is_reversed CHECK ((transfer_voucher IS NULL) = (transfer_reversal IS NULL) AND (transfer_voucher IS NULL) = (sent_on IS NULL))
);
SELECT append_only('transfer_tries');

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (release_begun_by, release_begun_at, acknowledged_by, acknowledged_at, received_on, received_amount, received_note) ON transfer_requests TO fund_app;
END $$;
