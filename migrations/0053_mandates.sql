-- That an item touches the mandate of an entity of the Network, in its own words; and how
-- that was settled, or was not. Counted nowhere, and never changed: what comes later is added.
CREATE TABLE mandates (
    question uuid NOT NULL REFERENCES questions,
    n        integer NOT NULL CONSTRAINT mandates_count_from_one CHECK (n >= 1),
    seat     uuid NOT NULL REFERENCES seats,
    organisation uuid NOT NULL REFERENCES organisations, -- that held the seat then
    text     text NOT NULL CONSTRAINT mandate_says_something CHECK (text <> '' AND length(text) <= 4000),
    language text NOT NULL CONSTRAINT known_language_of_a_mandate CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n)
);
SELECT append_only('mandates');

CREATE TABLE mandate_settlements (
    question uuid NOT NULL,
    n        integer NOT NULL,
    turn     integer NOT NULL CONSTRAINT settlements_count_from_one CHECK (turn >= 1),
    settled  boolean NOT NULL,
    parties  text NOT NULL CONSTRAINT settled_by_somebody CHECK (parties <> '' AND length(parties) <= 300),
    settled_on date NOT NULL,
    text     text NOT NULL CONSTRAINT settlement_says_something CHECK (text <> '' AND length(text) <= 4000),
    language text NOT NULL CONSTRAINT known_language_of_a_settlement CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n, turn),
    FOREIGN KEY (question, n) REFERENCES mandates
);
SELECT append_only('mandate_settlements');
CREATE UNIQUE INDEX a_mandate_is_settled_once ON mandate_settlements (question, n) WHERE settled;
