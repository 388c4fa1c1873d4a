-- Who attends a meeting without a seat: named, in a capacity that the charter knows, from
-- when to when. It is counted nowhere.
CREATE TABLE attendances (
    id           uuid PRIMARY KEY,
    meeting      uuid NOT NULL REFERENCES meetings,
    capacity     text NOT NULL CONSTRAINT known_capacity_of_attendance CHECK (capacity IN ('agent', 'secretariat', 'observer')),
    organisation uuid NOT NULL REFERENCES organisations,
    name         text NOT NULL CONSTRAINT attendance_has_a_name CHECK (name <> '' AND length(name) <= 300),
    came_at      timestamptz NOT NULL,
    left_at      timestamptz CONSTRAINT nobody_leaves_before_coming CHECK (left_at >= came_at),
    recorded_by  uuid NOT NULL REFERENCES persons
);
CREATE UNIQUE INDEX one_attendance_a_name ON attendances (meeting, organisation, name) WHERE left_at IS NULL;

-- Where a meeting is held: a place, a link, or both. What stands in people's calendars is
-- numbered anew with each change. The item before the body is one of its own.
ALTER TABLE meetings
    ADD COLUMN held     text NOT NULL DEFAULT 'in-person' CONSTRAINT known_way_of_meeting CHECK (held IN ('in-person', 'virtual', 'mixed')),
    ADD COLUMN place    text NOT NULL DEFAULT '' CONSTRAINT place_is_short CHECK (length(place) <= 300),
    ADD COLUMN link     text NOT NULL DEFAULT '' CONSTRAINT link_is_of_the_web CHECK (link = '' OR link ~ '^https://[^[:space:]]+$' AND length(link) <= 1000),
    ADD COLUMN ends_at  timestamptz CONSTRAINT meeting_ends_after_it_starts CHECK (ends_at > starts_at),
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN present  uuid,
    ADD CONSTRAINT what_is_virtual_has_no_place CHECK (held <> 'virtual' OR place = '');
ALTER TABLE questions ADD CONSTRAINT question_of_its_meeting UNIQUE (id, meeting);
ALTER TABLE meetings ADD CONSTRAINT present_item_is_its_own FOREIGN KEY (present, id) REFERENCES questions (id, meeting);

-- The order of an agenda changes as a whole.
ALTER TABLE questions DROP CONSTRAINT one_question_an_item;
ALTER TABLE questions ADD CONSTRAINT one_question_an_item UNIQUE (meeting, item) DEFERRABLE INITIALLY IMMEDIATE;

-- What a member asks the agenda to have: taken on, or declined with the reason.
CREATE TABLE proposed_items (
    id           uuid PRIMARY KEY,
    meeting      uuid NOT NULL REFERENCES meetings,
    organisation uuid NOT NULL REFERENCES organisations,
    person       uuid NOT NULL REFERENCES persons,
    title        text NOT NULL CONSTRAINT proposed_item_has_a_title CHECK (title <> '' AND length(title) <= 300),
    text         text NOT NULL CHECK (length(text) <= 20000),
    reason       text NOT NULL CONSTRAINT proposed_item_has_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    language     text NOT NULL CONSTRAINT known_language_of_an_item CHECK (language IN ('en', 'fr', 'es', 'ar', 'ru', 'zh')),
    late         boolean NOT NULL,
    at           timestamptz NOT NULL
);
SELECT append_only('proposed_items');
CREATE TABLE item_answers (
    item   uuid PRIMARY KEY REFERENCES proposed_items,
    taken  boolean NOT NULL,
    note   text NOT NULL CONSTRAINT declining_an_item_has_a_reason CHECK (length(note) <= 4000 AND (taken OR note <> '')),
    person uuid NOT NULL REFERENCES persons,
    at     timestamptz NOT NULL
);
SELECT append_only('item_answers');
ALTER TABLE questions ADD COLUMN proposed_item uuid REFERENCES proposed_items;

-- The address under which a person's calendar asks for the body's dates: known to them
-- alone, kept as its hash, replaced when they ask for another.
CREATE TABLE calendar_feeds (
    person  uuid PRIMARY KEY REFERENCES persons,
    hash    bytea NOT NULL UNIQUE CONSTRAINT hash_of_a_token CHECK (length(hash) = 32),
    made_at timestamptz NOT NULL
);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (left_at) ON attendances TO fund_app;
    GRANT UPDATE (title, starts_at, held, place, link, ends_at, sequence, present) ON meetings TO fund_app;
    GRANT UPDATE (item) ON questions TO fund_app;
    GRANT UPDATE (hash, made_at) ON calendar_feeds TO fund_app;
END $$;
