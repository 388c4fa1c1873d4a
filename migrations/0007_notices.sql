-- What concerns somebody, told to them: written in the act that made it so.
CREATE TABLE notices (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           uuid NOT NULL CONSTRAINT one_notice_an_id UNIQUE,
    person       uuid NOT NULL REFERENCES persons,
    membership   uuid NOT NULL REFERENCES memberships, -- the hat it is told to: when that ends, so does the right to read it
    event        uuid NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
    kind         text NOT NULL,
    subject_kind text NOT NULL,
    subject      text NOT NULL,
    question     uuid REFERENCES questions,            -- whom an interest hides it from later does not read on
    params       jsonb NOT NULL,
    at           timestamptz NOT NULL,
    read_at      timestamptz,
    mailed_at    timestamptz,
    CONSTRAINT told_once UNIQUE (event, person, kind)
);
CREATE INDEX notices_of_a_person ON notices (person, seq);

-- How a person wants notices by mail, and what became of the last letter.
ALTER TABLE persons
    ADD COLUMN mail           text NOT NULL DEFAULT 'each' CONSTRAINT known_choice_of_mail CHECK (mail IN ('each', 'daily', 'none')),
    ADD COLUMN mail_failed_at timestamptz,
    ADD COLUMN mail_failure   text,
    ADD CONSTRAINT a_failure_has_a_time CHECK ((mail_failed_at IS NULL) = (mail_failure IS NULL));

-- A letter's link does not end the one that an administrator was told: whichever
-- is used ends them all.
DROP INDEX one_open_invitation_a_person;
CREATE INDEX open_invitations_of_a_person ON invitations (person) WHERE ended_at IS NULL;
