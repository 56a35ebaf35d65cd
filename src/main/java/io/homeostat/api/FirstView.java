package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Journal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState;
import io.homeostat.fact.Watcher;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once services, tasks and nodes have all been seen, while the store answers and can be
/// written. A cluster that cannot be seen later does not end it: alerts are taken all the same.
@Readiness
@Singleton
class FirstView implements HealthCheck {
    private static final List<String> WANTED =
            List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES);

    private final EngineLoop loop;
    private final Journal journal;
    private final StoreState store;
    private volatile boolean seen;

    FirstView(EngineLoop loop, Journal journal, StoreState store) {
        this.loop = loop;
        this.journal = journal;
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        SortedSet<String> unseen = new TreeSet<>(seen ? List.of() : WANTED);
        loop.picture().facts().stream()
                .filter(fact -> fact instanceof Watcher watcher && watcher.isSeeing())
                .forEach(fact -> unseen.remove(fact.subject().name()));
        seen = unseen.isEmpty();
        boolean open = store.trouble().isEmpty() && storeAnswers();
        return HealthCheckResponse.named("sight and store")
                .status(seen && open)
                .withData("unseen", String.join(", ", unseen))
                .withData("store", open)
                .build();
    }

    private boolean storeAnswers() {
        try {
            journal.page("line", Map.of(), null, 1);
            return true;
        } catch (StoreException failed) {
            return false; // StatusResource and the loop say why
        }
    }
}
