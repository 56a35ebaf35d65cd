package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Deployment;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which deployments there are: those that the engine holds, and those that are on disk and that it
/// has not read yet. Without these, the same one asked for twice in a moment would be two.
/// Thread-safe.
@Singleton
class AcceptedDeployments {
    private final EngineLoop loop;
    private final SortedMap<String, Deployment> unread = new TreeMap<>();

    AcceptedDeployments(EngineLoop loop) {
        this.loop = loop;
    }

    /// The open one of the same image and service; if there is none, the one that is wanted, which
    /// then counts as accepted.
    synchronized Deployment orOpen(Deployment wanted) {
        for (Deployment each : all()) {
            if (each.open()
                    && each.service().equals(wanted.service())
                    && each.image().equals(wanted.image())) {
                return each;
            }
        }
        unread.put(wanted.id(), wanted);
        return wanted;
    }

    /// It was not accepted after all.
    synchronized void free(Deployment refused) {
        unread.remove(refused.id());
    }

    synchronized List<Deployment> all() {
        List<Deployment> all = new ArrayList<>();
        loop.picture()
                .facts()
                .forEach(fact -> {
                    if (fact instanceof Deployment held) {
                        unread.remove(held.id());
                        all.add(held);
                    }
                });
        all.addAll(unread.values());
        return all;
    }
}
