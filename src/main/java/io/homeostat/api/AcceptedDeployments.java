package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Which deployments there are: those that the engine holds, and those that are on disk and that it
/// has not read yet. Without these, the same one asked for twice in a moment would be two.
/// Thread-safe.
@Singleton
class AcceptedDeployments {
    /// The engine has read it by then, and may have forgotten it again: of many that give way to
    /// each other only the newest are held. One that is believed to be open for longer would keep
    /// its image from ever being deployed.
    private static final Duration READ_WITHIN = Duration.ofMinutes(1);

    private final Supplier<Collection<Fact>> held;
    private final InstantSource clock;
    private final SortedMap<String, Deployment> unread = new TreeMap<>();

    @Inject
    AcceptedDeployments(EngineLoop loop, InstantSource clock) {
        this(() -> loop.picture().facts(), clock);
    }

    AcceptedDeployments(Supplier<Collection<Fact>> held, InstantSource clock) {
        this.held = held;
        this.clock = clock;
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
        for (Fact fact : held.get()) {
            if (fact instanceof Deployment known) {
                unread.remove(known.id());
                all.add(known);
            }
        }
        unread.values().removeIf(each -> !clock.instant().isBefore(each.at().plus(READ_WITHIN)));
        all.addAll(unread.values());
        return all;
    }
}
