package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Picture;
import io.homeostat.fact.Alert;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Watcher;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What is held to be true after the last turn.
@Path("/api/v1/facts")
@Tag(name = "present")
@Singleton
class FactsResource {
    private static final List<Class<? extends Fact>> TYPES =
            List.of(
                    Service.class,
                    Alert.class,
                    Node.class,
                    Task.class,
                    Watcher.class,
                    Request.class,
                    CustomFact.class,
                    Deployment.class,
                    Tracking.class);

    private final EngineLoop loop;

    FactsResource(EngineLoop loop) {
        this.loop = loop;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "List facts",
            description =
                    "Type is Service, Alert, Node, Task, Watcher, Request, CustomFact, Deployment or Tracking;"
                            + " all types when not given. In the order of their kinds and subjects.")
    public ListPage facts(
            @QueryParam("type") @DefaultValue("") String type,
            @QueryParam("subject") @DefaultValue("") String subject,
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        requireKnown(type);
        int most = ListPage.limit(limit);
        int from = ListPage.place(cursor);
        Picture picture = loop.picture();
        List<JsonNode> items = new ArrayList<>();
        int place = 0;
        for (Fact fact : picture.facts()) {
            boolean asked =
                    (type.isEmpty() || fact.getClass().getSimpleName().equals(type))
                            && (subject.isEmpty() || fact.subject().toString().equals(subject));
            if (asked && place++ >= from) {
                if (items.size() == most) {
                    return new ListPage(items, Integer.toString(place - 1));
                }
                items.add(Items.fact(fact, picture));
            }
        }
        return new ListPage(items, null);
    }

    private static void requireKnown(String type) {
        List<String> names = TYPES.stream().map(Class::getSimpleName).toList();
        if (!type.isEmpty() && !names.contains(type)) {
            throw new BadRequestException(
                    "'%s' is no type of fact; they are %s"
                            .formatted(type, String.join(", ", names)));
        }
    }
}
