package io.homeostat.api;

import io.homeostat.engine.History;
import io.homeostat.engine.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What would have been done, had it been allowed to act by itself.
@Path("/api/v1/decisions/shadow")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "history")
@Singleton
class ShadowResource {
    private static final Duration LONGEST = Duration.ofDays(366);

    private final History history;
    private final InstantSource clock;

    ShadowResource(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "Count what would have been done",
            description =
                    "By rule, subject and action with the verdict that would have been, each once"
                            + " for an incident; since is a time such as 7d, which is the default.")
    public ListPage shadowed(
            @QueryParam("since") @DefaultValue("7d") String since,
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit)
            throws StoreException {
        Duration span = Said.span("since", since, LONGEST);
        return new ListPage(
                history.shadowed(clock.instant().minus(span)).stream()
                        .limit(ListPage.limit(limit))
                        .map(Items::shadowed)
                        .toList(),
                null);
    }
}
