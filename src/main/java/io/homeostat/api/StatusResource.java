package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Picture;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// How Homeostat itself is.
@Path("/api/v1/status")
@Tag(name = "present")
@Singleton
class StatusResource {
    private final EngineLoop loop;
    private final StoreCheck store;
    private final Limits limits;
    private final ApiSettings settings;
    private final InstantSource clock;

    /// @param since since when it sees or is blind
    /// @param ageSeconds how long that is
    record Sight(
            String name, String sight, Instant since, long ageSeconds, @Nullable String reason) {}

    /// @param lagMillis how long the oldest signal of the last turn had waited
    /// @param progressedAt when the loop last came round
    record Loop(
            long turn, @Nullable Instant at, long lagMillis, int waiting, Instant progressedAt) {}

    /// @param alerts how many open alerts there are, by what became of them
    /// @param putAside rules that threw, with what they threw
    record Status(
            String cluster,
            String autonomy,
            String scope,
            String version,
            String rulebook,
            Map<String, String> putAside,
            boolean storeOk,
            Loop loop,
            List<Sight> watchers,
            SortedMap<String, Integer> alerts,
            int incidents,
            int unsettled,
            int freezes) {}

    StatusResource(
            EngineLoop loop,
            StoreCheck store,
            Limits limits,
            ApiSettings settings,
            InstantSource clock) {
        this.loop = loop;
        this.store = store;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "Say how Homeostat itself is")
    public Status status() {
        Picture picture = loop.picture();
        return new Status(
                settings.cluster(),
                limits.ceiling().word(),
                limits.scope().toString(),
                settings.version(),
                picture.rulebook(),
                picture.putAside(),
                store.answers(),
                new Loop(
                        picture.turn(),
                        picture.at(),
                        picture.lagMillis(),
                        loop.waiting(),
                        loop.progressedAt()),
                watchers(picture),
                byAccount(picture),
                picture.incidents().size(),
                picture.unsettled().size(),
                picture.freezes().size());
    }

    private List<Sight> watchers(Picture picture) {
        Instant now = clock.instant();
        return picture.facts().stream()
                .filter(Watcher.class::isInstance)
                .map(Watcher.class::cast)
                .map(watcher ->
                        new Sight(
                                watcher.name(),
                                watcher.isSeeing() ? "seeing" : "blind",
                                watcher.since(),
                                Duration.between(watcher.since(), now).toSeconds(),
                                watcher.reason().isEmpty() ? null : watcher.reason()))
                .toList();
    }

    private static SortedMap<String, Integer> byAccount(Picture picture) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        picture.accounts().values().forEach(account -> counts.merge(account, 1, Integer::sum));
        return counts;
    }
}
