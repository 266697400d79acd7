-- A link keeps how alike two events are. Whatever is derived of the records is to be made anew: see `meta`, `stale`.
DROP TABLE link;
-- Pairs of events that are one by themselves (`kind` is empty; `score` says how surely) or would be but for one thing,
-- both ways.
CREATE TABLE link(a {int} NOT NULL, b {int} NOT NULL, kind {text} NOT NULL, score {real} NOT NULL, PRIMARY KEY(a, b)) {clustered};
INSERT INTO meta(key, value) SELECT 'stale', 'yes' WHERE EXISTS (SELECT 1 FROM document);
