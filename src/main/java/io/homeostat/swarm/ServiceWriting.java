package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.engine.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to one service: reads it fresh, changes exactly one path of its specification, sends the
/// whole back against the version that was read, and reads it again. A rollback changes all but
/// three paths, to what they were.
final class ServiceWriting {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWriting.class);

    private final Docker docker;
    private final Sightings sightings;
    private final KnownSpecifications known;
    private final RegistryCredentials credentials;
    private final Traces traces;
    private final InstantSource clock;

    ServiceWriting(
            Docker docker,
            Sightings sightings,
            KnownSpecifications known,
            RegistryCredentials credentials,
            Traces traces,
            InstantSource clock) {
        this.docker = docker;
        this.sightings = sightings;
        this.known = known;
        this.credentials = credentials;
        this.traces = traces;
        this.clock = clock;
    }

    Report perform(Action.OnService action, Clearance clearance) throws InterruptedException {
        String name = action.subject().name();
        JsonNode found;
        try {
            found = look(name);
        } catch (DockerException e) {
            return new Report.Failed(
                    e.status() == 404
                            ? "service/%s does not exist any more".formatted(name)
                            : e.reason());
        }
        return switch (patch(action, found)) {
            case Patch.Refused refused -> refused.report();
            case Patch.Ready ready -> {
                try {
                    yield send(found, ready, shown(action, ready), clearance);
                } catch (RegistryCredentials.Unreadable e) {
                    yield new Report.Failed(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    /// With another image goes what its registry wants to be shown: a node that never pulled has to
    /// show it. All other writes leave Docker with what it has.
    private @Nullable String shown(Action.OnService action, Patch.Ready ready)
            throws RegistryCredentials.Unreadable {
        String image =
                switch (action) {
                    case Action.ScaleService _, Action.RestartService _ -> "";
                    case Action.DeployService _, Action.RollbackService _ ->
                            ready.spec()
                                    .path(Specification.TEMPLATE)
                                    .path("ContainerSpec")
                                    .path("Image")
                                    .asText("");
                };
        try {
            return image.isEmpty() ? null : credentials.header(ImageName.parse(image));
        } catch (IllegalArgumentException odd) {
            LOG.debug("nothing is shown to the registry of an image: {}", odd.getMessage());
            return null;
        }
    }

    private Patch patch(Action.OnService action, JsonNode found) throws InterruptedException {
        return switch (action) {
            case Action.ScaleService _, Action.RestartService _, Action.DeployService _ ->
                    Patch.of(action, found, null);
            case Action.RollbackService rollback -> back(rollback, found);
        };
    }

    /// What is missing is found before anything is written.
    private Patch back(Action.RollbackService rollback, JsonNode found)
            throws InterruptedException {
        try {
            Patch patch = Patch.of(rollback, found, known.find(rollback.to()));
            if (patch instanceof Patch.Ready ready) {
                List<String> missing = References.missing(ready.spec(), docker);
                if (!missing.isEmpty()) {
                    return refused(
                            "%s cannot go back to its last known good specification, because it needs what is gone: %s; create it again, or write a specification without it"
                                    .formatted(rollback.subject(), String.join(", ", missing)));
                }
            }
            return patch;
        } catch (StoreException e) {
            return refused(
                    "the last known good specification of %s could not be read: %s"
                            .formatted(rollback.subject(), e.getMessage()));
        } catch (DockerException e) {
            return refused(
                    "Docker could not be asked whether all is there that %s needs to go back: %s"
                            .formatted(rollback.subject(), e.reason()));
        }
    }

    private static Patch refused(String reason) {
        return new Patch.Refused(new Report.Failed(reason));
    }

    private Report send(
            JsonNode found, Patch.Ready patch, @Nullable String shown, Clearance clearance)
            throws InterruptedException {
        String trace = Specification.hash(patch.spec());
        Optional<String> objection = clearance.request(trace);
        if (objection.isPresent()) {
            return new Report.Withheld(objection.get());
        }
        String id = Json.need(found, "ID");
        traces.sending(trace);
        try {
            docker.post(
                    "/services/%s/update?version=%d"
                            .formatted(Docker.encoded(id), Json.version(found)),
                    patch.spec(),
                    shown);
        } catch (DockerException e) {
            Report report = e.report("the service");
            if (!(report instanceof Report.Lost)) {
                traces.refused(trace);
            }
            return report;
        }
        return taken(id, patch, trace);
    }

    private Report taken(String id, Patch.Ready patch, String trace) throws InterruptedException {
        Instant began = clock.instant();
        JsonNode now;
        try {
            now = docker.get("/services/" + Docker.encoded(id));
        } catch (DockerException e) {
            LOG.warn("the change was taken, but reading it back failed: {}", e.reason());
            return new Report.Taken(trace);
        }
        String hash = Specification.hash(now.path("Spec"));
        if (!hash.equals(trace)) {
            SortedSet<String> paths = Specification.differences(patch.spec(), now.path("Spec"));
            LOG.warn(
                    "what was read back of {} differs from what was sent, at {}",
                    ServiceReading.name(now),
                    String.join(", ", paths));
            if (paths.contains(patch.path())) {
                return new Report.Taken(trace);
            }
            traces.refused(trace);
            traces.sending(hash);
        }
        sightings.one(began, now);
        return new Report.Taken(hash);
    }

    private JsonNode look(String name) throws DockerException, InterruptedException {
        Instant began = clock.instant();
        JsonNode found = docker.get("/services/" + Docker.encoded(name));
        if (!found.path("Spec").path("Name").asText("").equals(name)) {
            throw DockerException.answered(404, "Docker knows no service of the name " + name);
        }
        sightings.one(began, found);
        return found;
    }
}
