package io.homeostat.api;

import io.homeostat.engine.Journal;
import io.homeostat.engine.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What was decided, done and told, newest first.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "history")
@Singleton
class HistoryResource {
    private static final Set<String> PAGING = Set.of("limit", "cursor");

    private final Journal journal;

    HistoryResource(Journal journal) {
        this.journal = journal;
    }

    @GET
    @Path("/decisions")
    @Operation(
            summary = "List decisions, newest first",
            description = "Filters: subject, incident, rule, verdict.")
    public ListPage decisions(
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo uri)
            throws StoreException {
        return page(
                "decision", Set.of("subject", "incident", "rule", "verdict"), limit, cursor, uri);
    }

    @GET
    @Path("/actions")
    @Operation(
            summary = "List actions, newest first",
            description = "Filters: subject, incident, rule, kind, state.")
    public ListPage actions(
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo uri)
            throws StoreException {
        return page(
                "action",
                Set.of("subject", "incident", "rule", "kind", "state"),
                limit,
                cursor,
                uri);
    }

    @GET
    @Path("/incidents")
    @Operation(summary = "List incidents, newest first", description = "Filters: subject, state.")
    public ListPage incidents(
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo uri)
            throws StoreException {
        return page("incident", Set.of("subject", "state"), limit, cursor, uri);
    }

    @GET
    @Path("/timeline")
    @Operation(
            summary = "List what happened, newest first",
            description = "Filters: subject, incident, kind.")
    public ListPage timeline(
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo uri)
            throws StoreException {
        return page("line", Set.of("subject", "incident", "kind"), limit, cursor, uri);
    }

    private ListPage page(
            String kind, Set<String> filters, int limit, @Nullable String cursor, UriInfo uri)
            throws StoreException {
        Map<String, String> filter = new TreeMap<>();
        for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
            String name = parameter.getKey();
            if (filters.contains(name)) {
                filter.put(name, parameter.getValue().getFirst());
            } else if (!PAGING.contains(name)) {
                throw new BadRequestException(
                        "'%s' is no filter of this list; it knows %s, limit and cursor"
                                .formatted(name, String.join(", ", Set.copyOf(filters))));
            }
        }
        Journal.Page page = read(kind, filter, cursor, ListPage.limit(limit));
        return new ListPage(page.items().stream().map(Items::stored).toList(), page.next());
    }

    private Journal.Page read(
            String kind, Map<String, String> filter, @Nullable String cursor, int limit)
            throws StoreException {
        try {
            return journal.page(kind, filter, cursor, limit);
        } catch (IllegalArgumentException badCursor) {
            throw new BadRequestException(
                    "'%s' is no cursor of this list; take the \"next\" of the page before"
                            .formatted(cursor),
                    badCursor);
        }
    }
}
