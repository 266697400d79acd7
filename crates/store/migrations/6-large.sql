-- Bands of the documents that came last, beside those of all others: keys of bands lie anywhere, so that to add some
-- rewrites nearly every page of a large table. They move to `band` when they are many.
CREATE TABLE fresh_band(band {int} NOT NULL, doc {int} NOT NULL, PRIMARY KEY(band, doc)) {clustered};

-- What is counted over the whole store is read from narrow rows and indexes.
ALTER TABLE involved ADD COLUMN type {text} NOT NULL DEFAULT '';
ALTER TABLE involved ADD COLUMN goldstein {real} NOT NULL DEFAULT 0;
ALTER TABLE figure_of ADD COLUMN measure {text} NOT NULL DEFAULT '';
CREATE INDEX document_listed ON document(removed, publisher, published, doc);
CREATE INDEX document_origins ON document(removed, origins);
CREATE INDEX document_news ON document(sequence, removed);
CREATE INDEX joined_origins ON joined(origins);

-- These columns, what is kept of an event (whether it was put off, told as of an earlier time or only blamed) and of a
-- promise (whom it names, what it is about), are filled where all that is derived of the records is made anew: see
-- `meta`, `stale`.
INSERT INTO meta(key, value) SELECT 'stale', 'yes' WHERE EXISTS (SELECT 1 FROM document)
    AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'stale');
