package io.homeostat.simulated;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is seen of the cluster: all of it when something changed, and now and then when nothing
/// did.
final class Looks {
    private final SimulatedCluster.Pace pace;
    private final Mishaps mishaps;
    private final List<Signal.ServiceChanged> changes = new ArrayList<>();
    private boolean changed = true;
    private @Nullable Instant lookedAt;

    Looks(SimulatedCluster.Pace pace, Mishaps mishaps) {
        this.pace = pace;
        this.mishaps = mishaps;
    }

    void changed() {
        changed = true;
    }

    void changed(String service, Instant at, Provenance whose, String path) {
        changes.add(new Signal.ServiceChanged(service, at, whose, Sorted.copy(List.of(path))));
        changed = true;
    }

    /// True when a look is due.
    boolean isDue(Instant now) {
        return changed || lookedAt == null || !now.isBefore(lookedAt.plus(pace.lookEvery()));
    }

    List<Signal.Volatile> take(
            Instant now, List<Service> services, List<Node> nodes, List<Task> tasks) {
        changed = false;
        lookedAt = now;
        List<Signal.Volatile> signals = new ArrayList<>();
        if (mishaps.blindness(Watcher.SERVICES) == null) {
            signals.addAll(changes);
            changes.clear();
        }
        look(
                signals,
                new Signal.ServicesSeen(now, true, services, List.of()),
                Watcher.SERVICES,
                now);
        look(signals, new Signal.NodesSeen(now, nodes), Watcher.NODES, now);
        look(signals, new Signal.TasksSeen(now, null, tasks), Watcher.TASKS, now);
        return signals;
    }

    private void look(
            List<Signal.Volatile> signals, Signal.Volatile view, String watcher, Instant now) {
        String reason = mishaps.blindness(watcher);
        if (reason == null) {
            signals.add(view);
            signals.add(new Signal.WatcherLooked(watcher, now, pace.goodFor()));
        } else {
            signals.add(new Signal.WatcherFailed(watcher, now, reason));
        }
    }
}
