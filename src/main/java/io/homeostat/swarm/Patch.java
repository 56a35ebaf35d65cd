package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.fact.Service;

/// What is to be sent for an action, or why nothing is.
sealed interface Patch {
    record Refused(Report report) implements Patch {}

    /// @param spec the whole specification, changed
    /// @param path the one path that is changed; of a rollback the part of most weight
    record Ready(JsonNode spec, String path) implements Patch {}

    static Patch of(Action.OnService action, JsonNode found) {
        Service service;
        try {
            service = ServiceReading.read(found);
        } catch (RuntimeException e) {
            return new Refused(
                    new Report.Failed(
                            "%s cannot be read and is left alone: %s"
                                    .formatted(action.subject(), e.getMessage())));
        }
        if (service.mode() == Service.Mode.REPLICATED_JOB
                || service.mode() == Service.Mode.GLOBAL_JOB) {
            return new Refused(
                    new Report.Failed(
                            "%s is a job, and any write would run it again"
                                    .formatted(action.subject())));
        }
        return switch (action) {
            case Action.ScaleService scale -> of(scale, service, found.path("Spec"));
            case Action.RestartService restart -> of(restart, service, found.path("Spec"));
            case Action.RollbackService rollback -> of(rollback, service, found);
        };
    }

    private static Patch of(Action.ScaleService scale, Service service, JsonNode before) {
        Integer replicas = service.replicas();
        if (replicas == null) {
            return new Refused(
                    new Report.Failed(
                            "%s is global: it has one task on each node and cannot be scaled"
                                    .formatted(scale.subject())));
        }
        if (replicas != scale.from()) {
            return new Refused(
                    new Report.Conflicted(
                            "%s has %d replicas, expected were %d"
                                    .formatted(scale.subject(), replicas, scale.from())));
        }
        JsonNode spec = before.deepCopy();
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", scale.to());
        return new Ready(spec, "Mode.Replicated.Replicas");
    }

    /// The whole former specification, but for the replicas: those are wanted now, and what was
    /// wanted before the change is no reason to have fewer.
    private static Patch of(Action.RollbackService rollback, Service service, JsonNode found) {
        if (!service.specHash().equals(rollback.from())) {
            return new Refused(
                    new Report.Conflicted(
                            "%s was changed meanwhile, and what would be rolled back is not what was decided on"
                                    .formatted(rollback.subject())));
        }
        JsonNode former = found.path("PreviousSpec");
        if (!former.isObject()) {
            return new Refused(
                    new Report.Failed(
                            "%s has no former specification to go back to"
                                    .formatted(rollback.subject())));
        }
        JsonNode spec = former.deepCopy();
        JsonNode replicas = found.path("Spec").path("Mode").path("Replicated").path("Replicas");
        if (replicas.isInt() && spec.path("Mode").path("Replicated") instanceof ObjectNode mode) {
            mode.set("Replicas", replicas);
        }
        return spec.equals(found.path("Spec"))
                ? new Refused(
                        new Report.Failed(
                                "the former specification of %s is the present one but for its replicas, so there is nothing to go back to"
                                        .formatted(rollback.subject())))
                : new Ready(spec, "TaskTemplate");
    }

    private static Patch of(Action.RestartService restart, Service service, JsonNode before) {
        if (service.forceUpdate() != restart.forceUpdate()) {
            return new Refused(
                    new Report.Conflicted(
                            "%s was restarted meanwhile: its counter is %d, expected was %d"
                                    .formatted(
                                            restart.subject(),
                                            service.forceUpdate(),
                                            restart.forceUpdate())));
        }
        JsonNode spec = before.deepCopy();
        ((ObjectNode) spec.path("TaskTemplate")).put("ForceUpdate", restart.forceUpdate() + 1);
        return new Ready(spec, "TaskTemplate.ForceUpdate");
    }
}
