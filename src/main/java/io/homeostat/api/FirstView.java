package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Lease;
import io.homeostat.fact.Watcher;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once services, tasks and nodes have all been seen and the store answers, or while another
/// process leads and there is nothing to see for. A cluster that cannot be seen later does not end
/// it: alerts are taken all the same.
@Readiness
@Singleton
class FirstView implements HealthCheck {
    private static final List<String> WANTED =
            List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES);

    private final EngineLoop loop;
    private final Lease lease;
    private final StoreCheck store;
    private volatile boolean seen;

    FirstView(EngineLoop loop, Lease lease, StoreCheck store) {
        this.loop = loop;
        this.lease = lease;
        this.store = store;
    }

    boolean isReady() {
        return unseen().isEmpty() && store.answers();
    }

    @Override
    public HealthCheckResponse call() {
        SortedSet<String> unseen = unseen();
        boolean open = store.answers();
        return HealthCheckResponse.named("sight and store")
                .status(unseen.isEmpty() && open)
                .withData("unseen", String.join(", ", unseen))
                .withData("store", open)
                .build();
    }

    /// What has not been seen yet; once all has been seen, it stays so.
    private SortedSet<String> unseen() {
        if (lease.standing() instanceof Lease.Standing.Elsewhere) {
            return Collections.emptySortedSet();
        }
        SortedSet<String> unseen = new TreeSet<>(seen ? List.of() : WANTED);
        loop.picture().facts().stream()
                .filter(fact -> fact instanceof Watcher watcher && watcher.isSeeing())
                .forEach(fact -> unseen.remove(fact.subject().name()));
        seen = unseen.isEmpty();
        return unseen;
    }
}
