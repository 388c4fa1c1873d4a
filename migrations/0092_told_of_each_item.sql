-- An act may tell somebody the same of several items: a meeting that ends, of each that it did
-- not reach.
ALTER TABLE notices DROP CONSTRAINT told_once;
ALTER TABLE notices ADD CONSTRAINT told_once UNIQUE NULLS NOT DISTINCT (event, person, kind, question);
