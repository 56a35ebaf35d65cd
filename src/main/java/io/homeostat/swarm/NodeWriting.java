package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.action.Action;
import io.homeostat.action.Clearance;
import io.homeostat.action.Report;
import io.homeostat.fact.Node;
import java.util.Locale;
import java.util.Optional;

/// Writes to one node: reads it fresh, changes its availability and nothing else, and sends the
/// whole specification back against the version that was read.
final class NodeWriting {
    private static final String AVAILABILITY = "Availability";

    private final Docker docker;

    /// Called after a write, so that it is seen at once.
    private final Runnable written;

    NodeWriting(Docker docker, Runnable written) {
        this.docker = docker;
        this.written = written;
    }

    Report perform(Action.OnNode action, Clearance clearance) throws InterruptedException {
        return switch (action) {
            case Action.SetAvailability set -> set(set, clearance);
        };
    }

    private Report set(Action.SetAvailability set, Clearance clearance)
            throws InterruptedException {
        JsonNode found;
        Node node;
        try {
            found = docker.get("/nodes/" + Docker.encoded(set.node()));
            node = NodeReading.read(found);
        } catch (DockerException e) {
            return new Report.Failed(
                    e.status() == 404 ? set.subject() + " does not exist any more" : e.reason());
        } catch (IllegalArgumentException unreadable) {
            return new Report.Failed(
                    "%s cannot be read and is left alone: %s"
                            .formatted(set.subject(), unreadable.getMessage()));
        }
        if (node.availability() != set.from()) {
            return new Report.Conflicted(
                    "%s is %s, expected was %s"
                            .formatted(set.subject(), node.availability(), set.from()));
        }
        JsonNode spec = found.path("Spec").deepCopy();
        ((ObjectNode) spec).put(AVAILABILITY, set.to().name().toLowerCase(Locale.ROOT));
        return send(found, spec, clearance);
    }

    private Report send(JsonNode found, JsonNode spec, Clearance clearance)
            throws InterruptedException {
        String trace = Specification.hash(spec);
        Optional<String> objection = clearance.request(trace);
        if (objection.isPresent()) {
            return new Report.Withheld(objection.get());
        }
        try {
            docker.post(
                    "/nodes/%s/update?version=%d"
                            .formatted(Docker.encoded(Json.need(found, "ID")), Json.version(found)),
                    spec);
        } catch (DockerException e) {
            return e.report("the node");
        }
        written.run();
        return new Report.Taken(trace);
    }
}
