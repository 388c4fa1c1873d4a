-- The minutes of a meeting: drafted, circulated, corrected, fixed and sent out. All of it is
-- added to and never changed: how far they are follows from what there is.
CREATE TABLE minutes (
    meeting  uuid PRIMARY KEY REFERENCES meetings,
    language text NOT NULL CONSTRAINT minutes_have_a_language CHECK (language ~ '^[a-z]{2}$'), -- of the one text with authority
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL
);
SELECT append_only('minutes');

-- What the secretariat wrote around the record; the last of a part and language counts.
CREATE TABLE minutes_texts (
    meeting  uuid NOT NULL REFERENCES minutes,
    part     text NOT NULL CONSTRAINT known_part_of_minutes CHECK (part ~ '^(opening|attendance|closing|item-[1-9][0-9]{0,5})$'),
    language text NOT NULL,
    n        integer NOT NULL CONSTRAINT texts_of_minutes_are_counted CHECK (n >= 1),
    text     text NOT NULL,
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (meeting, part, language, n)
);
SELECT append_only('minutes_texts');

CREATE TABLE minutes_circulations (
    meeting uuid PRIMARY KEY REFERENCES minutes,
    until   timestamptz NOT NULL, -- the first instant at which a correction is too late
    person  uuid NOT NULL REFERENCES persons,
    at      timestamptz NOT NULL,
    CONSTRAINT corrections_have_time CHECK (until > at)
);
SELECT append_only('minutes_circulations');

CREATE TABLE minutes_corrections (
    id           uuid PRIMARY KEY,
    meeting      uuid NOT NULL REFERENCES minutes_circulations,
    n            integer NOT NULL,
    part         text NOT NULL,
    language     text NOT NULL,
    text         text NOT NULL CONSTRAINT a_correction_says_what CHECK (text <> ''),
    seat         text NOT NULL, -- its name
    organisation uuid NOT NULL REFERENCES organisations,
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    CONSTRAINT corrections_are_counted UNIQUE (meeting, n)
);
SELECT append_only('minutes_corrections');

CREATE TABLE minutes_answers (
    correction uuid PRIMARY KEY REFERENCES minutes_corrections,
    taken      boolean NOT NULL,
    reason     text NOT NULL CONSTRAINT an_answer_to_a_correction_has_a_reason CHECK (reason <> ''),
    person     uuid NOT NULL REFERENCES persons,
    at         timestamptz NOT NULL
);
SELECT append_only('minutes_answers');

CREATE TABLE fixed_minutes (
    meeting     uuid PRIMARY KEY REFERENCES minutes_circulations,
    number      text NOT NULL CONSTRAINT one_set_of_minutes_a_number UNIQUE,
    record      text NOT NULL, -- canonical JSON
    record_hash bytea NOT NULL CONSTRAINT minutes_hash_is_sha256 CHECK (record_hash = sha256(convert_to(record, 'UTF8'))),
    person      uuid NOT NULL REFERENCES persons,
    at          timestamptz NOT NULL
);
SELECT append_only('fixed_minutes');

CREATE TABLE minutes_corrigenda (
    meeting uuid NOT NULL REFERENCES fixed_minutes,
    n       integer NOT NULL,
    part    text NOT NULL,
    text    text NOT NULL CONSTRAINT a_corrigendum_says_what CHECK (text <> ''),
    person  uuid NOT NULL REFERENCES persons,
    at      timestamptz NOT NULL,
    PRIMARY KEY (meeting, n)
);
SELECT append_only('minutes_corrigenda');

-- What went out to all: fixed minutes, or the record of a decision; and to whom.
CREATE TABLE sendings (
    id       uuid PRIMARY KEY,
    meeting  uuid REFERENCES fixed_minutes,
    decision uuid REFERENCES decisions,
    due      timestamptz NOT NULL, -- by when it had to go out
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    CONSTRAINT minutes_or_a_record CHECK ((meeting IS NULL) <> (decision IS NULL))
);
CREATE INDEX sendings_of_minutes ON sendings (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX sendings_of_records ON sendings (decision) WHERE decision IS NOT NULL;
SELECT append_only('sendings');

CREATE TABLE sending_recipients (
    sending    uuid NOT NULL REFERENCES sendings,
    person     uuid NOT NULL REFERENCES persons,
    membership uuid NOT NULL REFERENCES memberships, -- the hat under which it was told
    PRIMARY KEY (sending, person)
);
SELECT append_only('sending_recipients');
