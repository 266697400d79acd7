-- Signatures stand apart from what else is kept of a document, so that many of them are read at once.
CREATE TABLE signature(doc {int} PRIMARY KEY REFERENCES document(doc), bytes {blob} NOT NULL);
ALTER TABLE digest DROP COLUMN signature;

-- What a document tells of an event stands apart from what events are compared by, of which much is read at once.
CREATE TABLE report(event {int} PRIMARY KEY, body {text} NOT NULL);
ALTER TABLE event DROP COLUMN body;

-- Keys of buckets tell how long a window is: all that is derived of the records is made anew, see `meta`, `stale`.
INSERT INTO meta(key, value) SELECT 'stale', 'yes' WHERE EXISTS (SELECT 1 FROM document)
    AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'stale');
