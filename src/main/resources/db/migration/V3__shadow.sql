-- What an action would have been, in words with its parameters: counting what would have been done
-- is one query. Decisions from before have none and are counted by their wish.
ALTER TABLE decision ADD COLUMN action TEXT;
CREATE INDEX decision_shadow ON decision (cluster, at) WHERE verdict = 'shadow';
