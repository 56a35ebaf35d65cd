package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.History;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Requests;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Request;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.Limits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A person undoes an action: its opposite is requested, and the rules that wished it are frozen on
/// that subject for a while.
@Path("/api/v1/actions/{id}/undo")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "people")
@Singleton
class UndoResource {
    private final EngineLoop loop;
    private final Inbox inbox;
    private final History history;
    private final Limits limits;
    private final InstantSource clock;

    record Ordered(@Nullable String by, @Nullable String why) {}

    /// @param text what would be done, as it is wished
    /// @param decision what the guard rail says of it now
    /// @param freezes what would be frozen
    record Previewed(String action, String text, JsonNode decision, List<String> freezes) {}

    /// @param freezes what is frozen from now on
    record Undone(
            String action, String request, String text, Instant expires, List<JsonNode> freezes) {}

    UndoResource(
            EngineLoop loop, Inbox inbox, History history, Limits limits, InstantSource clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.history = history;
        this.limits = limits;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "Show what undoing an action would do",
            description = "With what the guard rail says of it now. Nothing comes of it.")
    public Previewed preview(@PathParam("id") String id) throws StoreException {
        Signal.UndoOrdered undo = undo(id, "somebody", "preview");
        return new Previewed(
                id,
                text(undo.request()),
                Previews.of(loop, undo.request()),
                undo.freezes().stream().map(Freeze::text).toList());
    }

    @POST
    @Operation(
            summary = "Undo an action",
            description =
                    "Requests its opposite, which passes the guard rail as any request, and freezes"
                            + " the rules that wished it on that subject.")
    public Response undo(@PathParam("id") String id, @Nullable Ordered body) throws StoreException {
        Ordered ordered = Said.body(body);
        Signal.UndoOrdered undo = undo(id, Said.by(ordered.by()), Said.why(ordered.why()));
        inbox.accept(undo);
        loop.wake();
        Request request = undo.request();
        return Response.accepted(
                        new Undone(
                                id,
                                request.id(),
                                text(request),
                                request.expires(),
                                undo.freezes().stream().map(Items::freeze).toList()))
                .build();
    }

    private static String text(Request request) {
        return Requests.wish(request).text();
    }

    private Signal.UndoOrdered undo(String id, String by, String why) throws StoreException {
        Undertaking done = history.action(id);
        if (done == null) {
            throw new NotFoundException(
                    "there is no action '%s'; /api/v1/actions lists what was done".formatted(id));
        }
        if (!mayHaveArrived(done)) {
            throw conflict(
                    "%s changed nothing, so there is nothing to undo: %s, %s"
                            .formatted(id, done.action().text(), howItEnded(done)));
        }
        Instant now = clock.instant();
        Opposite opposite = opposite(done);
        Request request =
                new Request(
                        UUID.randomUUID().toString(),
                        opposite.verb(),
                        done.subject(),
                        opposite.parameters(),
                        by,
                        why,
                        now,
                        now.plus(limits.requestFor()));
        return new Signal.UndoOrdered(id, request, freezes(done, request));
    }

    /// What is requested to undo an action.
    private record Opposite(String verb, SortedMap<String, String> parameters) {
        static Opposite of(String verb) {
            return new Opposite(verb, new TreeMap<>());
        }
    }

    private static Opposite opposite(Undertaking done) {
        return switch (done.action()) {
            case Action.ScaleService scale ->
                    new Opposite(
                            "scale",
                            new TreeMap<>(Map.of("replicas", String.valueOf(scale.from()))));
            case Action.SetAvailability set ->
                    switch (set.from()) {
                        case ACTIVE -> Opposite.of("activate");
                        case DRAIN -> Opposite.of("drain");
                        case PAUSE ->
                                throw conflict(
                                        "%s cannot be undone: the node was paused before, and only people pause nodes"
                                                .formatted(done.id()));
                    };
            case Action.DeployService _ -> Opposite.of("rollback");
            case Action.RollbackService _ ->
                    throw conflict(
                            "%s cannot be undone: what was rolled back comes again by its next deployment"
                                    .formatted(done.id()));
            case Action.RestartService _, Action.PostNotice _ ->
                    throw conflict(
                            "%s cannot be undone: a %s leaves nothing behind that could be put back"
                                    .formatted(done.id(), done.action().kind()));
        };
    }

    /// What a person requested is no rule's and freezes none.
    private List<Freeze> freezes(Undertaking done, Request request) {
        List<Freeze> freezes = new ArrayList<>();
        if (done.request() == null) {
            for (String rule : done.rule().split(", ", -1)) {
                freezes.add(
                        new Freeze(
                                UUID.randomUUID().toString(),
                                Freeze.Scope.RULE_ON_SUBJECT,
                                Freeze.ruleOn(done.subject().toString(), rule),
                                request.by(),
                                "undid %s: %s".formatted(done.id(), request.why()),
                                request.at(),
                                request.at().plus(limits.safety().undoFreeze())));
            }
        }
        return freezes;
    }

    private static boolean mayHaveArrived(Undertaking done) {
        return switch (done.state()) {
            case PLANNED -> false;
            case STARTED, TAKEN -> true;
            case FINAL -> done.takenAt() != null || done.outcome() instanceof Outcome.Unknown;
        };
    }

    private static String howItEnded(Undertaking done) {
        Outcome outcome = done.outcome();
        return outcome == null
                ? "which was not sent yet; freeze it instead"
                : outcome.word() + ", " + outcome.reason();
    }

    private static ClientErrorException conflict(String sentence) {
        return new ClientErrorException(sentence, Response.Status.CONFLICT);
    }
}
