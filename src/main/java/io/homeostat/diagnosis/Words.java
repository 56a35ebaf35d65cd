package io.homeostat.diagnosis;

import io.homeostat.fact.Node;
import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How evidence is written.
final class Words {
    /// What Docker says of an error may be a whole page.
    private static final int MESSAGE_MAX = 300;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Words() {}

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    static String span(Duration span) {
        return span.toMinutes() > 0 && span.toSecondsPart() == 0
                ? span.toMinutes() + " min"
                : span.toSeconds() + " s";
    }

    /// How a task stands or ended, with what Docker says of it.
    static String of(Task task, Patient patient) {
        String code = task.exitCode() == null ? "" : ", exit code " + task.exitCode();
        String message = message(task);
        return "%s since %s%s%s%s"
                .formatted(
                        task.state().name().toLowerCase(Locale.ROOT),
                        clock(task.since()),
                        on(task.node(), patient),
                        code,
                        message.isEmpty() ? "" : ": " + message);
    }

    static String message(Task task) {
        String text = task.message() == null ? "" : task.message().strip().replaceAll("\\s+", " ");
        return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "…";
    }

    private static String on(@Nullable String node, Patient patient) {
        return node == null ? "" : " on node " + node(node, patient);
    }

    /// The name by which people know a node.
    static String node(String id, Patient patient) {
        Node node = patient.nodes().get(id);
        return node == null || node.hostname().isEmpty() ? id : node.hostname();
    }
}
