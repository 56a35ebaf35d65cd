package io.homeostat.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Stands before every address: who may change something, who may look, and nobody once Homeostat
/// is stopping.
@Singleton
final class Doorkeeper {
    private static final int BEFORE_ALL_ELSE = 1000;
    private static final List<HttpMethod> LOOKING =
            List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Credentials credentials;
    private final boolean protectReads;
    private final ObjectMapper json;
    private final Answers answers;
    private volatile boolean stopping;

    private record Refusal(int status, String detail) {}

    Doorkeeper(ApiSettings settings, ObjectMapper json, MeterRegistry meters) {
        this.credentials = new Credentials(settings.tokens());
        this.protectReads = settings.protectReads();
        this.json = json;
        this.answers = new Answers(meters);
    }

    void stand(@Observes Filters filters) {
        filters.register(this::receive, BEFORE_ALL_ELSE);
    }

    void stop(@Observes @Priority(1) ShutdownEvent stop) {
        stopping = true;
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean changes = !LOOKING.contains(request.method());
        Optional<Refusal> refusal = judge(request, changes);
        if (changes) {
            context.addEndHandler(answered -> {
                // Who went away in the middle of the body or before the answer has to send it
                // again, and knows that.
                if (answered.succeeded() && (refusal.isPresent() || cameWhole(request))) {
                    answers.note(request, context.response().getStatusCode());
                }
            });
        }
        if (refusal.isEmpty()) {
            context.next();
        } else {
            refuse(context, refusal.get());
        }
    }

    private Optional<Refusal> judge(HttpServerRequest request, boolean changes) {
        if (stopping) {
            return Optional.of(new Refusal(503, "Homeostat is stopping; send it again"));
        }
        if (!credentials.areWanted()) {
            return Neighbours.objection(request).map(reason -> new Refusal(403, reason));
        }
        boolean looksFreely = !changes && (!protectReads || isHealth(request));
        if (looksFreely || credentials.hold(request.getHeader("Authorization"))) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        401,
                        "this wants the token of homeostat.http.token: Authorization: Bearer …, or as the password of basic authentication"));
    }

    private static boolean isHealth(HttpServerRequest request) {
        String path = request.path();
        return path != null && path.startsWith("/q/health");
    }

    private static boolean cameWhole(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || request.bytesRead() >= Long.parseLong(length.strip());
    }

    private void refuse(RoutingContext context, Refusal refusal) {
        var response = context.response().setStatusCode(refusal.status());
        if (refusal.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"homeostat\"");
        }
        if (refusal.status() == 503) {
            response.putHeader("Retry-After", "5").putHeader("Connection", "close");
        }
        response.putHeader("Content-Type", Problem.MEDIA_TYPE);
        Problem problem = Problem.of(refusal.status(), refusal.detail(), context.request().path());
        try {
            response.end(json.writeValueAsString(problem));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a problem could not be written", impossible);
        }
    }
}
