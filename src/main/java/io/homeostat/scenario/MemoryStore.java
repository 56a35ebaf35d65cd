package io.homeostat.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.History;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Items;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Inbox and journal in memory, for runs that nobody keeps. It keeps the promises of the store on
/// disk but the one that matters there: it is gone with the process.
public final class MemoryStore implements Inbox, Journal, History, Specifications {
    /// A kind of memo and its key.
    private record Key(String kind, String key) implements Comparable<Key> {
        static Key of(Memo memo) {
            return new Key(memo.getClass().getSimpleName(), memo.key());
        }

        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : key.compareTo(other.key);
        }
    }

    private final JsonMapper json = new JsonMapper();
    private final NavigableMap<Long, Signal.Durable> unread = new TreeMap<>();
    private final NavigableMap<Key, Memo> memos = new TreeMap<>();
    private final Set<Long> turns = new HashSet<>();
    private final SequencedMap<String, Undertaking> actions = new LinkedHashMap<>();
    private final Map<String, SequencedMap<String, SequencedMap<String, @Nullable Object>>>
            history = new TreeMap<>();
    private final SequencedMap<String, Decision> decisions = new LinkedHashMap<>();
    private final Map<String, String> specifications = new TreeMap<>();
    private long lastId;
    private long turn;
    private @Nullable Instant at;

    public MemoryStore() {
        Items.FILTERS.keySet().forEach(kind -> history.put(kind, new LinkedHashMap<>()));
    }

    // --- inbox ---

    @Override
    public synchronized long accept(Signal.Durable signal) {
        unread.put(++lastId, signal);
        return lastId;
    }

    @Override
    public synchronized List<Received> unread(int limit) {
        return unread.entrySet().stream()
                .limit(limit)
                .map(entry -> new Received(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized void quarantine(long inboxId, String reason, Instant at)
            throws StoreException {
        if (unread.remove(inboxId) == null) {
            throw new StoreException(
                    "signal %d was not put aside: a turn has taken it, or it does not exist"
                            .formatted(inboxId));
        }
    }

    // --- specifications ---

    @Override
    public synchronized void keep(List<Seen> seen, Instant seenAt) {
        seen.forEach(each -> specifications.putIfAbsent(each.content(), each.body()));
    }

    @Override
    public synchronized @Nullable String specification(String content) {
        return specifications.get(content);
    }

    // --- journal ---

    @Override
    public synchronized void commit(Turn committed) throws StoreException {
        if (turns.contains(committed.number())) {
            throw new StoreException("turn %d exists already".formatted(committed.number()));
        }
        if (!unread.keySet().containsAll(committed.taken())) {
            throw new StoreException(
                    "turn %d was not committed: a signal of %s is not unread any more"
                            .formatted(committed.number(), committed.taken()));
        }
        refuseTwins(committed);
        turns.add(committed.number());
        turn = Math.max(turn, committed.number());
        at = committed.at();
        committed.taken().forEach(unread::remove);
        for (Decision one : committed.decisions()) {
            decisions.put(one.id(), one);
            record("decision", one.id(), Items.decision(one));
        }
        committed.undertakings().forEach(this::record);
        committed.kept().forEach(this::keep);
        committed
                .dropped()
                .forEach(gone -> memos.remove(new Key(gone.kind().getSimpleName(), gone.key())));
        committed.lines().forEach(line -> record("line", "" + of("line").size(), Items.line(line)));
    }

    /// One key, one action.
    private void refuseTwins(Turn committed) throws StoreException {
        for (Undertaking planned : committed.undertakings()) {
            for (Undertaking known : actions.values()) {
                if (known.key().equals(planned.key()) && !known.id().equals(planned.id())) {
                    throw new StoreException(
                            "turn %d was not committed: the same action was planned before, as %s"
                                    .formatted(committed.number(), known.id()));
                }
            }
        }
    }

    private void keep(Memo memo) {
        Memo kept = memo;
        if (memo instanceof Memo.Open(var incident)) {
            record("incident", incident.id(), Items.incident(incident));
        }
        if (memo instanceof Memo.Undertaken(var undertaking)) {
            kept = new Memo.Undertaken(record(undertaking));
        }
        memos.put(Key.of(kept), kept);
    }

    private Undertaking record(Undertaking undertaking) {
        Undertaking recorded = actions.get(undertaking.id());
        Undertaking now = recorded == null ? undertaking : undertaking.after(recorded);
        actions.put(now.id(), now);
        record("action", now.id(), Items.action(now));
        return now;
    }

    private void record(String kind, String id, SequencedMap<String, @Nullable Object> item) {
        of(kind).put(id, item);
    }

    private SequencedMap<String, SequencedMap<String, @Nullable Object>> of(String kind) {
        return history.computeIfAbsent(kind, _ -> new LinkedHashMap<>());
    }

    @Override
    public synchronized Recovered recover() {
        return new Recovered(turn, at, List.copyOf(memos.values()));
    }

    @Override
    public synchronized void started(String undertaking, Instant at, String trace)
            throws StoreException {
        Undertaking recorded = actions.get(undertaking);
        if (recorded == null || recorded.state() != Undertaking.State.PLANNED) {
            throw new StoreException(
                    "action %s was not started: it is %s, and only a planned action may be sent"
                            .formatted(
                                    undertaking, recorded == null ? "unknown" : recorded.state()));
        }
        Undertaking started = record(recorded.started(at, trace));
        Memo memo = new Memo.Undertaken(started);
        memos.computeIfPresent(Key.of(memo), (_, _) -> memo);
    }

    @Override
    public synchronized Page page(
            String kind, Map<String, String> filter, @Nullable String before, int limit)
            throws StoreException {
        Items.check(kind, filter, limit);
        List<String> ids = new ArrayList<>(of(kind).sequencedKeySet().reversed());
        if (before != null) {
            int last = ids.indexOf(before);
            if (last < 0) {
                throw new IllegalArgumentException("'%s' is not a cursor".formatted(before));
            }
            ids = ids.subList(last + 1, ids.size());
        }
        List<String> shown = new ArrayList<>();
        for (String id : ids) {
            SequencedMap<String, @Nullable Object> item = of(kind).get(id);
            if (item != null
                    && filter.entrySet().stream()
                            .allMatch(e -> e.getValue().equals(item.get(e.getKey())))) {
                shown.add(id);
            }
        }
        boolean more = shown.size() > limit;
        List<String> page = more ? shown.subList(0, limit) : shown;
        List<String> items = new ArrayList<>();
        for (String id : page) {
            items.add(text(of(kind).get(id)));
        }
        return new Page(items, more ? page.getLast() : null);
    }

    @Override
    public synchronized @Nullable Decision decision(String id) {
        return decisions.get(id);
    }

    @Override
    public synchronized @Nullable Undertaking action(String id) {
        return actions.get(id);
    }

    @Override
    public synchronized List<Shadowed> shadowed(Instant since) {
        SortedMap<List<String>, List<Decision>> same =
                new TreeMap<>(Comparator.comparing(List::toString));
        for (Decision decision : decisions.values()) {
            if (decision.verdict() == Verdict.SHADOW && !decision.at().isBefore(since)) {
                String action =
                        decision.action() == null
                                ? decision.wish().text()
                                : decision.action().text();
                List<String> what =
                        List.of(
                                decision.rule(),
                                decision.subject().toString(),
                                action,
                                decision.shadowed().word());
                same.computeIfAbsent(what, _ -> new ArrayList<>()).add(decision);
            }
        }
        List<Shadowed> counted = new ArrayList<>();
        same.forEach((what, all) -> counted.add(counted(what, all)));
        counted.sort(Comparator.comparingInt(Shadowed::incidents).reversed());
        return counted;
    }

    private static Shadowed counted(List<String> what, List<Decision> all) {
        return new Shadowed(
                what.get(0),
                what.get(1),
                what.get(2),
                what.get(3),
                (int) all.stream().map(Decision::incident).distinct().count(),
                all.getFirst().at(),
                all.getLast().at());
    }

    private String text(@Nullable Object item) throws StoreException {
        try {
            return json.writeValueAsString(item);
        } catch (JsonProcessingException e) {
            throw new StoreException("an item could not be written as JSON", e);
        }
    }

    @Override
    public void keepRulebook(String hash, Map<String, String> sources, Instant at) {
        // Nobody asks a run in memory for the rulebooks of the past.
    }
}
