package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.History;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Picture;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// People answer what they are asked. An answer is on disk before it is confirmed.
@Path("/api/v1/decisions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "people")
@Singleton
class ApprovalAnswersResource {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalAnswersResource.class);

    private final EngineLoop loop;
    private final Inbox inbox;
    private final History history;
    private final InstantSource clock;

    record Answer(@Nullable String by, @Nullable String why) {}

    /// @param text what the answer was about
    /// @param approval the question as it was answered
    record Answered(String decision, String answer, String text, JsonNode approval) {}

    ApprovalAnswersResource(EngineLoop loop, Inbox inbox, History history, InstantSource clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.history = history;
        this.clock = clock;
    }

    @POST
    @Path("/approve")
    @Operation(
            summary = "Approve what a decision asks",
            description =
                    "It is judged again: limits on autonomy and attempts count as met, all other"
                            + " guards hold. It is good for one action with these parameters.")
    public Response approve(@PathParam("id") String id, @Nullable Answer body)
            throws StoreException {
        return answer(id, body, true);
    }

    @POST
    @Path("/reject")
    @Operation(
            summary = "Reject what a decision asks",
            description = "It is not asked again in that incident.")
    public Response reject(@PathParam("id") String id, @Nullable Answer body)
            throws StoreException {
        return answer(id, body, false);
    }

    private Response answer(String id, @Nullable Answer body, boolean granted)
            throws StoreException {
        Answer said = Said.body(body);
        String by = Said.by(said.by());
        String why = Said.why(said.why());
        Picture.Asked asked = asked(id);
        Approval approval = open(asked.approval());
        inbox.accept(new Signal.ApprovalAnswered(id, granted, by, why, clock.instant()));
        loop.wake();
        String answer = granted ? "approved" : "rejected";
        LOG.info("{} {} by {}: {}", approval.action().text(), answer, by, why);
        return Response.accepted(
                        new Answered(id, answer, approval.action().text(), Items.asked(asked)))
                .build();
    }

    private Picture.Asked asked(String id) throws StoreException {
        for (Picture.Asked each : loop.picture().approvals()) {
            if (each.approval().wasAskedBy(id)) {
                return each;
            }
        }
        Decision decision = history.decision(id);
        if (decision == null) {
            throw new NotFoundException(
                    "there is no decision '%s'; /api/v1/approvals lists what is asked"
                            .formatted(id));
        }
        if (decision.verdict() != Verdict.ASK) {
            throw conflict(
                    "decision %s asks nothing: its verdict is %s"
                            .formatted(id, decision.verdict().word()));
        }
        throw conflict(
                ("what decision %s asked is over: it was answered and done, or nothing wishes it"
                                + " any more; /api/v1/approvals lists what is asked now")
                        .formatted(id));
    }

    private Approval open(Approval approval) {
        switch (approval.state()) {
            case GRANTED, REJECTED ->
                    throw conflict(
                            "%s was answered already: %s by %s, who said: %s"
                                    .formatted(
                                            approval.id(),
                                            approval.state() == Approval.State.GRANTED
                                                    ? "approved"
                                                    : "rejected",
                                            approval.by(),
                                            approval.why()));
            case UNANSWERED -> throw expired(approval);
            case ASKED -> {
                if (!clock.instant().isBefore(approval.expires())) {
                    throw expired(approval);
                }
            }
        }
        return approval;
    }

    private static ClientErrorException expired(Approval approval) {
        return conflict(
                "%s could be answered until %s; request it instead, at /api/v1/requests"
                        .formatted(approval.id(), approval.expires()));
    }

    private static ClientErrorException conflict(String sentence) {
        return new ClientErrorException(sentence, Response.Status.CONFLICT);
    }
}
