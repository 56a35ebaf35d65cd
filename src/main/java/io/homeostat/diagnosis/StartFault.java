package io.homeostat.diagnosis;

import io.homeostat.fact.Task;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why a task does not get as far as running, recognised from its state and from what Docker says,
/// in plain words and with a remedy. The first whose pattern is found counts.
enum StartFault {
    CONFIG_GONE(
            "config-gone",
            "\\bconfig\\b.*not found|config store",
            "a config that it uses is gone",
            "create a config with the same content, and give the service its new name (docker service update --config-rm … --config-add …)"),
    SECRET_GONE(
            "secret-gone",
            "\\bsecret\\b.*not found|secret store",
            "a secret that it uses is gone",
            "create the secret anew, and give the service its new name (docker service update --secret-rm … --secret-add …)"),
    DISK_FULL(
            "disk-full",
            "no space left on device",
            "the disk of its node is full",
            "make room on the node (docker system df, docker system prune)"),
    REGISTRY_UNREACHABLE(
            "registry-unreachable",
            "(registry|/v2/|pull).*(connection refused|i/o timeout|no such host|no route to host|handshake timeout|deadline exceeded)",
            "the registry of its image cannot be reached",
            "see that the registry runs and that the node reaches it"),
    NO_SUCH_IMAGE(
            "no-such-image",
            "no such image|manifest.*(unknown|not found)|pull access denied|repository does not exist|invalid reference format",
            "there is no such image, or the node may not pull it",
            "see that the image was pushed and is spelt right; from a private registry deploy with --with-registry-auth"),
    REGISTRY_DENIED(
            "registry-denied",
            "unauthorized|authentication required|denied: ",
            "the registry refuses its image",
            "log in to the registry and deploy with --with-registry-auth"),
    PORT_TAKEN(
            "port-taken",
            "port is already allocated|address already in use|host-mode port already in use",
            "the port that it publishes is taken on the node",
            "free the port, publish another, or let fewer tasks of it run on one node"),
    NO_SUITABLE_NODE(
            "no-suitable-node",
            "no suitable node",
            "no node suits it",
            "see its constraints, its reservations of CPU and memory, and which nodes are drained or down"),
    MOUNT_FAILS(
            "mount-fails",
            "bind source path does not exist|invalid mount config|while mounting volume|failed to mount",
            "something that it mounts is not on the node",
            "create the directory or volume on each node that it may run on, or bind it to the node that has it"),
    NO_NETWORK(
            "no-network",
            "network.*not found|could not find network|no available (ipv4 )?address|could not find an available",
            "it cannot be joined to its network",
            "see that the network exists and has addresses left"),
    COMMAND_FAILS(
            "command-fails",
            "executable file not found|exec format error|exec:|oci runtime create failed",
            "its command cannot be run in its image",
            "see its command and entrypoint, and whether the image is for the node's platform"),
    PULLING(
            "pulling",
            "",
            "its image is being pulled for very long",
            "see whether the registry answers and how large the image is; pull it by hand on the node to see more"),
    STARTING(
            "starting",
            "",
            "its container has started and does not become healthy",
            "see its health check, and its start period"),
    NOT_TAKEN(
            "not-taken",
            "",
            "no node has taken it",
            "see whether its node answers (docker node ls)"),
    REJECTED(
            "rejected",
            "",
            "its node rejects it",
            "see what Docker says, and the log of the Docker daemon on the node"),
    NOT_STARTED(
            "not-started",
            "starting container failed",
            "its container cannot be started",
            "see what Docker says, and the log of the Docker daemon on the node");

    private final String word;
    private final Pattern pattern;
    private final String meaning;
    private final String remedy;

    StartFault(String word, String pattern, String meaning, String remedy) {
        this.word = word;
        this.pattern =
                Pattern.compile(
                        pattern.isEmpty() ? "(?!)" : pattern,
                        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /// The cause, as the label says it.
    String word() {
        return word;
    }

    /// What is wrong, of a task.
    String meaning() {
        return meaning;
    }

    /// True when people need to know which image it is about.
    boolean isOfImage() {
        return this == NO_SUCH_IMAGE
                || this == REGISTRY_DENIED
                || this == REGISTRY_UNREACHABLE
                || this == PULLING;
    }

    /// What helps.
    String remedy() {
        return remedy;
    }

    /// True for a task that ended before it ran.
    static boolean isOf(Task task) {
        return task.state() == Task.State.REJECTED
                || (task.state() == Task.State.FAILED
                        && NOT_STARTED.pattern.matcher(Words.message(task)).find());
    }

    /// Why a task that ended before it ran, or has not run yet, does not.
    static StartFault of(Task task) {
        StartFault told = told(Words.message(task));
        if (told != null) {
            return told;
        }
        return switch (task.state()) {
            case NEW, ALLOCATED, PENDING, ASSIGNED, ACCEPTED -> NOT_TAKEN;
            case PREPARING -> PULLING;
            case READY, STARTING, RUNNING -> STARTING;
            case REJECTED -> REJECTED;
            case COMPLETE, SHUTDOWN, FAILED, REMOVE, ORPHANED -> NOT_STARTED;
        };
    }

    private static @Nullable StartFault told(String message) {
        for (StartFault fault : values()) {
            if (fault.pattern.matcher(message).find()) {
                return fault;
            }
        }
        return null;
    }
}
