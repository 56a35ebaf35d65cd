package io.homeostat.app;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.SequencedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Faults that anybody may cause in a demonstration; elsewhere there are none.
@Path("/api/v1/demo/faults")
@Tag(name = "demo")
@Singleton
final class DemoResource {
    private final Provider<Story> story;

    DemoResource(Provider<Story> story) {
        this.story = story;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The faults that can be caused in a demonstration")
    public SequencedMap<String, String> faults() {
        return demonstration().faults();
    }

    @POST
    @Path("/{fault}")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "Cause a fault in a demonstration")
    public String cause(@PathParam("fault") String fault) {
        String text = demonstration().cause(fault);
        if (text.isEmpty()) {
            throw new WebApplicationException(
                    "there is no fault '%s'; there are %s"
                            .formatted(fault, String.join(", ", demonstration().faults().keySet())),
                    404);
        }
        return text;
    }

    private Story demonstration() {
        if (Mode.current() != Mode.DEMO) {
            throw new WebApplicationException("this is no demonstration", 404);
        }
        return story.get();
    }
}
