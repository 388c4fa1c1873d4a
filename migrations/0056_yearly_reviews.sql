-- The Executive Committee's review of how the body worked in a year: opened for comments,
-- commented, closed. Opened again it is another version; nothing is ever changed.
CREATE TABLE yearly_openings (
    year   integer NOT NULL CONSTRAINT review_of_a_year CHECK (year BETWEEN 1945 AND 9999),
    n      integer NOT NULL CONSTRAINT openings_of_a_review_are_counted CHECK (n >= 1),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL,
    PRIMARY KEY (year, n)
);
SELECT append_only('yearly_openings');

CREATE TABLE yearly_comments (
    id           uuid PRIMARY KEY,
    year         integer NOT NULL,
    opening      integer NOT NULL,
    n            integer NOT NULL,
    seat         text NOT NULL, -- its name
    organisation uuid NOT NULL REFERENCES organisations,
    language     text NOT NULL CONSTRAINT known_language_of_a_comment CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    text         text NOT NULL CONSTRAINT a_comment_says_something CHECK (text <> '' AND length(text) <= 4000),
    person       uuid NOT NULL REFERENCES persons,
    at           timestamptz NOT NULL,
    FOREIGN KEY (year, opening) REFERENCES yearly_openings,
    CONSTRAINT comments_are_counted UNIQUE (year, opening, n)
);
SELECT append_only('yearly_comments');

CREATE TABLE yearly_closings (
    year        integer NOT NULL,
    n           integer NOT NULL,
    record      text NOT NULL, -- canonical JSON
    record_hash bytea NOT NULL CONSTRAINT yearly_hash_is_sha256 CHECK (record_hash = sha256(convert_to(record, 'UTF8'))),
    person      uuid NOT NULL REFERENCES persons,
    at          timestamptz NOT NULL,
    PRIMARY KEY (year, n),
    FOREIGN KEY (year, n) REFERENCES yearly_openings
);
SELECT append_only('yearly_closings');
