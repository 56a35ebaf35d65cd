package io.homeostat.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A store in memory that can be told to refuse commits, or to commit and lose the answer.
final class ForgetfulStore implements Inbox, Journal {
    enum Mood {
        WELL,
        REFUSES,
        LOSES_THE_ANSWER
    }

    final List<Turn> turns = new ArrayList<>();
    final Map<Long, String> quarantined = new TreeMap<>();
    private final Map<Long, Signal.Durable> unread = new LinkedHashMap<>();
    private final Map<String, Memo> current = new TreeMap<>();
    private final TreeSet<String> started = new TreeSet<>();
    private Mood mood = Mood.WELL;
    private long nextId = 1;
    private Runnable whenStarting = () -> {};

    synchronized void is(Mood next) {
        mood = next;
    }

    @Override
    public synchronized long accept(Signal.Durable signal) {
        unread.put(nextId, signal);
        return nextId++;
    }

    @Override
    public synchronized List<Received> unread(int limit) {
        return unread.entrySet().stream()
                .limit(limit)
                .map(entry -> new Received(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized void commit(Turn turn) throws StoreException {
        if (mood == Mood.REFUSES) {
            throw new StoreException("the disk is full");
        }
        turns.add(turn);
        turn.taken().forEach(unread::remove);
        turn.kept().forEach(memo -> current.put(memo.getClass() + memo.key(), memo));
        turn.dropped().forEach(dropped -> current.remove(dropped.kind() + dropped.key()));
        if (mood == Mood.LOSES_THE_ANSWER) {
            mood = Mood.WELL;
            throw new StoreException("the answer to the commit was lost");
        }
    }

    @Override
    public synchronized Recovered recover() {
        return turns.isEmpty()
                ? new Recovered(0, null, List.of())
                : new Recovered(
                        turns.getLast().number(),
                        turns.getLast().at(),
                        List.copyOf(current.values()));
    }

    @Override
    public synchronized void started(String undertaking, Instant at, String trace) {
        started.add(undertaking);
        whenStarting.run();
    }

    synchronized void whenStarting(Runnable what) {
        whenStarting = what;
    }

    @Override
    public synchronized void quarantine(long inboxId, String reason, Instant at) {
        unread.remove(inboxId);
        quarantined.put(inboxId, reason);
    }

    @Override
    public Page page(String kind, Map<String, String> filter, @Nullable String before, int limit) {
        return new Page(List.of(), null);
    }

    @Override
    public void keepRulebook(String hash, Map<String, String> sources, Instant at) {}

    synchronized List<Turn> turns() {
        return List.copyOf(turns);
    }

    synchronized Map<Long, String> quarantined() {
        return new TreeMap<>(quarantined);
    }

    synchronized boolean isEverythingRead() {
        return unread.isEmpty();
    }
}
