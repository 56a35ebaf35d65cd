package io.homeostat.doctor;

import java.util.Arrays;
import java.util.Optional;

/// What can be wrong, and why it matters. `docs/doctor.md` has a section for each.
public enum Ailment {
    /// Neither the service nor its image has a health check.
    NO_HEALTH_CHECK(
            "no-health-check",
            "Swarm takes a task for well as soon as its process runs: one that hangs goes on getting"
                    + " requests, and an update that brings only broken tasks counts as done."),
    /// An update takes a task out before another serves in its place.
    UPDATE_LOSES_REQUESTS(
            "update-loses-requests",
            "Requests to a task that is stopped first wait or fail until its successor answers, and"
                    + " a bad image has by then taken a good task's place."),
    /// One task behind a route.
    SINGLE_REPLICA(
            "single-replica",
            "When that task or its node goes, whoever comes by that route is refused until another"
                    + " one runs."),
    /// Data on the disk of one node.
    LOCAL_VOLUME(
            "local-volume",
            "The data are on the disk of one node. A task that starts on another node finds nothing"
                    + " there, and when the node is lost, so are they."),
    /// A tag that means another image tomorrow.
    MOVING_TAG(
            "moving-tag",
            "The same stack file brings another image once the tag has moved, and going back brings"
                    + " whatever it means by then."),
    /// A tag that was not resolved when the service was deployed.
    NO_DIGEST(
            "no-digest",
            "Each node finds out by itself what the tag means, so that tasks of one service may run"
                    + " different images."),
    /// Nothing bounds the memory of its tasks.
    NO_MEMORY_LIMIT(
            "no-memory-limit",
            "One task that leaks takes the memory of its whole node, and the kernel then ends tasks"
                    + " of others, too."),
    /// Our labels where nobody reads them.
    LABELS_ON_CONTAINER(
            "labels-on-container",
            "They are read from the service. On its containers nobody reads them, and nothing of"
                    + " what they say is so."),
    /// A label of ours whose value makes no sense.
    BAD_LABEL(
            "bad-label",
            "A value that cannot be read is never guessed: it is ignored, or counts as the most"
                    + " careful one."),
    /// An even number of managers.
    EVEN_MANAGERS(
            "even-managers",
            "The swarm can be changed while a majority of its managers are in touch. An even number"
                    + " bears no more losses than the odd number below it, and has one more to"
                    + " lose."),
    /// An alert that is about no service and no node.
    ALERT_WITHOUT_SERVICE(
            "alert-without-service",
            "Rules act on the service or the node that an alert names. One that names neither comes"
                    + " to people, whatever rules there are."),
    /// An alert about a service that is not there.
    ALERT_ABOUT_UNKNOWN_SERVICE(
            "alert-about-unknown-service",
            "No rule matches an alert about a service that is not there. The name that counts is the"
                    + " one that Docker shows; in a stack it begins with the stack's."),
    /// A receiver that never hears that an alert is over.
    NO_SEND_RESOLVED(
            "no-send-resolved",
            "Whoever gets its messages is never told that an alert is over: a webhook such as"
                    + " Homeostat's holds it for firing, and so do people.");

    private final String code;
    private final String why;

    Ailment(String code, String why) {
        this.code = code;
        this.why = why;
    }

    /// What it is named by on the command line and in JSON: `no-health-check`.
    public String code() {
        return code;
    }

    /// Why it matters, in a sentence or two.
    public String why() {
        return why;
    }

    /// The ailment of that code.
    public static Optional<Ailment> of(String code) {
        return Arrays.stream(values()).filter(ailment -> ailment.code.equals(code)).findFirst();
    }
}
