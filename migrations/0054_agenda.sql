-- An item that was listed after the day by which its papers were due is marked so for ever,
-- whatever the meeting's day becomes.
ALTER TABLE questions ADD COLUMN late boolean NOT NULL DEFAULT false
    CONSTRAINT only_items_of_meetings_are_late CHECK (NOT late OR meeting IS NOT NULL);
