package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The services as last seen, and what is signalled when one is seen anew. Thread-safe: whoever
/// looks, a change is judged once and signalled before the view that shows it.
final class Sightings {
    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);

    private final Consumer<Signal.Volatile> sink;
    private final Traces traces;
    private final KnownSpecifications known;
    private final Map<String, Sighting> byId = new TreeMap<>();
    private final Map<String, Long> unreadable = new TreeMap<>();
    private boolean complete;

    /// @param began when the look began that saw it
    private record Sighting(String name, long version, JsonNode service, Instant began) {}

    Sightings(Consumer<Signal.Volatile> sink, Traces traces, KnownSpecifications known) {
        this.sink = sink;
        this.known = known;
        this.traces = traces;
    }

    /// All services that there are.
    void all(Instant began, List<JsonNode> services) {
        Map<String, Boolean> present = new TreeMap<>();
        services.forEach(service -> present.put(service.path("ID").asText(""), true));
        List<KnownSpecifications.Seen> seen = read(services);
        known.saw(seen);
        all(began, present, seen);
    }

    private synchronized void all(
            Instant began, Map<String, Boolean> present, List<KnownSpecifications.Seen> seen) {
        List<Service> facts = new ArrayList<>();
        seen.forEach(each -> add(began, each, facts));
        byId.entrySet()
                .removeIf(held ->
                        !present.containsKey(held.getKey())
                                && held.getValue().began().isBefore(began));
        complete = true;
        unreadable.keySet().retainAll(present.keySet());
        sink.accept(new Signal.ServicesSeen(began, true, facts, List.of()));
    }

    /// One service.
    void one(Instant began, JsonNode service) {
        List<KnownSpecifications.Seen> seen = read(List.of(service));
        known.saw(seen);
        seen.forEach(each -> one(began, each));
    }

    private synchronized void one(Instant began, KnownSpecifications.Seen seen) {
        List<Service> facts = new ArrayList<>();
        add(began, seen, facts);
        sink.accept(new Signal.ServicesSeen(began, false, facts, List.of()));
    }

    private List<KnownSpecifications.Seen> read(List<JsonNode> services) {
        List<KnownSpecifications.Seen> seen = new ArrayList<>();
        for (JsonNode service : services) {
            try {
                seen.add(new KnownSpecifications.Seen(ServiceReading.read(service), service));
            } catch (IllegalArgumentException | DateTimeException e) {
                reportOnce(service, e);
            }
        }
        return seen;
    }

    /// A service was removed. Its name may meanwhile be another service's.
    synchronized void removed(Instant at, String id) {
        Sighting held = byId.remove(id);
        known.forget(id);
        if (held != null && idOf(held.name()) == null) {
            sink.accept(new Signal.ServicesSeen(at, false, List.of(), List.of(held.name())));
        }
    }

    /// The name of the service, or the ID itself while it is not known.
    synchronized String nameOf(String id) {
        Sighting held = byId.get(id);
        return held == null ? id : held.name();
    }

    /// The ID of the service; null while it is not known.
    synchronized @Nullable String idOf(String name) {
        for (Map.Entry<String, Sighting> held : byId.entrySet()) {
            if (held.getValue().name().equals(name)) {
                return held.getKey();
            }
        }
        return null;
    }

    /// True once all services were seen.
    synchronized boolean complete() {
        return complete;
    }

    private void add(Instant began, KnownSpecifications.Seen seen, List<Service> facts) {
        Service service = seen.service();
        facts.add(service);
        Sighting before = byId.get(service.id());
        if (before != null && before.version() > service.version()) {
            return;
        }
        if (before == null) {
            traces.arrived(service.specHash());
        } else if (before.version() < service.version()) {
            signalChange(before.service(), seen.node(), service);
        }
        byId.put(service.id(), new Sighting(service.name(), service.version(), seen.node(), began));
    }

    private void signalChange(JsonNode before, JsonNode after, Service service) {
        WhoseChange change = WhoseChange.between(before, after, traces::arrived);
        if (change.whose() != Provenance.NOBODY) {
            LOG.info(
                    "{} was changed by {}: {}",
                    service.subject(),
                    change.whose(),
                    String.join(", ", change.paths()));
        } else if (!WhoseChange.wasAskedFor(after)) {
            return;
        }
        sink.accept(
                new Signal.ServiceChanged(
                        service.name(), service.updatedAt(), change.whose(), change.paths()));
    }

    private synchronized void reportOnce(JsonNode node, RuntimeException e) {
        String id = node.path("ID").asText("");
        Long version = node.path("Version").path("Index").asLong(0);
        if (!version.equals(unreadable.put(id, version))) {
            LOG.warn(
                    "service {} ({}) cannot be read and is left alone: {}",
                    node.path("Spec").path("Name").asText("without a name"),
                    id,
                    e.getMessage());
        }
    }
}
