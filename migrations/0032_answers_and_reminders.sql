-- An answer comes with files that show it, and whoever owes an answer or advice that is
-- overdue is asked for it again.
CREATE TABLE clarification_files (
    clarification uuid NOT NULL,
    n             integer NOT NULL,
    attachment    uuid NOT NULL CONSTRAINT a_file_comes_with_one_answer UNIQUE REFERENCES attachments,
    PRIMARY KEY (clarification, n, attachment),
    FOREIGN KEY (clarification, n) REFERENCES clarification_entries
);
SELECT append_only('clarification_files');

CREATE TABLE clarification_reminders (
    clarification uuid NOT NULL REFERENCES clarifications,
    on_day        date NOT NULL,
    at            timestamptz NOT NULL,
    CONSTRAINT reminded_of_an_answer_once_a_day PRIMARY KEY (clarification, on_day)
);
SELECT append_only('clarification_reminders');

CREATE TABLE advice_reminders (
    request uuid NOT NULL REFERENCES advice_requests,
    on_day  date NOT NULL,
    at      timestamptz NOT NULL,
    CONSTRAINT reminded_of_advice_once_a_day PRIMARY KEY (request, on_day)
);
SELECT append_only('advice_reminders');
