package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedNode;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Facts and values in a few words, for an explanation.
final class Shown {
    private static final int MOST = 120;

    private Shown() {}

    /// A fact by the names that people know it by: `alert/7c1f Slow about service/web`.
    static String fact(Object fact) {
        return shortened(
                switch (fact) {
                    case Alert alert -> alert(alert);
                    case Node node -> node.subject() + " " + node.hostname();
                    case Task task ->
                            "%s of %s%s, %s"
                                    .formatted(
                                            task.subject(),
                                            task.service(),
                                            task.slot() == null ? "" : "." + task.slot(),
                                            word(task.state()));
                    case Tracking tracking ->
                            "%s asks for %d: %s"
                                    .formatted(
                                            tracking.subject(),
                                            tracking.replicas(),
                                            tracking.why());
                    case Intent intent ->
                            "the wish of rule \"%s\" to %s"
                                    .formatted(intent.rule(), intent.wish().text());
                    case Fact other -> other.subject().toString();
                    case Object other -> other.toString();
                });
    }

    private static String alert(Alert alert) {
        return "%s %s about %s%s"
                .formatted(
                        alert.subject(),
                        alert.name(),
                        alert.about(),
                        alert.isFiring() ? "" : ", " + word(alert.status()));
    }

    static String value(@Nullable Object value) {
        return shortened(
                switch (value) {
                    case null -> "null";
                    case String text -> '"' + text + '"';
                    case AlertedService service -> service.subject().toString();
                    case AlertedNode node -> node.id() + " " + node.hostname();
                    case Fact fact -> fact(fact);
                    case Object other -> other.toString();
                });
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String shortened(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST - 1) + "…";
    }
}
