package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Why one rule wishes something about a subject, or why not.
@Path("/api/v1/rules/{name}/why")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "rules")
@Singleton
class RuleWhyResource {
    private final WhyResource why;

    RuleWhyResource(WhyResource why) {
        this.why = why;
    }

    @GET
    @Operation(
            summary = "Say why a rule wishes something about a subject, or why not",
            description = "The same as /api/v1/why with that rule.")
    public JsonNode why(
            @PathParam("name") String name,
            @QueryParam("subject") @DefaultValue("") String subject,
            @QueryParam("at") @Nullable String at)
            throws StoreException {
        if (subject.isBlank()) {
            throw new BadRequestException("say about what: the subject, as in ?subject=shop_web");
        }
        return why.answer(subject, null, name, at);
    }
}
