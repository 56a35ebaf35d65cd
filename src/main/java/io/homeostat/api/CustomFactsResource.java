package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.api.ApiSettings.FactBounds;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Subject;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What somebody outside tells us of the world, for rules to match as `CustomFact`.
@Path("/api/v1/facts/{kind}/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "people")
@Singleton
class CustomFactsResource {
    private final EngineLoop loop;
    private final Inbox inbox;
    private final AcceptedFacts accepted;
    private final FactBounds bounds;
    private final InstantSource clock;

    /// @param values texts, numbers, true or false, by name
    /// @param ttl how long it holds unless it is told again: `15m`
    record Told(
            @Nullable Map<String, @Nullable JsonNode> values,
            @Nullable String ttl,
            @Nullable String by,
            @Nullable String why) {}

    record Kept(String subject, SortedMap<String, String> values, Instant until) {}

    CustomFactsResource(
            EngineLoop loop,
            Inbox inbox,
            AcceptedFacts accepted,
            FactBounds bounds,
            InstantSource clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.accepted = accepted;
        this.bounds = bounds;
        this.clock = clock;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tell a custom fact",
            description =
                    "Answers when it is on disk. It holds for its time to live (\"ttl\"); told again"
                            + " with equal values, it only holds for longer.")
    public Response put(
            @PathParam("kind") String kind, @PathParam("key") String key, @Nullable Told body)
            throws StoreException {
        Told told = Said.body(body);
        Instant now = clock.instant();
        CustomFact fact =
                new CustomFact(
                        FactReading.kind(kind),
                        FactReading.key(key),
                        FactReading.values(told.values(), bounds),
                        now,
                        now,
                        now.plus(Said.span("ttl", told.ttl(), bounds.ttl())),
                        Said.by(told.by()),
                        Said.why(told.why()));
        boolean isThere = accepted.isThere(fact.subject(), now);
        if (!accepted.place(fact.subject(), bounds.facts(), fact.until(), now)) {
            throw new ClientErrorException(
                    "there are %d custom facts, as many as homeostat.facts.max allows, so %s is not taken; remove one that is not needed, or let one expire"
                            .formatted(bounds.facts(), fact.subject()),
                    Response.Status.CONFLICT);
        }
        try {
            inbox.accept(new Signal.FactPut(fact));
        } catch (StoreException refused) {
            if (!isThere) {
                accepted.free(fact.subject());
            }
            throw refused;
        }
        loop.wake();
        return Response.ok(new Kept(fact.subject().toString(), fact.values(), fact.until()))
                .build();
    }

    @DELETE
    @Operation(
            summary = "Take a custom fact back",
            description = "Wants the parameters by and why.")
    public Response remove(
            @PathParam("kind") String kind,
            @PathParam("key") String key,
            @QueryParam("by") @Nullable String by,
            @QueryParam("why") @Nullable String why)
            throws StoreException {
        String who = Said.by(by);
        String reason = Said.why(why);
        Instant now = clock.instant();
        Subject subject = Subject.custom(FactReading.kind(kind), FactReading.key(key));
        if (!accepted.isThere(subject, now)) {
            throw new NotFoundException(
                    "there is no %s; /api/v1/facts?type=CustomFact lists what there is"
                            .formatted(subject));
        }
        inbox.accept(new Signal.FactRemoved(kind, key, who, reason, now));
        accepted.free(subject);
        loop.wake();
        return Response.noContent().build();
    }
}
