package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.guard.Approval;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What people are asked.
@Path("/api/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "people")
@Singleton
class ApprovalsResource {
    private final EngineLoop loop;

    ApprovalsResource(EngineLoop loop) {
        this.loop = loop;
    }

    @GET
    @Operation(
            summary = "List what waits for a person's answer",
            description =
                    "Each with the action that would be done, until when it can be answered, and"
                            + " under \"now\" how its wish was judged last: the reason, and all that"
                            + " object. \"now\" is null while nothing wishes it.")
    public ListPage approvals() {
        List<JsonNode> open =
                loop.picture().approvals().stream()
                        .filter(asked -> asked.approval().state() == Approval.State.ASKED)
                        .map(Items::asked)
                        .toList();
        return new ListPage(open, null);
    }
}
