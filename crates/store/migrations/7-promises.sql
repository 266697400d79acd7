-- What is kept of an event tells whether it was put off, told as of an earlier time or only blamed, and of a promise whom
-- it names and what it is about; events are compared otherwise. Whatever is derived of the records is to be made anew: see
-- `meta`, `stale`.
INSERT INTO meta(key, value) SELECT 'stale', 'yes' WHERE EXISTS (SELECT 1 FROM document)
    AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'stale');
