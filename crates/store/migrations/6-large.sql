-- Bands of the documents that came last, beside those of all others: keys of bands lie anywhere, so that to add some
-- rewrites nearly every page of a large table. They move to `band` when they are many.
CREATE TABLE fresh_band(band {int} NOT NULL, doc {int} NOT NULL, PRIMARY KEY(band, doc)) {clustered};

-- What is counted over the whole store is read from narrow rows.
ALTER TABLE involved ADD COLUMN type {text} NOT NULL DEFAULT '';
ALTER TABLE involved ADD COLUMN goldstein {real} NOT NULL DEFAULT 0;
UPDATE involved SET type = (SELECT j.type FROM joined j WHERE j.uid = involved.joined),
    goldstein = (SELECT j.goldstein FROM joined j WHERE j.uid = involved.joined)
    WHERE EXISTS (SELECT 1 FROM joined j WHERE j.uid = involved.joined);
ALTER TABLE figure_of ADD COLUMN measure {text} NOT NULL DEFAULT '';
UPDATE figure_of SET measure = (SELECT f.measure FROM figure f WHERE f.figure = figure_of.figure)
    WHERE EXISTS (SELECT 1 FROM figure f WHERE f.figure = figure_of.figure);
CREATE INDEX document_listed ON document(removed, publisher, published, doc);
CREATE INDEX document_origins ON document(removed, origins);
CREATE INDEX document_news ON document(sequence, removed);
CREATE INDEX joined_origins ON joined(origins);
