package io.homeostat.api;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Measures from an alert's acceptance to the report that the action for it was taken. Only where
/// the alert and the decision came in one turn: what was held back on purpose was not slow.
///
/// Belongs to the engine's thread.
final class Reaction {
    private final Timer timer;

    /// When the alerts were accepted, by the ID of the decision that they led to.
    private final Map<String, Instant> accepted = new HashMap<>();

    Reaction(Timer timer) {
        this.timer = timer;
    }

    void follow(Turn turn) {
        Map<Subject, Instant> alerts = new HashMap<>();
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.AlertMemory alert) {
                alerts.put(Subject.alert(alert.fingerprint()), alert.confirmedAt());
            }
        }
        for (Decision decision : turn.decisions()) {
            decision.evidence().stream()
                    .filter(alerts::containsKey)
                    .map(alerts::get)
                    .min(Instant::compareTo)
                    .ifPresent(at -> accepted.put(decision.id(), at));
        }
        for (Undertaking undertaking : turn.undertakings()) {
            if (undertaking.action() instanceof Action.OnSwarm) {
                settle(undertaking);
            }
        }
        // What led to no action in this turn never will be measured.
        accepted.keySet().removeIf(decision -> isForgotten(decision, turn));
    }

    private void settle(Undertaking undertaking) {
        Instant takenAt = undertaking.takenAt();
        if (takenAt == null && !undertaking.isFinal()) {
            return;
        }
        Instant since = accepted.remove(undertaking.decision());
        if (since != null && takenAt != null) {
            timer.record(Duration.between(since, takenAt));
        }
    }

    private static boolean isForgotten(String decision, Turn turn) {
        return turn.decisions().stream().anyMatch(each -> each.id().equals(decision))
                && turn.undertakings().stream()
                        .noneMatch(each ->
                                each.action() instanceof Action.OnSwarm
                                        && each.decision().equals(decision));
    }
}
