package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.KnownGood;
import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which specification of each service is the last known good: the one that all its tasks ran
/// without a break for the watch time, while no alert about the service began.
///
/// A task is never started again, a new one takes its place. So what ran at the beginning and runs
/// at the end has run all the time, and nobody has to look in between.
final class Proving {
    /// A service that is not well is looked at again after this part of its watch time.
    private static final int LOOKS = 20;

    private static final Duration SOONEST = Duration.ofSeconds(1);

    private final Memory memory;
    private final Limits limits;

    /// When each service on trial is looked at next. Lost with the process: then all are at once.
    private final SortedMap<String, Instant> due = new TreeMap<>();

    /// The same by time, for there may be thousands.
    private final NavigableMap<Instant, SortedSet<String>> names = new TreeMap<>();

    Proving(Memory memory, Limits limits) {
        this.memory = memory;
        this.limits = limits;
        for (Memo.Proven proven : memory.all(Memo.Proven.class)) {
            if (proven.trial() != null) {
                due(proven.service(), Instant.MIN);
            }
        }
    }

    /// The last known good of the service; null when nothing is known to be good.
    static @Nullable KnownGood knownGood(Memory memory, String service) {
        Memo.Proven proven = memory.get(Memo.Proven.class, service);
        return proven == null ? null : proven.good();
    }

    /// What a rollback of the service leads back to at that instant. As long as an ailment is taken
    /// to come from the last change, the specification that it brought may have become good too
    /// early: then what was good before it.
    static @Nullable KnownGood wayBack(
            Memory memory, String service, Duration afterChange, Instant now) {
        Memo.Proven proven = memory.get(Memo.Proven.class, service);
        Service present = memory.service(service);
        if (proven == null || present == null) {
            return null;
        }
        KnownGood good = proven.good();
        KnownGood before = proven.before();
        return good != null
                        && before != null
                        && good.content().equals(present.contentHash())
                        && now.isBefore(good.at().plus(afterChange))
                ? before
                : good;
    }

    /// A service was seen; another content than before begins its trial.
    void seen(Service service, Instant now) {
        String content = service.contentHash();
        if (content == null || isJob(service)) {
            return;
        }
        Memo.Proven proven = memory.get(Memo.Proven.class, service.name());
        KnownGood good = proven == null ? null : proven.good();
        KnownGood before = proven == null ? null : proven.before();
        Memo.Trial trial = proven == null ? null : proven.trial();
        if (good != null && good.content().equals(content)) {
            if (trial != null) {
                memory.keep(new Memo.Proven(service.name(), good, before, null));
                rests(service.name());
            }
        } else if (before != null && before.content().equals(content)) {
            // Whoever goes back says that what came after it was not good.
            memory.keep(new Memo.Proven(service.name(), before, null, null));
            rests(service.name());
        } else if (trial == null || !trial.content().equals(content)) {
            memory.keep(new Memo.Proven(service.name(), good, before, Memo.Trial.of(content, now)));
            due(service.name(), now);
        }
    }

    private static boolean isJob(Service service) {
        return switch (service.mode()) {
            case REPLICATED_JOB, GLOBAL_JOB -> true;
            case REPLICATED, GLOBAL -> false;
        };
    }

    void judge(Instant now) {
        List<String> ready = new ArrayList<>();
        names.headMap(now, true).values().forEach(ready::addAll);
        for (String name : ready) {
            judge(name, now);
        }
    }

    /// Looked at again at that instant, which is later than now.
    private void due(String name, Instant at) {
        rests(name);
        due.put(name, at);
        names.computeIfAbsent(at, _ -> new TreeSet<>()).add(name);
    }

    private void rests(String name) {
        Instant before = due.remove(name);
        SortedSet<String> together = before == null ? null : names.get(before);
        if (before != null && together != null) {
            together.remove(name);
            if (together.isEmpty()) {
                names.remove(before);
            }
        }
    }

    private void judge(String name, Instant now) {
        Service service = memory.service(name);
        Memo.Proven proven = memory.get(Memo.Proven.class, name);
        Memo.Trial trial = proven == null ? null : proven.trial();
        if (service == null || proven == null || trial == null) {
            rests(name);
            return;
        }
        Duration watch = watch(service, limits);
        SortedSet<String> running = running(service);
        Instant wellSince = trial.wellSince();
        if (!isSeen(service)) {
            due(name, now.plus(again(watch)));
        } else if (!isWell(service, running) || hasAlertSince(service, trial.since())) {
            keep(proven, trial.unwell());
            due(name, now.plus(again(watch)));
        } else if (wellSince == null
                || isBroken(trial, running, service)
                || beganSince(service, wellSince)) {
            keep(proven, trial.well(now, running, service.replicas()));
            due(name, now.plus(watch));
        } else if (now.isBefore(wellSince.plus(watch))) {
            due(name, wellSince.plus(watch));
        } else {
            rests(name);
            good(service, proven, trial, now);
        }
    }

    private void keep(Memo.Proven proven, Memo.Trial trial) {
        memory.keep(new Memo.Proven(proven.service(), proven.good(), proven.before(), trial));
    }

    private void good(Service service, Memo.Proven proven, Memo.Trial trial, Instant now) {
        KnownGood good = new KnownGood(trial.content(), service.image(), now);
        KnownGood before = proven.good();
        memory.keep(new Memo.Proven(service.name(), good, before, null));
        if (before != null) {
            memory.line(
                    service.subject().toString(),
                    "",
                    "cluster",
                    "%s has run well with %s for %s: that is its last known good now, before %s"
                            .formatted(
                                    service.name(),
                                    service.image(),
                                    Spans.text(watch(service, limits)),
                                    before.image()));
        }
    }

    /// How long a new specification of this service has to run well.
    static Duration watch(Service service, Limits limits) {
        Duration own = ServiceLabels.watch(service.labels());
        return own == null ? limits.safety().watch() : own;
    }

    private static Duration again(Duration watch) {
        Duration part = watch.dividedBy(LOOKS);
        return part.compareTo(SOONEST) < 0 ? SOONEST : part;
    }

    private SortedSet<String> running(Service service) {
        SortedSet<String> running = new TreeSet<>();
        for (Task task : memory.tasks(service.name())) {
            if (task.running()) {
                running.add(task.id());
            }
        }
        return running;
    }

    /// All that is wanted runs as it is specified. A task that has a health check runs only when it
    /// is healthy; and where a task is not as specified yet, Swarm says that it updates or has
    /// paused. Of none at all nothing is known.
    private boolean isWell(Service service, SortedSet<String> running) {
        if (running.isEmpty()
                || !isAtRest(service)
                || (service.replicas() != null && running.size() < service.replicas())) {
            return false;
        }
        for (Task task : memory.tasks(service.name())) {
            boolean isWanted = task.desired() == Task.State.RUNNING;
            boolean comes = isWanted && task.state().compareTo(Task.State.RUNNING) < 0;
            if (comes || (task.running() && !task.image().equals(service.image()))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSeen(Service service) {
        for (String name : List.of(Watcher.SERVICES, Watcher.TASKS)) {
            Watcher watcher = memory.watcher(name);
            if (watcher == null || !watcher.isSeeing()) {
                return false;
            }
        }
        return !memory.awaitsSight(service.subject());
    }

    private static boolean isAtRest(Service service) {
        return switch (service.update()) {
            case NONE, COMPLETED, ROLLBACK_COMPLETED -> true;
            case UPDATING, PAUSED, ROLLBACK_STARTED, ROLLBACK_PAUSED -> false;
        };
    }

    /// An alert about the service that began with this specification and goes on speaks against it.
    private boolean hasAlertSince(Service service, Instant since) {
        for (Alert alert : memory.alertsAbout(service.subject())) {
            if (!alert.startsAt().isBefore(since)) {
                return true;
            }
        }
        return false;
    }

    /// One that began and ended meanwhile as well.
    private boolean beganSince(Service service, Instant since) {
        for (Memo.Begun begun : memory.all(Memo.Begun.class, service.subject() + "/")) {
            if (!begun.at().isEmpty() && begun.at().last().isAfter(since)) {
                return true;
            }
        }
        return false;
    }

    /// A task that ran does not run any more, though no fewer are wanted.
    private static boolean isBroken(Memo.Trial trial, SortedSet<String> running, Service service) {
        SortedSet<String> lost = new TreeSet<>(trial.tasks());
        lost.removeAll(running);
        int before = trial.replicas() == null ? 0 : trial.replicas();
        int now = service.replicas() == null ? 0 : service.replicas();
        return lost.size() > Math.max(0, before - now);
    }

    /// When the next service on trial is looked at; null when none is.
    @Nullable Instant nextChange() {
        return names.isEmpty() ? null : names.firstKey();
    }
}
