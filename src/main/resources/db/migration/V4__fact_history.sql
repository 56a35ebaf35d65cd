-- What was known of the world, change by change: the table memo holds only the newest of each key.
-- The body is the memo's, and null when it was gone. What was known at an instant is the newest
-- change of each key up to it, so the newest one before the retention's bound is kept.
CREATE TABLE fact_change (
    cluster TEXT    NOT NULL,
    turn    BIGINT  NOT NULL,
    place   INTEGER NOT NULL,
    at      BIGINT  NOT NULL,
    kind    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT,
    PRIMARY KEY (cluster, turn, place)
);
CREATE INDEX fact_change_key ON fact_change (cluster, kind, key, turn);

-- It begins with what is known now, as of the last turn; before that turn nothing can be told.
INSERT INTO fact_change (cluster, turn, place, at, kind, key, version, body)
SELECT memo.cluster, newest.number,
       ROW_NUMBER() OVER (PARTITION BY memo.cluster ORDER BY memo.kind, memo.key) - 1,
       newest.at, memo.kind, memo.key, memo.version, memo.body
FROM memo JOIN turn newest ON newest.cluster = memo.cluster
WHERE memo.kind IN ('Known', 'AlertMemory')
  AND newest.number = (SELECT MAX(number) FROM turn WHERE turn.cluster = memo.cluster);
INSERT INTO counter (cluster, name, value)
SELECT cluster, 'facts-known-after', MAX(number) FROM turn GROUP BY cluster;

-- What was known at an instant is asked by the instant.
CREATE INDEX turn_at ON turn (cluster, at);

-- The limits and whatever else decides beside rules, as the program that ran last had them.
CREATE TABLE terms (
    cluster TEXT    NOT NULL,
    at      BIGINT  NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (cluster)
);
