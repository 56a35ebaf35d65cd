package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Requests;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Limits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A person's wish. It passes the guards as any other, and stands until it is done or expires.
@Path("/api/v1/requests")
@Tag(name = "people")
@Singleton
class RequestsResource {
    private final EngineLoop loop;
    private final Inbox inbox;
    private final Limits limits;
    private final InstantSource clock;

    /// @param verb scale, restart or rollback of a service; drain or activate of a node
    /// @param subject the service or node, as `service/shop_api` or `node/8xk2`
    /// @param replicas how many, for scale
    /// @param override the guards that are overridden: pace, rate
    record Asked(
            @Nullable String verb,
            @Nullable String subject,
            @Nullable Integer replicas,
            @Nullable List<String> override,
            @Nullable String by,
            @Nullable String why) {}

    record Made(String id, String text, Instant expires, List<String> override) {}

    RequestsResource(EngineLoop loop, Inbox inbox, Limits limits, InstantSource clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.limits = limits;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Wish that something is done to a service or a node",
            description =
                    "Answers when the wish is on disk; /api/v1/decisions shows what became of it."
                            + " \"override\" is a list of guards whose objections are overridden;"
                            + " pace and rate can be.")
    public Response make(@Nullable Asked body) throws StoreException {
        Asked asked = Said.body(body);
        Request request = request(asked, clock.instant());
        String text = text(request);
        requireKnown(request.target());
        inbox.accept(new Signal.RequestMade(request));
        loop.wake();
        return Response.accepted(
                        new Made(
                                request.id(),
                                text,
                                request.expires(),
                                List.copyOf(Requests.overrides(request))))
                .build();
    }

    private Request request(Asked asked, Instant now) {
        SortedMap<String, String> parameters = new TreeMap<>();
        Integer replicas = asked.replicas();
        if (replicas != null) {
            if (replicas < 0 || replicas > limits.replicasMax()) {
                throw new BadRequestException(
                        "\"replicas\" is %d; it must be from 0 to %d"
                                .formatted(replicas, limits.replicasMax()));
            }
            parameters.put("replicas", replicas.toString());
        }
        List<String> override = asked.override();
        if (override != null && !override.isEmpty()) {
            parameters.put(Requests.OVERRIDE, String.join(",", override));
        }
        return new Request(
                UUID.randomUUID().toString(),
                Said.required("verb", asked.verb(), "scale"),
                FreezesResource.subject(
                        Said.required("subject", asked.subject(), "service/shop_api")),
                parameters,
                Said.by(asked.by()),
                Said.why(asked.why()),
                now,
                now.plus(limits.requestFor()));
    }

    private static String text(Request request) {
        try {
            Requests.overrides(request);
            return Requests.wish(request).text();
        } catch (IllegalArgumentException wrong) {
            throw new BadRequestException(wrong.getMessage(), wrong);
        }
    }

    /// Before the first look nobody knows what is there, so nothing is refused.
    private void requireKnown(Subject subject) {
        Picture picture = loop.picture();
        List<Subject> known =
                picture.facts().stream()
                        .map(fact -> fact.subject())
                        .filter(each -> each.kind() == subject.kind())
                        .toList();
        if (!known.isEmpty() && !known.contains(subject)) {
            String type = subject.kind() == Subject.Kind.NODE ? "Node" : "Service";
            throw new NotFoundException(
                    "there is no %s; /api/v1/facts?type=%s lists what there is"
                            .formatted(subject, type));
        }
    }
}
