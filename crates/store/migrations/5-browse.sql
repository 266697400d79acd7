-- What pages count over all events stands beside the lines, which are long: events by days, type and status, and those
-- that matter most.
CREATE INDEX joined_pulse ON joined(first_day, last_day, type, status, goldstein);
CREATE INDEX joined_weight ON joined(weight DESC, uid);
