package io.homeostat.simulated;

import io.homeostat.action.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes on their way for which nobody waits any more.
final class LateWrites {
    record Late(Action.OnSwarm action, Writes.Draft draft, Instant at) {}

    private final List<Late> all = new ArrayList<>();

    void add(Action.OnSwarm action, Writes.Draft draft, Instant at) {
        all.add(new Late(action, draft, at));
    }

    /// Those that arrive by now, which are on their way no longer.
    List<Late> takeDue(Instant now) {
        List<Late> due = all.stream().filter(each -> !each.at().isAfter(now)).toList();
        all.removeAll(due);
        return due;
    }

    /// The instant given or that at which the next one arrives; null when there is neither.
    @Nullable Instant earlier(@Nullable Instant other) {
        Instant next = other;
        for (Late each : all) {
            next = next == null || each.at().isBefore(next) ? each.at() : next;
        }
        return next;
    }
}
