package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Images;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Quarantine;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Service;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A service is to run another image: asked for by a person or a pipeline, and followed to its end.
@Path("/api/v1/deployments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "people")
@Singleton
class DeploymentsResource {
    private static final int UNPROCESSABLE = 422;
    private static final long RETRY_SECONDS = 10;

    private final EngineLoop loop;
    private final Inbox inbox;
    private final Images images;
    private final AcceptedDeployments accepted;
    private final InstantSource clock;

    /// @param image with its tag; its digest is looked up now
    /// @param force true to deploy an image that is in quarantine
    record Asked(
            @Nullable String service,
            @Nullable String image,
            @Nullable String requestedBy,
            @Nullable String reason,
            @Nullable Boolean force) {}

    DeploymentsResource(
            EngineLoop loop,
            Inbox inbox,
            Images images,
            AcceptedDeployments accepted,
            InstantSource clock) {
        this.loop = loop;
        this.inbox = inbox;
        this.images = images;
        this.accepted = accepted;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for another image of a service",
            description =
                    "The tag is looked up in its registry now, and what is deployed is the digest."
                            + " Answers when it is on disk. The same image for the same service is"
                            + " the same deployment while that is open. An image that was taken"
                            + " back is refused (409) unless \"force\" is true.")
    public Response ask(@Nullable Asked body) throws StoreException, InterruptedException {
        Asked asked = Said.body(body);
        String service = Said.required("service", asked.service(), "shop_api");
        String named = Said.required("image", asked.image(), "registry:5000/shop/api:1.4");
        String by = Said.required("requestedBy", asked.requestedBy(), "ann");
        String reason = Said.required("reason", asked.reason(), "release 1.4");
        boolean force = Boolean.TRUE.equals(asked.force());
        requireKnown(service);
        String image = resolved(named);
        requireGood(service, image, force);
        Instant now = clock.instant();
        Deployment wanted =
                new Deployment(
                        UUID.randomUUID().toString(),
                        service,
                        image,
                        by,
                        reason,
                        force,
                        now,
                        Deployment.State.ACCEPTED,
                        now,
                        null,
                        "");
        Deployment taken = accepted.orOpen(wanted);
        if (taken == wanted) {
            keep(wanted);
        }
        return Response.accepted(Items.deployment(taken)).build();
    }

    private void keep(Deployment wanted) throws StoreException {
        try {
            inbox.accept(new Signal.DeploymentAsked(wanted));
        } catch (StoreException refused) {
            accepted.free(wanted);
            throw refused;
        }
        loop.wake();
    }

    private String resolved(String named) throws InterruptedException {
        return switch (images.resolve(named)) {
            case Images.Found.Resolved(String image) -> image;
            case Images.Found.Refused(String why) ->
                    throw new ClientErrorException(why, UNPROCESSABLE);
            case Images.Found.Unanswered(String why) ->
                    throw new ServiceUnavailableException(
                            "the image could not be looked up, so nothing was accepted; try again: "
                                    + why,
                            RETRY_SECONDS,
                            null);
        };
    }

    /// Before the first look nobody knows what is there, so nothing is refused.
    private void requireKnown(String service) {
        List<String> known =
                loop.picture().facts().stream()
                        .filter(Service.class::isInstance)
                        .map(fact -> fact.subject().name())
                        .toList();
        if (!known.isEmpty() && !known.contains(service)) {
            throw new NotFoundException(
                    "there is no service %s; /api/v1/facts?type=Service lists what there is"
                            .formatted(service));
        }
    }

    private void requireGood(String service, String image, boolean force) {
        Deployment bad = Quarantine.of(accepted.all(), service, image);
        if (bad != null && !force) {
            throw new ClientErrorException(
                    "%s is in quarantine since %s, for %s; deploy another image, or this one with \"force\": true"
                            .formatted(image, bad.since(), bad.fault()),
                    Response.Status.CONFLICT);
        }
    }

    @GET
    @Operation(
            summary = "List deployments",
            description =
                    "Those that are open, and those that ended not long ago; the newest first.")
    public ListPage list(
            @QueryParam("service") @DefaultValue("") String service,
            @QueryParam("limit") @DefaultValue(ListPage.LIMIT_DEFAULT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int most = ListPage.limit(limit);
        int from = ListPage.place(cursor);
        List<Deployment> all =
                accepted.all().stream()
                        .filter(each -> service.isEmpty() || each.service().equals(service))
                        .sorted(
                                Comparator.comparing(Deployment::at)
                                        .thenComparing(Deployment::id)
                                        .reversed())
                        .toList();
        List<JsonNode> items = new ArrayList<>();
        all.stream().skip(from).limit(most).forEach(each -> items.add(Items.deployment(each)));
        int next = from + items.size();
        return new ListPage(items, next < all.size() ? Integer.toString(next) : null);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a deployment")
    public JsonNode one(@PathParam("id") String id) {
        return accepted.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(Items::deployment)
                .orElseThrow(() ->
                        new NotFoundException(
                                "there is no deployment '%s'; /api/v1/deployments lists what there is"
                                        .formatted(id)));
    }
}
