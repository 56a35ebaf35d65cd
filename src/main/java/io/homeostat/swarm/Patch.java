package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.action.Report;
import io.homeostat.fact.Service;
import org.jspecify.annotations.Nullable;

/// What is to be sent for an action, or why nothing is.
sealed interface Patch {
    record Refused(Report report) implements Patch {}

    /// @param spec the whole specification, changed
    /// @param path the one path that is changed; of a rollback the part of most weight
    record Ready(JsonNode spec, String path) implements Patch {}

    /// @param known the specification that a rollback leads back to
    static Patch of(Action.OnService action, JsonNode found, @Nullable JsonNode known) {
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
            case Action.DeployService deploy -> of(deploy, service, found.path("Spec"));
            case Action.RollbackService rollback ->
                    of(rollback, service, found.path("Spec"), known);
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

    private static Patch of(Action.DeployService deploy, Service service, JsonNode before) {
        if (!service.specHash().equals(deploy.from())) {
            return new Refused(
                    new Report.Conflicted(
                            "%s was changed meanwhile, so it is not what was decided on"
                                    .formatted(deploy.subject())));
        }
        JsonNode spec = before.deepCopy();
        if (!(spec.path(Specification.TEMPLATE).path("ContainerSpec")
                instanceof ObjectNode container)) {
            return new Refused(
                    new Report.Failed(
                            "%s runs no containers, so it has no image"
                                    .formatted(deploy.subject())));
        }
        container.put("Image", deploy.image());
        return new Ready(spec, "TaskTemplate.ContainerSpec.Image");
    }

    private static Patch of(
            Action.RollbackService rollback,
            Service service,
            JsonNode before,
            @Nullable JsonNode known) {
        if (!service.specHash().equals(rollback.from())) {
            return new Refused(
                    new Report.Conflicted(
                            "%s was changed meanwhile, and what would be rolled back is not what was decided on"
                                    .formatted(rollback.subject())));
        }
        if (known == null) {
            return new Refused(
                    new Report.Failed(
                            "the last known good specification of %s is not kept any more; write one that is good"
                                    .formatted(rollback.subject())));
        }
        JsonNode spec = Specification.withContentOf(known, before);
        return spec.equals(before)
                ? new Refused(
                        new Report.Failed(
                                "%s is specified as it was when it was last known to be good, so there is nothing to go back to"
                                        .formatted(rollback.subject())))
                : new Ready(spec, Specification.TEMPLATE);
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
