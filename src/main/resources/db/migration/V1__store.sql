-- One set of SQL for SQLite and PostgreSQL. Instants are microseconds since 1970 (BIGINT): they sort
-- and compare the same everywhere; the full instant is in the body. Bodies are JSON; `version` says
-- in which format, so that older rows can be read later. `turn` and `place` say when a row was first
-- written, and order what happened.

-- Numbers that we give out; no database agrees with another on how.
CREATE TABLE counter (
    cluster TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    value   BIGINT NOT NULL,
    PRIMARY KEY (cluster, name)
);

-- There is no high-water mark: a row is unread until a turn's own transaction marks it.
CREATE TABLE inbox (
    cluster        TEXT    NOT NULL,
    id             BIGINT  NOT NULL,
    received_at    BIGINT  NOT NULL,
    kind           TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    body           TEXT    NOT NULL,
    turn           BIGINT,
    quarantined_at BIGINT,
    reason         TEXT,
    PRIMARY KEY (cluster, id)
);
CREATE INDEX inbox_unread ON inbox (cluster, id) WHERE turn IS NULL AND quarantined_at IS NULL;

CREATE TABLE turn (
    cluster    TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    wall_at    BIGINT NOT NULL,
    rulebook   TEXT   NOT NULL,
    code       TEXT   NOT NULL,
    taken      TEXT   NOT NULL,
    journalled TEXT   NOT NULL,
    PRIMARY KEY (cluster, number)
);

-- The current state: the newest of each key. A restart reads this and no history.
CREATE TABLE memo (
    cluster TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    turn    BIGINT  NOT NULL,
    PRIMARY KEY (cluster, kind, key)
);

CREATE TABLE decision (
    cluster  TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    turn     BIGINT  NOT NULL,
    place    INTEGER NOT NULL,
    at       BIGINT  NOT NULL,
    incident TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    rule     TEXT    NOT NULL,
    wish     TEXT    NOT NULL,
    verdict  TEXT    NOT NULL,
    shadowed TEXT    NOT NULL,
    guards   TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    PRIMARY KEY (cluster, id)
);
CREATE INDEX decision_newest ON decision (cluster, turn, place);
CREATE INDEX decision_subject ON decision (cluster, subject, turn, place);
CREATE INDEX decision_incident ON decision (cluster, incident, turn, place);

CREATE TABLE action (
    cluster    TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    turn       BIGINT  NOT NULL,
    place      INTEGER NOT NULL,
    decision   TEXT    NOT NULL,
    incident   TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    rule       TEXT    NOT NULL,
    attempt    INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    outcome    TEXT,
    planned_at BIGINT  NOT NULL,
    started_at BIGINT,
    ended_at   BIGINT,
    trace      TEXT,
    version    INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    PRIMARY KEY (cluster, id)
);
CREATE INDEX action_newest ON action (cluster, turn, place);
CREATE INDEX action_subject ON action (cluster, subject, turn, place);
CREATE INDEX action_incident ON action (cluster, incident, turn, place);

CREATE TABLE incident (
    cluster     TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    turn        BIGINT  NOT NULL,
    place       INTEGER NOT NULL,
    subject     TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    opened_at   BIGINT  NOT NULL,
    resolved_at BIGINT,
    version     INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    PRIMARY KEY (cluster, id)
);
CREATE INDEX incident_newest ON incident (cluster, turn, place);
CREATE INDEX incident_subject ON incident (cluster, subject, turn, place);

CREATE TABLE line (
    cluster  TEXT    NOT NULL,
    turn     BIGINT  NOT NULL,
    place    INTEGER NOT NULL,
    at       BIGINT  NOT NULL,
    subject  TEXT    NOT NULL,
    incident TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    PRIMARY KEY (cluster, turn, place)
);
CREATE INDEX line_subject ON line (cluster, subject, turn, place);
CREATE INDEX line_incident ON line (cluster, incident, turn, place);

CREATE TABLE rulebook (
    cluster TEXT   NOT NULL,
    hash    TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    sources TEXT   NOT NULL,
    PRIMARY KEY (cluster, hash)
);
