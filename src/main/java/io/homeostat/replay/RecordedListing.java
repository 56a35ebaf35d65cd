package io.homeostat.replay;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A look at Alertmanager's list, told from what it changed: which alerts it confirmed, suppressed
/// and missed.
final class RecordedListing {
    private RecordedListing() {}

    /// @param open the alerts that are open after the turn
    static Optional<Signal> of(Past.Recorded turn, SortedMap<String, Alert> open) {
        if (!turn.looks().contains("AlertsListed")) {
            return Optional.empty();
        }
        SortedSet<String> told = told(turn);
        SortedMap<String, Memo.AlertMemory> there = new TreeMap<>();
        SortedMap<String, Memo.AlertMemory> missed = new TreeMap<>();
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.AlertMemory alert) {
                boolean isThere = alert.absentSince() == null && alert.resolvedAt() == null;
                if (isThere && open.containsKey(alert.fingerprint())) {
                    there.put(alert.fingerprint(), alert);
                } else if (!told.contains(alert.fingerprint())) {
                    missed.put(alert.fingerprint(), alert);
                }
            }
        }
        Instant began = began(there, missed, told);
        return began == null ? Optional.empty() : Optional.of(listed(began, there, missed, open));
    }

    /// The alerts that a message of this turn spoke of.
    private static SortedSet<String> told(Past.Recorded turn) {
        SortedSet<String> told = new TreeSet<>();
        for (Signal.Durable signal : turn.signals()) {
            if (signal instanceof Signal.AlertsReceived received) {
                received.alerts().forEach(alert -> told.add(alert.fingerprint()));
            }
        }
        return told;
    }

    private static @Nullable Instant began(
            Map<String, Memo.AlertMemory> there,
            Map<String, Memo.AlertMemory> missed,
            SortedSet<String> told) {
        Instant began = null;
        for (Memo.AlertMemory alert : missed.values()) {
            Instant noticed = alert.resolvedAt() == null ? alert.absentSince() : alert.resolvedAt();
            began = later(began, noticed);
        }
        for (Memo.AlertMemory alert : there.values()) {
            began = told.contains(alert.fingerprint()) ? began : later(began, alert.confirmedAt());
        }
        return began;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    /// An absence meant something only if Alertmanager had been up for long and listed something.
    private static Signal listed(
            Instant began,
            Map<String, Memo.AlertMemory> there,
            Map<String, Memo.AlertMemory> missed,
            SortedMap<String, Alert> open) {
        boolean meaningful = !missed.isEmpty();
        List<Signal.ListedAlert> listed = new ArrayList<>();
        for (Alert alert : open.values()) {
            Memo.AlertMemory confirmed = there.get(alert.fingerprint());
            boolean isListed =
                    confirmed == null
                            ? meaningful && !missed.containsKey(alert.fingerprint())
                            : !confirmed.confirmedAt().isBefore(began);
            if (isListed) {
                listed.add(
                        new Signal.ListedAlert(
                                reported(alert),
                                confirmed == null ? List.of() : confirmed.suppressedBy()));
            }
        }
        return new Signal.AlertsListed(
                began, meaningful ? Instant.EPOCH : began.minusMillis(1), listed);
    }

    private static Signal.ReportedAlert reported(Alert alert) {
        return new Signal.ReportedAlert(
                alert.fingerprint(),
                true,
                alert.startsAt(),
                null,
                alert.labels(),
                alert.annotations());
    }
}
