package io.homeostat.api;

import io.homeostat.reload.Attempt;
import io.homeostat.reload.ReloadBoard;
import io.homeostat.reload.RuleReload;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The rules in force, and how people have others take over without a restart.
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "rules")
@Singleton
class RulesResource {
    /// Shorter than what those who ask wait for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final int UNPROCESSABLE = 422;

    private final RuleReload reload;

    /// @param by who wants it; may be missing
    record Asked(@Nullable String by) {}

    /// @param result adopted or unchanged; running when it takes longer than one waits for an
    ///   answer
    record Answer(
            String result, String text, List<String> differences, @Nullable Attempt attempt) {}

    RulesResource(RuleReload reload) {
        this.reload = reload;
    }

    @GET
    @Operation(
            summary = "List the rules in force",
            description =
                    "With what each says of itself, its version, what is wrong with the files, and"
                            + " what came of the last attempt to have others take over.")
    public ReloadBoard.View rules() {
        return reload.board().view();
    }

    @POST
    @Path("/reload")
    @Operation(
            summary = "Read the rule files anew",
            description =
                    "Answers when they are in force, with what is wished otherwise on the facts of"
                            + " now. With any error they are refused as a whole: 422.")
    public Response reload(@Nullable Asked asked) throws InterruptedException {
        return answer(reload.reload(who(asked)), "/api/v1/rules/reload");
    }

    /// Who wants it may be left out, and then nothing need be sent.
    @POST
    @Path("/reload")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response reloadForSomebody() throws InterruptedException {
        return reload(null);
    }

    @POST
    @Path("/undo")
    @Operation(
            summary = "Go back to the rules before",
            description = "They stay until the files change or somebody reloads them.")
    public Response undo(@Nullable Asked asked) throws InterruptedException {
        return answer(reload.undo(who(asked)), "/api/v1/rules/undo");
    }

    @POST
    @Path("/undo")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response undoForSomebody() throws InterruptedException {
        return undo(null);
    }

    private static String who(@Nullable Asked asked) {
        return asked == null || asked.by() == null ? "somebody by the API" : Said.by(asked.by());
    }

    private static Response answer(CompletableFuture<Attempt> under, String instance)
            throws InterruptedException {
        Attempt attempt;
        try {
            attempt = under.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Response.accepted(
                            new Answer(
                                    "running",
                                    "it takes longer than %d s; GET /api/v1/rules tells what came of it"
                                            .formatted(PATIENCE.toSeconds()),
                                    List.of(),
                                    null))
                    .build();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("an attempt to reload rules broke", broken);
        }
        return switch (attempt.result()) {
            case ADOPTED, UNCHANGED ->
                    Response.ok(
                                    new Answer(
                                            attempt.result().word(),
                                            attempt.text(),
                                            attempt.differences(),
                                            attempt))
                            .build();
            case REFUSED ->
                    Response.status(UNPROCESSABLE)
                            .type(Problem.MEDIA_TYPE)
                            .entity(Problem.of(UNPROCESSABLE, attempt.whole(), instance))
                            .build();
        };
    }
}
