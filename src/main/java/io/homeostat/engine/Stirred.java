package io.homeostat.engine;

import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.util.SortedSet;
import java.util.TreeSet;

/// The services about which something that is held has changed, so that only those are looked at.
final class Stirred {
    private final SortedSet<String> services = new TreeSet<>();
    private boolean all = true;

    /// Something is held now, or is no longer held.
    void by(Fact fact) {
        if (fact instanceof Service service) {
            services.add(service.name());
        } else if (fact instanceof Task task) {
            services.add(task.service());
        } else if (fact instanceof Node) {
            all = true;
        }
    }

    /// True when all services have to be looked at.
    boolean isEverything() {
        return all;
    }

    SortedSet<String> services() {
        return services;
    }

    void clear() {
        services.clear();
        all = false;
    }
}
