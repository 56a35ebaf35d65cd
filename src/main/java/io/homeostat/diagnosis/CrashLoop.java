package io.homeostat.diagnosis;

import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tasks start, run, and end with an error again and again. Swarm restarts them already: another
/// restart is no remedy.
record CrashLoop(Thresholds thresholds, Duration hold) implements Ailment {
    static final String NAME = "CrashLoop";

    /// The causes, as the label says them.
    private static final String AFTER_CHANGE = "after-change";

    private static final String ONE_NODE = "one-node";
    private static final String EVERYWHERE = "everywhere";

    /// So many places are described one by one.
    private static final int DESCRIBED = 3;

    @Override
    public Finding find(Patient patient, Instant now) {
        List<Streak> streaks = Streak.of(patient, CrashLoop::hasCrashed, thresholds, hold, now);
        if (streaks.isEmpty()) {
            return Finding.NOTHING;
        }
        Instant since = Streak.since(streaks);
        Change change = patient.provoked(NAME, since, thresholds);
        String node = change == null ? onlyNode(streaks, patient, now) : null;
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(Symptom.SEVERITY, Symptom.CRITICAL);
        labels.put(
                Symptom.CAUSE,
                change != null ? AFTER_CHANGE : node != null ? ONE_NODE : EVERYWHERE);
        if (change != null) {
            labels.put(Symptom.CHANGE, change.word());
        }
        if (node != null) {
            labels.put(Symptom.NODE, node);
        }
        return new Finding(
                new Symptom(
                        NAME,
                        patient.service().name(),
                        since,
                        labels,
                        summary(patient, change, node),
                        evidence(streaks, patient)),
                Streak.until(streaks));
    }

    /// What could not even start is another ailment.
    private static boolean hasCrashed(Task task) {
        return task.state() == Task.State.FAILED && !StartFault.isOf(task);
    }

    /// The node on which all of these failed, when tasks of the same service run well on another:
    /// only then the node is to blame. Null when it is not.
    private @Nullable String onlyNode(List<Streak> streaks, Patient patient, Instant now) {
        SortedSet<String> nodes = new TreeSet<>();
        for (Streak streak : streaks) {
            streak.tasks().forEach(task -> nodes.add(task.node() == null ? "" : task.node()));
        }
        String node = nodes.first();
        boolean runsElsewhere =
                Slot.of(patient).stream()
                        .filter(slot -> !now.isBefore(slot.provenAt(hold)))
                        .anyMatch(slot -> !node.equals(slot.newest().node()));
        return nodes.size() == 1 && !node.isEmpty() && runsElsewhere ? node : null;
    }

    private static String summary(Patient patient, @Nullable Change change, @Nullable String node) {
        String name = patient.service().name();
        if (change != null) {
            return "tasks of %s crash again and again since a %s changed it"
                    .formatted(name, change.word());
        }
        return node == null
                ? "tasks of %s crash again and again".formatted(name)
                : "tasks of %s crash again and again, and only on node %s"
                        .formatted(name, Words.node(node, patient));
    }

    private List<String> evidence(List<Streak> streaks, Patient patient) {
        List<String> lines = new ArrayList<>();
        for (Streak streak : streaks.stream().limit(DESCRIBED).toList()) {
            lines.add(
                    "%s: %d tasks ended with an error within %s, the last %s"
                            .formatted(
                                    streak.slot().name(),
                                    streak.tasks().size(),
                                    Words.span(thresholds.failuresWithin()),
                                    Words.of(streak.last(), patient)));
        }
        if (streaks.size() > DESCRIBED) {
            lines.add("%d more places are like that".formatted(streaks.size() - DESCRIBED));
        }
        lines.add(History.of(patient));
        lines.add(
                "Swarm restarts the tasks already, so another restart is no remedy: look into their logs");
        return lines;
    }
}
