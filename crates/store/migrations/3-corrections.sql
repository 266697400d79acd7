-- What people decided over what the coder made. `target` is the item of the coder, with its words, so that it is
-- found again; `other` and `other_target` are the second event of a `join` or a `split`. `patch` is what is set.
CREATE TABLE correction(
    number {int} PRIMARY KEY,
    document {text} NOT NULL,
    other {text},
    kind {text} NOT NULL,
    action {text} NOT NULL,
    target {text} NOT NULL,
    other_target {text},
    patch {text} NOT NULL,
    who {text} NOT NULL,
    made {text} NOT NULL,
    why {text} NOT NULL,
    reverted_who {text},
    reverted_at {text},
    reverted_why {text}
);
CREATE INDEX correction_document ON correction(document);
CREATE INDEX correction_other ON correction(other);
-- Which events a join or a split stands for, derived: `side` is 0 for the first, 1 for the second.
CREATE TABLE forced(number {int} NOT NULL, side {int} NOT NULL, event {int} NOT NULL, PRIMARY KEY(number, side)) {clustered};
CREATE INDEX forced_event ON forced(event);
