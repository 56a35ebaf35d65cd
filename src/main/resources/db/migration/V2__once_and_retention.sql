-- One key, one action: planned twice under two IDs, it would be done twice. Actions from before had
-- no key and get their ID for one.
ALTER TABLE action ADD COLUMN key TEXT NOT NULL DEFAULT '';
UPDATE action SET key = id;
CREATE UNIQUE INDEX action_key ON action (cluster, key);

-- What is not final is never forgotten, nor is the decision behind it; there are few of them.
CREATE INDEX action_unsettled ON action (cluster, decision) WHERE state <> 'final';

-- Written to find out whether a disk that failed can be written again.
CREATE TABLE probe (
    cluster TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (cluster)
);
