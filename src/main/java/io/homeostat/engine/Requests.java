package io.homeostat.engine;

import io.homeostat.action.Wish;
import io.homeostat.fact.Request;
import io.homeostat.guard.Proposal;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a person's request wishes.
public final class Requests {
    /// The parameter that names the guards which are overridden, joined by commas.
    public static final String OVERRIDE = "override";

    private Requests() {}

    /// The wish of a request.
    ///
    /// @throws IllegalArgumentException when its verb, target or parameters are not such as can be
    ///   wished, in a sentence that says what would be right
    public static Wish wish(Request request) {
        String name = request.target().name();
        return switch (request.target().kind()) {
            case SERVICE -> ofService(request, name);
            case NODE -> ofNode(request, name);
            case TASK, ALERT, WATCHER, REQUEST, CUSTOM, TRACKING, CLUSTER, RULE, DEPLOYMENT ->
                    throw new IllegalArgumentException(
                            "a request is about a service or a node, as in service/shop_api, not "
                                    + request.target());
        };
    }

    private static Wish ofService(Request request, String service) {
        return switch (request.verb()) {
            case "restart" -> new Wish.Restart(service);
            case "scale" -> new Wish.ScaleTo(service, replicas(request));
            case "rollback" -> new Wish.Rollback(service);
            default ->
                    throw new IllegalArgumentException(
                            "'%s' cannot be requested of a service; the verbs are scale, restart and rollback"
                                    .formatted(request.verb()));
        };
    }

    private static Wish ofNode(Request request, String node) {
        return switch (request.verb()) {
            case "drain" -> new Wish.Drain(node);
            case "activate" -> new Wish.Activate(node);
            default ->
                    throw new IllegalArgumentException(
                            "'%s' cannot be requested of a node; the verbs are drain and activate"
                                    .formatted(request.verb()));
        };
    }

    /// The guards that a request overrides.
    ///
    /// @throws IllegalArgumentException when it names one that cannot be overridden
    public static SortedSet<String> overrides(Request request) {
        String text = request.parameters().getOrDefault(OVERRIDE, "");
        SortedSet<String> names = new TreeSet<>();
        if (!text.isEmpty()) {
            names.addAll(List.of(text.split(",", -1)));
        }
        for (String name : names) {
            if (!Proposal.OVERRIDABLE.contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' cannot be overridden; what can be is %s"
                                .formatted(name, String.join(" and ", Proposal.OVERRIDABLE)));
            }
        }
        return names;
    }

    private static int replicas(Request request) {
        String text = request.parameters().getOrDefault("replicas", "");
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(
                    "scale needs the parameter replicas, a whole number from 0 on, not '"
                            + text
                            + "'");
        }
        return Integer.parseInt(text);
    }
}
