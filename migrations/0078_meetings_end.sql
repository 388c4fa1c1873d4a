-- A meeting that has not opened may be called off, for a reason that all read.
ALTER TABLE meetings DROP CONSTRAINT known_meeting_state;
ALTER TABLE meetings ADD CONSTRAINT known_meeting_state CHECK (state IN ('planned', 'open', 'closed', 'cancelled'));
CREATE TABLE meeting_cancellations (
    meeting uuid PRIMARY KEY REFERENCES meetings,
    reason  text NOT NULL CONSTRAINT meeting_is_called_off_for_a_reason CHECK (reason <> '' AND length(reason) <= 4000),
    person  uuid NOT NULL REFERENCES persons,
    at      timestamptz NOT NULL
);
SELECT append_only('meeting_cancellations');

-- An item that its meeting did not reach is carried over, as it is, to another. This is
-- where it stood before: its agenda and its minutes go on saying so.
CREATE TABLE carried_items (
    question uuid NOT NULL REFERENCES questions,
    n        integer NOT NULL CONSTRAINT carryings_count_from_one CHECK (n >= 1),
    meeting  uuid NOT NULL REFERENCES meetings, -- that did not reach it
    item     integer NOT NULL,                  -- its number there
    late     boolean NOT NULL,                  -- for that meeting
    taken_by uuid NOT NULL REFERENCES meetings CONSTRAINT carried_to_another CHECK (taken_by <> meeting),
    person   uuid NOT NULL REFERENCES persons,
    at       timestamptz NOT NULL,
    PRIMARY KEY (question, n),
    CONSTRAINT carried_once_from_a_meeting UNIQUE (meeting, item)
);
SELECT append_only('carried_items');

-- What stood on the agendas of meetings that were over, where nothing could be done of it
-- any more, is taken off: nobody said why, and nothing is put into anybody's mouth.
UPDATE questions q SET state = 'withdrawn', version = q.version + 1, closed_at = greatest(m.closed_at,
        (SELECT max(greatest(i.at, d.at)) FROM interests i LEFT JOIN interest_dismissals d ON d.interest = i.id WHERE i.question = q.id),
        (SELECT max(greatest(x.at, a.at)) FROM proposed_texts x LEFT JOIN text_answers a USING (question, n) WHERE x.question = q.id))
    FROM meetings m WHERE m.id = q.meeting AND m.state = 'closed' AND q.state = 'listed';

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT UPDATE (meeting, late) ON questions TO fund_app;
END $$;
