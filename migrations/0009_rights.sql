-- What the program's own role may change, by table and where it is not the whole row
-- by column; everything else it may read and add to. A later table that is more than
-- added to grants it where it is made. A lock on a row takes the right to change one of
-- its columns.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    REVOKE UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM fund_app;
    REVOKE ALL ON migrations FROM fund_app;

    GRANT UPDATE ON fund TO fund_app; -- locked whole by what founds it
    GRANT UPDATE (name, short_name, kind, iso3166, m49, iati_ref, version) ON organisations TO fund_app; -- the code stands in accounts
    GRANT UPDATE ON persons, sessions, invitations TO fund_app;
    GRANT UPDATE (term) ON memberships TO fund_app;
    GRANT DELETE ON sign_in_failures TO fund_app;
    GRANT UPDATE (read_at, mailed_at) ON notices TO fund_app;
    GRANT UPDATE (answer) ON idempotency_keys TO fund_app;
    GRANT UPDATE (last) ON counters TO fund_app;
    GRANT UPDATE (held) ON balances TO fund_app;

    GRANT UPDATE (closes_at, version) ON calls TO fund_app;
    GRANT UPDATE ON proposals TO fund_app;
    GRANT UPDATE (state, presiding, opened_at, closed_at, version) ON meetings TO fund_app;
    GRANT UPDATE (left_at) ON presences TO fund_app;
    GRANT UPDATE (state, opened_at, closed_at, version) ON questions TO fund_app;

    GRANT UPDATE (amount) ON programme_shares TO fund_app; -- locked by requests
    GRANT UPDATE (version) ON agreements TO fund_app;      -- locked by deposits
    GRANT UPDATE (name) ON bank_accounts TO fund_app;      -- locked by statements and matches
    GRANT UPDATE (stage, signed_by, signed_at, prepared_by, prepared_at, released_by, released_at, release_voucher, sent_by, sent_on,
                  transfer_voucher, version) ON transfer_requests TO fund_app;
    GRANT DELETE ON matched_lines, matched_postings TO fund_app; -- the match itself stands

    GRANT UPDATE, DELETE ON river_job, river_leader, river_queue, river_notification TO fund_app;
END $$;
