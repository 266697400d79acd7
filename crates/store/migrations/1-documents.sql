-- Documents as they stand now. `doc` counts them in the order in which they came, without gaps.
-- Days count from 1970-01-01. `sequence` grows with every document written: who keeps something beside the
-- store goes on from the greatest that it saw.
CREATE TABLE document(
    doc {int} PRIMARY KEY,
    id {text} NOT NULL UNIQUE,
    version {int} NOT NULL,
    hash {text} NOT NULL,
    published {text},
    first_day {int},
    last_day {int},
    publisher {text},
    url {text},
    title {text},
    lang {text} NOT NULL,
    origins {text} NOT NULL,
    sequence {int} NOT NULL UNIQUE,
    removed {int} NOT NULL
);
CREATE INDEX document_days ON document(first_day, last_day);

-- Every version of every document, from 1. `metadata` is what came beside the text; `record` is what the coder
-- made of it, without the text; `page` is what the text was taken from, where it was taken from a page.
CREATE TABLE version(
    doc {int} NOT NULL REFERENCES document(doc),
    version {int} NOT NULL,
    hash {text} NOT NULL,
    text {text} NOT NULL,
    page {blob},
    metadata {text} NOT NULL,
    record {text} NOT NULL,
    coder {text} NOT NULL,
    PRIMARY KEY(doc, version)
);
