package io.homeostat.simulated;

import io.homeostat.engine.Signal.ReportedAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Alerts that are told together, in Alertmanager's rhythm: first after `group_wait`, then every
/// `group_interval` if something changed, and all again after `repeat_interval`.
final class AlertGroup {
    private final Duration interval;
    private final Duration repeat;
    private final SortedMap<String, ReportedAlert> alerts = new TreeMap<>();
    private SortedSet<String> told = new TreeSet<>();
    private @Nullable Instant toldAt;
    private Instant nextAt;

    AlertGroup(Instant firstAt, Duration interval, Duration repeat) {
        this.nextAt = firstAt;
        this.interval = interval;
        this.repeat = repeat;
    }

    void put(ReportedAlert alert) {
        alerts.put(alert.fingerprint(), alert);
    }

    /// True when nothing fires and everybody knows.
    boolean isOver() {
        return alerts.isEmpty();
    }

    /// What there is to tell now; empty when nothing is.
    List<ReportedAlert> due(Instant now, Predicate<ReportedAlert> muted) {
        if (now.isBefore(nextAt)) {
            return List.of();
        }
        while (!nextAt.isAfter(now)) {
            nextAt = nextAt.plus(interval);
        }
        // What ended before anybody was told of it is nobody's business.
        alerts.values().removeIf(alert -> !alert.firing() && !told.contains(alert.fingerprint()));
        List<ReportedAlert> tellable =
                alerts.values().stream().filter(alert -> !muted.test(alert)).toList();
        SortedSet<String> firing = new TreeSet<>();
        tellable.stream()
                .filter(ReportedAlert::firing)
                .forEach(alert -> firing.add(alert.fingerprint()));
        boolean ended = tellable.stream().anyMatch(alert -> !alert.firing());
        boolean isNew = !told.containsAll(firing);
        boolean again = toldAt != null && !firing.isEmpty() && !now.isBefore(toldAt.plus(repeat));
        if (!ended && !isNew && !again) {
            return List.of();
        }
        toldAt = now;
        told = firing;
        alerts.values().removeIf(alert -> !alert.firing());
        return new ArrayList<>(tellable);
    }
}
