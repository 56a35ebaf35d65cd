package io.homeostat.engine;

import io.homeostat.action.Wish;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;

/// What a person's request wishes.
public final class Requests {
    private Requests() {}

    /// The wish of a request.
    ///
    /// @throws IllegalArgumentException when its verb, target or parameters are not such as can be
    ///   wished, in a sentence that says what would be right
    public static Wish wish(Request request) {
        if (request.target().kind() != Subject.Kind.SERVICE) {
            throw new IllegalArgumentException(
                    "a request is about a service, as in service/shop_api, not "
                            + request.target());
        }
        String service = request.target().name();
        return switch (request.verb()) {
            case "restart" -> new Wish.Restart(service);
            case "scale" -> new Wish.ScaleTo(service, replicas(request));
            default ->
                    throw new IllegalArgumentException(
                            "'"
                                    + request.verb()
                                    + "' cannot be requested; the verbs are scale and restart");
        };
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
