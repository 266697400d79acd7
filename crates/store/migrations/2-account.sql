-- What the account keeps of each document, derived from its record: all of it can be made again.
-- `facts` is what is known of the document, `body` its statements, commitments, positions, terms and assessments.
-- `voices` are the keys of its origins, those of its near copies included; documents of one `origin` are near copies.
CREATE TABLE digest(
    doc {int} PRIMARY KEY REFERENCES document(doc),
    id {text} NOT NULL,
    day {int} NOT NULL,
    facts {text} NOT NULL,
    body {text} NOT NULL,
    voices {text} NOT NULL,
    copy {int} NOT NULL,
    signature {blob}
);
-- Bands of signatures: documents that share one may be near copies.
CREATE TABLE band(band {int} NOT NULL, doc {int} NOT NULL, PRIMARY KEY(band, doc)) {clustered};
-- Near copies, each pair both ways.
CREATE TABLE copy(doc {int} NOT NULL, other {int} NOT NULL, PRIMARY KEY(doc, other)) {clustered};
-- Documents that are about a state (`CHN`) or a pair (`CHN-RUS`), by day of publication.
CREATE TABLE about(code {text} NOT NULL, day {int} NOT NULL, doc {int} NOT NULL, PRIMARY KEY(code, day, doc)) {clustered};

-- Events as documents report them. `joined` is the first, in the order of letters, of the `uid` of the reports of
-- what is one event.
CREATE TABLE event(
    event {int} PRIMARY KEY,
    doc {int} NOT NULL,
    place {int} NOT NULL,
    uid {text} NOT NULL UNIQUE,
    joined {text} NOT NULL,
    traits {blob} NOT NULL,
    body {text} NOT NULL
);
CREATE INDEX event_doc ON event(doc);
CREATE INDEX event_joined ON event(joined);
-- Where events that may be one with another are looked for: by type and parties within days, and by rare words.
CREATE TABLE bucket(
    bucket {int} NOT NULL, first_day {int} NOT NULL, last_day {int} NOT NULL, event {int} NOT NULL,
    PRIMARY KEY(bucket, first_day, last_day, event)
) {clustered};
CREATE TABLE rare(key {int} NOT NULL, dated {int} NOT NULL, event {int} NOT NULL, PRIMARY KEY(key, dated, event)) {clustered};
-- Pairs of events that are one by themselves (`kind` is empty) or would be but for one thing, both ways.
CREATE TABLE link(a {int} NOT NULL, b {int} NOT NULL, kind {text} NOT NULL, PRIMARY KEY(a, b)) {clustered};

-- Events as all documents report them; `line` is what lists show, `weight` how much a reader wants to know of it.
CREATE TABLE joined(
    uid {text} PRIMARY KEY,
    type {text} NOT NULL,
    status {text} NOT NULL,
    first_day {int},
    last_day {int},
    day {int} NOT NULL,
    domains {text} NOT NULL,
    goldstein {real} NOT NULL,
    origins {int} NOT NULL,
    documents {int} NOT NULL,
    weight {real} NOT NULL,
    line {text} NOT NULL
);
CREATE INDEX joined_day ON joined(day);
-- Whom they involve: a party (`CHN`) or a pair of parties (`CHN-RUS`).
CREATE TABLE involved(code {text} NOT NULL, day {int} NOT NULL, joined {text} NOT NULL, PRIMARY KEY(code, day, joined)) {clustered};
CREATE INDEX involved_joined ON involved(joined);

-- Why the reports of a joined event were taken for one.
CREATE TABLE why(uid {text} PRIMARY KEY, why {text} NOT NULL);

-- Figures, and whom they are about: a state or a pair of states.
CREATE TABLE figure(figure {int} PRIMARY KEY, doc {int} NOT NULL, measure {text} NOT NULL, body {text} NOT NULL);
CREATE INDEX figure_doc ON figure(doc);
CREATE TABLE figure_of(code {text} NOT NULL, figure {int} NOT NULL, PRIMARY KEY(code, figure)) {clustered};
