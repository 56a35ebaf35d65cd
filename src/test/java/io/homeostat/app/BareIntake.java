package io.homeostat.app;

import io.homeostat.alertmanager.WebhookBody;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the intake is measured against, in the same process: endpoints that read a body, answer 200
/// and keep nothing. They are in the tests alone, so the program does not have them.
@Path("/bench")
@Singleton
class BareIntake {
    private final WebhookBody body;
    private final InstantSource clock;

    /// As much of a webhook's body as anybody binds.
    record Message(
            @Nullable String version,
            @Nullable String receiver,
            @Nullable String status,
            @Nullable String groupKey,
            @Nullable Map<String, String> groupLabels,
            @Nullable Map<String, String> commonLabels,
            @Nullable Map<String, String> commonAnnotations,
            @Nullable String externalURL,
            int truncatedAlerts,
            @Nullable List<Firing> alerts) {}

    record Firing(
            @Nullable String status,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations,
            @Nullable String startsAt,
            @Nullable String endsAt,
            @Nullable String generatorURL,
            @Nullable String fingerprint) {}

    BareIntake(WebhookBody body, InstantSource clock) {
        this.body = body;
        this.clock = clock;
    }

    /// The least that a program of this kind can do: bound to records, on the event loop.
    @POST
    @Path("/bind")
    @NonBlocking
    public Response bind(Message message) {
        List<Firing> alerts = message.alerts();
        return Response.status(alerts == null || alerts.isEmpty() ? 400 : 200).build();
    }

    /// Read and checked as the webhook does it, on a thread like the webhook's.
    @POST
    @Path("/read")
    @RunOnVirtualThread
    public Response read(InputStream stream) throws IOException {
        return switch (body.read(stream.readAllBytes(), clock.instant())) {
            case WebhookBody.Taken _ -> Response.ok().build();
            case WebhookBody.BadBody(int status, String _) -> Response.status(status).build();
        };
    }
}
