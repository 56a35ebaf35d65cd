-- Specifications of services as they were seen, by the hash of their content: all but replicas, labels
-- and the counter of forced restarts. A rollback brings back what is found here. What is neither seen
-- for long nor named by what is remembered is forgotten.
CREATE TABLE specification (
    cluster TEXT   NOT NULL,
    content TEXT   NOT NULL,
    service TEXT   NOT NULL,
    seen_at BIGINT NOT NULL,
    body    TEXT   NOT NULL,
    PRIMARY KEY (cluster, content)
);
CREATE INDEX specification_seen ON specification (cluster, seen_at);
