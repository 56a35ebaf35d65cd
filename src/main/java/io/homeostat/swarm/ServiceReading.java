package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Docker's JSON of a service as a fact. It reads only what the fact holds and so bears everything
/// else, however new or odd.
final class ServiceReading {
    private static final String STACK = "com.docker.stack.namespace";

    private ServiceReading() {}

    /// @throws IllegalArgumentException or DateTimeException when it is not a service as Docker
    ///   writes them
    static Service read(JsonNode service) {
        JsonNode spec = service.path("Spec");
        JsonNode template = spec.path("TaskTemplate");
        JsonNode updates = spec.path("UpdateConfig");
        SortedMap<String, String> labels = Json.labels(spec.path("Labels"));
        ServiceLabels said = ServiceLabels.read(labels);
        Service.Mode mode = mode(spec.path("Mode"));
        return new Service(
                Json.need(service, "ID"),
                name(service),
                Json.version(service),
                labels.get(STACK),
                mode,
                replicas(mode, spec),
                template.path("ContainerSpec").path("Image").asText(""),
                template.path("ForceUpdate").asLong(0),
                labels,
                said.scale(),
                said.bad(),
                update(service.path("UpdateStatus").path("State").asText("")),
                !updates.path("Order").asText("").equals("start-first"),
                updates.path("Parallelism").asInt(1),
                Json.instant(service, "UpdatedAt"),
                Specification.hash(spec),
                Specification.contentHash(spec));
    }

    static String name(JsonNode service) {
        return Json.need(service.path("Spec"), "Name");
    }

    static Service.Mode mode(JsonNode mode) {
        if (mode.has("Replicated")) {
            return Service.Mode.REPLICATED;
        }
        if (mode.has("Global")) {
            return Service.Mode.GLOBAL;
        }
        if (mode.has("ReplicatedJob")) {
            return Service.Mode.REPLICATED_JOB;
        }
        if (mode.has("GlobalJob")) {
            return Service.Mode.GLOBAL_JOB;
        }
        throw new IllegalArgumentException("Spec.Mode is none that is known: " + mode);
    }

    /// Docker means one replica where it says nothing.
    private static @Nullable Integer replicas(Service.Mode mode, JsonNode spec) {
        return mode == Service.Mode.REPLICATED
                ? Integer.valueOf(spec.path("Mode").path("Replicated").path("Replicas").asInt(1))
                : null;
    }

    private static Service.Update update(String state) {
        return switch (state) {
            case "" -> Service.Update.NONE;
            case "updating" -> Service.Update.UPDATING;
            case "paused" -> Service.Update.PAUSED;
            case "completed" -> Service.Update.COMPLETED;
            case "rollback_started" -> Service.Update.ROLLBACK_STARTED;
            case "rollback_paused" -> Service.Update.ROLLBACK_PAUSED;
            case "rollback_completed" -> Service.Update.ROLLBACK_COMPLETED;
            default ->
                    throw new IllegalArgumentException(
                            "UpdateStatus.State '" + state + "' is none that is known");
        };
    }
}
