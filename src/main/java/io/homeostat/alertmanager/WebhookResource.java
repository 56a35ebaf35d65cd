package io.homeostat.alertmanager;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Alertmanager's webhook: 2xx only after what it brought is on disk. Alertmanager sends again
/// after 5xx, and never after 4xx.
@Path("/api/v1/alerts")
@Tag(name = "intake")
@Singleton
class WebhookResource {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookResource.class);
    private static final String RETRY_SECONDS = "5";

    private final WebhookBody body;
    private final Inbox inbox;
    private final EngineLoop loop;
    private final Watchdog watchdog;
    private final InstantSource clock;
    private final Counter sound;
    private final Counter unsound;

    WebhookResource(
            WebhookBody body,
            Inbox inbox,
            EngineLoop loop,
            Watchdog watchdog,
            InstantSource clock,
            MeterRegistry meters) {
        this.body = body;
        this.inbox = inbox;
        this.loop = loop;
        this.watchdog = watchdog;
        this.clock = clock;
        this.sound = counter(meters, "sound");
        this.unsound = counter(meters, "unsound");
    }

    private static Counter counter(MeterRegistry meters, String reading) {
        return Counter.builder("homeostat.intake.alerts")
                .description("Alerts in bodies that were taken, by whether they could be read")
                .tag("reading", reading)
                .register(meters);
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Take alerts from Alertmanager's webhook",
            description =
                    "Version 4. Answers 2xx only after the alerts are on disk; sound alerts of a"
                            + " body are taken, unsound ones are kept raw and counted.")
    public Response take(InputStream stream) throws IOException {
        return switch (body.read(bytes(stream), clock.instant())) {
            case WebhookBody.BadBody(int status, String detail) ->
                    throw new WebApplicationException(detail, status);
            case WebhookBody.Taken taken -> taken(taken);
        };
    }

    private Response taken(WebhookBody.Taken taken) {
        for (String fault : taken.faults()) {
            LOG.warn("an alert could not be read and is kept raw: {}", fault);
        }
        try {
            long id = inbox.accept(taken.signal());
            loop.wake();
            watchdog.hear(taken.signal());
            sound.increment(taken.signal().alerts().size());
            unsound.increment(taken.signal().unsound());
            return Response.accepted(
                            Map.of(
                                    "id", id,
                                    "taken", taken.signal().alerts().size(),
                                    "unsound", taken.signal().unsound()))
                    .build();
        } catch (StoreException failed) {
            // The store says loudly what is wrong, once and not for each request.
            LOG.debug("alerts could not be stored and are not confirmed: {}", failed.getMessage());
            throw new WebApplicationException(
                    "the alerts could not be stored, so they are not confirmed; send them again",
                    failed,
                    Response.status(503).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build());
        }
    }

    /// The body, or one byte more than it may have; the rest of a longer one is read and forgotten,
    /// so that the sender gets to hear the answer.
    private byte[] bytes(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(body.mostBytes() + 1);
        if (bytes.length > body.mostBytes()) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        return bytes;
    }
}
