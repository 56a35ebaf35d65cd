package io.homeostat.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.action.Action;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// People stop actions, and let them go on. Eyes stay open.
@Path("/api/v1/freezes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "people")
@Singleton
class FreezesResource {
    private static final Logger LOG = LoggerFactory.getLogger(FreezesResource.class);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final List<String> KINDS =
            List.of("scale", "restart", "rollback", "deploy", "drain", "activate");

    private final EngineLoop loop;
    private final Inbox inbox;
    private final InstantSource clock;

    /// @param scope everything, kind, subject, rule or rule-on-subject
    /// @param value which one, of one rule on one subject the rule; not for everything
    /// @param subject on which one, for rule-on-subject
    /// @param forSpan how long, as `for`: `30m`
    record Asked(
            @Nullable String scope,
            @Nullable String value,
            @Nullable String subject,
            @Nullable String by,
            @Nullable String why,
            @JsonProperty("for") @Nullable String forSpan) {}

    /// @param inTheAir actions that fall under the freeze and were decided before it, each with its
    ///   state and its fate
    record Frozen(JsonNode freeze, List<JsonNode> inTheAir) {}

    FreezesResource(EngineLoop loop, Inbox inbox, InstantSource clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "List the freezes that hold now")
    public ListPage freezes() {
        return new ListPage(loop.picture().freezes().stream().map(Items::freeze).toList(), null);
    }

    @POST
    @Operation(
            summary = "Stop actions for a while",
            description =
                    "Scope is everything, kind, subject, rule or rule-on-subject; the answer tells"
                            + " which actions are still in the air, and what becomes of each.")
    public Response freeze(@Nullable Asked body) throws StoreException {
        Asked asked = Said.body(body);
        Freeze.Scope scope = scope(asked.scope());
        String value = value(scope, asked);
        Instant now = clock.instant();
        Freeze freeze =
                new Freeze(
                        UUID.randomUUID().toString(),
                        scope,
                        value,
                        Said.by(asked.by()),
                        Said.why(asked.why()),
                        now,
                        now.plus(Said.span("for", asked.forSpan(), LONGEST)));
        inbox.accept(new Signal.FreezeSet(freeze));
        loop.wake();
        LOG.info("{}", freeze.text());
        return Response.status(Response.Status.CREATED)
                .entity(
                        new Frozen(
                                Items.freeze(freeze),
                                loop.picture().unsettled().stream()
                                        .filter(each -> each.action() instanceof Action.OnSwarm)
                                        .filter(freeze::stops)
                                        .map(Items::inTheAir)
                                        .toList()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "End a freeze", description = "Wants the parameters by and why.")
    public Response thaw(
            @PathParam("id") String id,
            @QueryParam("by") @Nullable String by,
            @QueryParam("why") @Nullable String why)
            throws StoreException {
        String who = Said.by(by);
        String reason = Said.why(why);
        if (loop.picture().freezes().stream().noneMatch(freeze -> freeze.id().equals(id))) {
            throw new NotFoundException("there is no freeze '%s' now".formatted(id));
        }
        inbox.accept(new Signal.FreezeLifted(id, who, reason, clock.instant()));
        loop.wake();
        LOG.info("freeze {} is lifted by {}: {}", id, who, reason);
        return Response.noContent().build();
    }

    private static Freeze.Scope scope(@Nullable String text) {
        String said = Said.required("scope", text, "subject").toUpperCase(Locale.ROOT);
        for (Freeze.Scope scope : Freeze.Scope.values()) {
            if (scope.name().equals(said.replace('-', '_'))) {
                return scope;
            }
        }
        throw new BadRequestException(
                "\"scope\" is '%s'; it must be everything, kind, subject, rule or rule-on-subject"
                        .formatted(text));
    }

    private static String value(Freeze.Scope scope, Asked asked) {
        String text = asked.value();
        return switch (scope) {
            case EVERYTHING -> "";
            case KIND -> {
                String kind = Said.required("value", text, "scale");
                if (!KINDS.contains(kind)) {
                    throw new BadRequestException(
                            "'%s' is no kind of action; they are %s"
                                    .formatted(kind, String.join(", ", KINDS)));
                }
                yield kind;
            }
            case SUBJECT -> subject(Said.required("value", text, "service/shop_api")).toString();
            case RULE -> Said.required("value", text, "scale up when asked");
            case RULE_ON_SUBJECT ->
                    Freeze.ruleOn(
                            subject(Said.required("subject", asked.subject(), "service/shop_api"))
                                    .toString(),
                            Said.required("value", text, "scale up when asked"));
        };
    }

    static Subject subject(String text) {
        try {
            return Subject.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new BadRequestException(wrong.getMessage(), wrong);
        }
    }
}
