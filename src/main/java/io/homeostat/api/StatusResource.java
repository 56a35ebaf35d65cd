package io.homeostat.api;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Picture;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How Homeostat itself is.
@Path("/api/v1/status")
@Tag(name = "present")
@Singleton
class StatusResource {
    private static final Logger LOG = LoggerFactory.getLogger(StatusResource.class);

    private final EngineLoop loop;
    private final Lease lease;
    private final Journal journal;
    private final StoreState store;
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

    /// @param reason why it cannot be read or written, and what to do; null when it can
    /// @param since since when it cannot be written; null when it can
    /// @param warning what people should look after although it can be written; null when nothing
    /// @param waiting how many writes wait for their commit
    /// @param unread how many signals no turn has taken; null when it cannot be read
    /// @param bytes how much of the database is in use; null when it cannot be read
    record Store(
            boolean ok,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable String warning,
            int waiting,
            @Nullable Long unread,
            @Nullable Long bytes) {}

    /// Who may act on the cluster, as far as this process can tell.
    ///
    /// @param state leads, waits or unsure
    /// @param text it in a sentence
    /// @param epoch while it leads; rises whenever another begins to lead
    /// @param until while it leads: unless it is renewed
    /// @param holder while it waits: who leads
    /// @param since while it waits: since when that is known
    record Leading(
            String state,
            String text,
            @Nullable Long epoch,
            @Nullable Instant until,
            @Nullable String holder,
            @Nullable Instant since) {}

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
            Store store,
            Leading lease,
            Loop loop,
            List<Sight> watchers,
            SortedMap<String, Integer> alerts,
            int incidents,
            int unsettled,
            int freezes) {}

    StatusResource(
            EngineLoop loop,
            Lease lease,
            Journal journal,
            StoreState store,
            Limits limits,
            ApiSettings settings,
            InstantSource clock) {
        this.loop = loop;
        this.lease = lease;
        this.journal = journal;
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
        Store held = store();
        return new Status(
                settings.cluster(),
                limits.ceiling().word(),
                limits.scope().toString(),
                settings.version(),
                picture.rulebook(),
                picture.putAside(),
                held.ok(),
                held,
                leading(),
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

    private Leading leading() {
        Lease.Standing standing = lease.standing();
        String text = standing.text();
        return switch (standing) {
            case Lease.Standing.Ours(var epoch, var left) ->
                    new Leading("leads", text, epoch, clock.instant().plus(left), null, null);
            case Lease.Standing.Unsure _ -> new Leading("unsure", text, null, null, null, null);
            case Lease.Standing.Elsewhere(var holder, var since) ->
                    new Leading("waits", text, null, null, holder, since);
        };
    }

    private Store store() {
        StoreState.Trouble trouble = store.trouble().orElse(null);
        String warning = store.warning().orElse(null);
        Instant since = trouble == null ? null : trouble.since();
        String reason = trouble == null ? null : trouble.reason();
        try {
            journal.page("line", Map.of(), null, 1);
            return new Store(
                    trouble == null,
                    reason,
                    since,
                    warning,
                    store.waiting(),
                    store.unread(),
                    store.bytes());
        } catch (StoreException failed) {
            LOG.warn("the store does not answer: {}", failed.getMessage());
            return new Store(
                    false,
                    reason == null ? failed.getMessage() : reason,
                    since,
                    warning,
                    store.waiting(),
                    null,
                    null);
        }
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
