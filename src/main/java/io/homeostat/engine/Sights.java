package io.homeostat.engine;

import io.homeostat.engine.Signal.WatcherFailed;
import io.homeostat.engine.Signal.WatcherLooked;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.fact.Watcher.Sight;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Keeps track of whether our watchers see. Unknown is not down, and what nobody looked at lately
/// is unknown.
final class Sights {
    private static final List<String> ALWAYS =
            List.of(Watcher.NODES, Watcher.SERVICES, Watcher.TASKS);

    private final Memory memory;

    Sights(Memory memory) {
        this.memory = memory;
    }

    void looked(WatcherLooked signal) {
        memory.sightings()
                .looks()
                .put(
                        signal.watcher(),
                        new Sightings.Look(signal.began(), signal.began().plus(signal.goodFor())));
        memory.sightings().failures().remove(signal.watcher());
    }

    void failed(WatcherFailed signal) {
        memory.sightings().failures().put(signal.watcher(), signal.reason());
    }

    /// A watcher that a former process had and this one may not have is forgotten until it looks.
    void begin() {
        for (Watcher watcher : memory.watchers()) {
            if (!ALWAYS.contains(watcher.name())) {
                memory.drop(watcher);
            }
        }
    }

    /// After a gap nothing is seen until it is looked at again.
    void blindAll() {
        memory.sightings().looks().clear();
    }

    /// States which watchers see at this instant, where that has changed.
    void judge(Instant now) {
        SortedSet<String> names = new TreeSet<>(ALWAYS);
        names.addAll(memory.sightings().looks().keySet());
        names.addAll(memory.sightings().failures().keySet());
        for (Watcher watcher : memory.watchers()) {
            names.add(watcher.name());
        }
        for (String name : names) {
            Sightings.Look look = memory.sightings().looks().get(name);
            boolean sees = look != null && now.isBefore(look.goodUntil());
            state(name, sees ? Sight.SEEING : Sight.BLIND, reason(name, look), now);
        }
    }

    private String reason(String name, Sightings.@Nullable Look look) {
        String failure = memory.sightings().failures().get(name);
        if (failure != null) {
            return failure;
        }
        return look == null
                ? "it has not looked successfully since we started or since a gap"
                : "its last successful look began at " + look.began();
    }

    private void state(String name, Sight sight, String reason, Instant now) {
        Watcher held = memory.watcher(name);
        if (held != null && held.sight() == sight) {
            return;
        }
        String why = sight == Sight.SEEING ? "" : reason;
        memory.keep(new Watcher(name, sight, now, why));
        String text =
                sight == Sight.SEEING
                        ? "the watcher of " + name + " sees"
                        : "the watcher of " + name + " is blind: " + why;
        memory.line(new Subject(Subject.Kind.WATCHER, name).toString(), "", "cluster", text);
    }

    /// When the next watcher goes blind if nobody looks; null when all are blind.
    @Nullable Instant nextChange() {
        Instant next = null;
        for (String name : memory.sightings().looks().keySet()) {
            Watcher watcher = memory.watcher(name);
            Sightings.Look look = memory.sightings().looks().get(name);
            if (watcher != null && watcher.isSeeing() && look != null) {
                next = next == null || look.goodUntil().isBefore(next) ? look.goodUntil() : next;
            }
        }
        return next;
    }
}
