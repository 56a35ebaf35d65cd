package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.action.Wish;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keeps count of what comes of each version of each rule, and of how long people take where no
/// rule helps.
final class RuleRecords {
    /// So many versions of a rule are remembered.
    private static final int VERSIONS = 10;

    private final Memory memory;
    private final Supplier<SortedMap<String, String>> versions;

    /// The records that wait for the outcome of an action, by its ID.
    private final SortedMap<String, SortedSet<String>> waiting = new TreeMap<>();

    /// True until the session has been asked: what matches then mostly matched before.
    private boolean isAnew = true;

    /// What fired while a session was prepared to take over.
    private SortedMap<String, Integer> before = Collections.emptySortedMap();

    /// What is shown of all records; null when one has changed since.
    private @Nullable SortedMap<String, RuleStanding> shown;

    /// @param versions the versions of the rules in force, by name
    RuleRecords(Memory memory, Supplier<SortedMap<String, String>> versions) {
        this.memory = memory;
        this.versions = versions;
        for (Memo.RuleRecord each : memory.all(Memo.RuleRecord.class)) {
            each.open().keySet().forEach(action -> await(action, each.key()));
        }
    }

    private void await(String action, String key) {
        waiting.computeIfAbsent(action, _ -> new TreeSet<>()).add(key);
    }

    /// Another session is asked from now on, in which these fired already.
    void swapped(SortedMap<String, Integer> times) {
        before = times;
    }

    /// In a session that is new, everything that holds fires once more: that counts only for
    /// versions of which nothing is known.
    void fired(SortedMap<String, Integer> times, Instant now) {
        if (isAnew) {
            count(unknown(times), now);
        } else {
            count(unknown(before), now);
            count(times, now);
        }
        isAnew = false;
        before = Collections.emptySortedMap();
    }

    private SortedMap<String, Integer> unknown(SortedMap<String, Integer> times) {
        SortedMap<String, Integer> unknown = new TreeMap<>(times);
        unknown.keySet().removeIf(rule -> find(rule) != null);
        return unknown;
    }

    private void count(SortedMap<String, Integer> times, Instant now) {
        times.forEach((rule, number) ->
                change(rule, now, record -> record.fired(record.matched() + number, now)));
    }

    /// What rules say about telling people is wished anew each time that it is asked.
    void spoke(Collection<Intent> intents, Instant now) {
        for (Intent intent : intents) {
            if (intent.wish() instanceof Wish.Escalate) {
                wished(intent.rule(), now);
            }
        }
    }

    /// A decision is recorded.
    ///
    /// @param before the rules that had the same wish before
    void decided(SortedSet<String> rules, Decision decision, String before, Instant now) {
        List<String> old = Arrays.asList(before.split(", ", -1));
        for (String rule : rules) {
            if (!old.contains(rule)) {
                wished(rule, now);
            }
            change(
                    rule,
                    now,
                    record ->
                            new Memo.RuleRecord(
                                    record.rule(),
                                    record.version(),
                                    record.matched(),
                                    record.wished(),
                                    oneMore(record.decisions(), decision.verdict().word()),
                                    record.outcomes(),
                                    record.healed(),
                                    record.open(),
                                    record.firstAt(),
                                    record.lastFired()));
        }
    }

    /// An action is planned because of these rules.
    void planned(SortedSet<String> rules, String action, Decision decision, Instant now) {
        String alert = alert(decision.evidence());
        for (String rule : rules) {
            Memo.RuleRecord record =
                    change(rule, now, each -> open(each, with(each.open(), action, alert)));
            if (record != null) {
                await(action, record.key());
            }
        }
    }

    private String alert(Collection<Subject> evidence) {
        for (Subject subject : evidence) {
            if (memory.fact(subject) instanceof Alert alert) {
                return alert.name();
            }
        }
        return "";
    }

    private void wished(String rule, Instant now) {
        change(
                rule,
                now,
                record ->
                        new Memo.RuleRecord(
                                record.rule(),
                                record.version(),
                                record.matched(),
                                record.wished() + 1,
                                record.decisions(),
                                record.outcomes(),
                                record.healed(),
                                record.open(),
                                record.firstAt(),
                                record.lastFired()));
    }

    /// Takes in how actions ended in this turn.
    void settle(Instant now) {
        for (String action : List.copyOf(waiting.keySet())) {
            Undertaking undertaking = memory.undertaking(action);
            if (undertaking == null || undertaking.isFinal()) {
                SortedSet<String> keys = waiting.remove(action);
                for (String key : keys == null ? Collections.<String>emptySortedSet() : keys) {
                    ended(key, action, undertaking, now);
                }
            }
        }
    }

    private void ended(String key, String action, @Nullable Undertaking undertaking, Instant now) {
        Memo.RuleRecord record = memory.get(Memo.RuleRecord.class, key);
        if (record == null) {
            return;
        }
        SortedMap<String, String> open = new TreeMap<>(record.open());
        String alert = open.remove(action);
        Outcome outcome = undertaking == null ? null : undertaking.outcome();
        if (outcome == null) {
            keep(open(record, open));
            return;
        }
        boolean isHealed = outcome instanceof Outcome.Healed;
        SortedMap<String, Memo.Took> healed = new TreeMap<>(record.healed());
        Incident incident = undertaking == null ? null : memory.incident(undertaking.incident());
        if (isHealed && incident != null) {
            memory.mark(Marks.healed(incident.id()), now);
            if (alert != null && !alert.isEmpty()) {
                healed.merge(
                        alert,
                        Memo.Took.NEVER.and(Duration.between(incident.openedAt(), now)),
                        (one, more) ->
                                new Memo.Took(one.times() + 1, one.seconds() + more.seconds()));
            }
        }
        keep(
                new Memo.RuleRecord(
                        record.rule(),
                        record.version(),
                        record.matched(),
                        record.wished(),
                        record.decisions(),
                        oneMore(record.outcomes(), outcome.word()),
                        healed,
                        open,
                        record.firstAt(),
                        record.lastFired()));
    }

    /// What came of the rules in force, and of the versions before them.
    SortedMap<String, RuleStanding> standings() {
        if (shown == null) {
            shown = Collections.unmodifiableSortedMap(compute());
        }
        return shown;
    }

    private SortedMap<String, RuleStanding> compute() {
        SortedMap<String, RuleStanding> standings = new TreeMap<>();
        for (Memo.RuleRecord record : memory.all(Memo.RuleRecord.class)) {
            standings.put(
                    record.key(),
                    new RuleStanding(
                            record.rule(),
                            record.version(),
                            record.matched(),
                            record.wished(),
                            record.decisions(),
                            record.outcomes(),
                            record.firstAt(),
                            record.lastFired(),
                            minutesSaved(record)));
        }
        return standings;
    }

    /// What people took for such alerts on average, less what it took us; null where nobody knows.
    private @Nullable Long minutesSaved(Memo.RuleRecord record) {
        Long seconds = null;
        for (Map.Entry<String, Memo.Took> ours : record.healed().entrySet()) {
            Memo.PeopleTook people = memory.get(Memo.PeopleTook.class, ours.getKey());
            if (people != null) {
                long theirs = people.took().seconds() * ours.getValue().times();
                long saved = theirs / people.took().times() - ours.getValue().seconds();
                seconds = (seconds == null ? 0 : seconds) + saved;
            }
        }
        return seconds == null ? null : Duration.ofSeconds(seconds).toMinutes();
    }

    // --- one record ---

    private void keep(Memo.RuleRecord record) {
        memory.keep(record);
        shown = null;
    }

    private Memo.@Nullable RuleRecord find(String rule) {
        String version = versions.get().get(rule);
        return version == null ? null : memory.get(Memo.RuleRecord.class, rule + "/" + version);
    }

    /// @return it as it is now; null when there is no such rule
    private Memo.@Nullable RuleRecord change(
            String rule, Instant now, UnaryOperator<Memo.RuleRecord> change) {
        String version = versions.get().get(rule);
        if (version == null) {
            return null;
        }
        Memo.RuleRecord before = find(rule);
        if (before == null) {
            forgetOldest(rule);
        }
        Memo.RuleRecord after = change.apply(before == null ? nothing(rule, version, now) : before);
        keep(after);
        return after;
    }

    private void forgetOldest(String rule) {
        List<Memo.RuleRecord> known =
                memory.all(Memo.RuleRecord.class, rule + "/").stream()
                        .filter(each -> each.rule().equals(rule))
                        .toList();
        if (known.size() >= VERSIONS) {
            Memo.RuleRecord oldest =
                    Collections.min(known, Comparator.comparing(Memo.RuleRecord::firstAt));
            memory.drop(Memo.RuleRecord.class, oldest.key());
        }
    }

    private static Memo.RuleRecord nothing(String rule, String version, Instant now) {
        return new Memo.RuleRecord(
                rule,
                version,
                0,
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                now,
                null);
    }

    private static Memo.RuleRecord open(Memo.RuleRecord record, SortedMap<String, String> open) {
        return new Memo.RuleRecord(
                record.rule(),
                record.version(),
                record.matched(),
                record.wished(),
                record.decisions(),
                record.outcomes(),
                record.healed(),
                open,
                record.firstAt(),
                record.lastFired());
    }

    private static SortedMap<String, Long> oneMore(SortedMap<String, Long> counts, String word) {
        SortedMap<String, Long> more = new TreeMap<>(counts);
        more.merge(word, 1L, Long::sum);
        return Sorted.copy(more);
    }

    private static SortedMap<String, String> with(
            SortedMap<String, String> map, String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }
}
