package io.homeostat.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The specifications that were seen, kept so that a rollback can lead back to them. Thread-safe.
final class KnownSpecifications {
    private static final Logger LOG = LoggerFactory.getLogger(KnownSpecifications.class);

    private final Specifications store;
    private final InstantSource clock;

    /// What of each service was kept last, by the service's ID.
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    KnownSpecifications(Specifications store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A service that was seen, as a fact and as Docker gave it.
    record Seen(Service service, JsonNode node) {}

    /// Keeps what is new, before anybody hears of it. What cannot be kept now is tried again at the
    /// next look.
    void saw(List<Seen> services) {
        List<Specifications.Seen> fresh = new ArrayList<>();
        List<Service> of = new ArrayList<>();
        for (Seen seen : services) {
            String content = seen.service().contentHash();
            if (content != null && !content.equals(kept.get(seen.service().id()))) {
                byte[] body = Json.write(seen.node().path("Spec"));
                fresh.add(
                        new Specifications.Seen(
                                seen.service().name(),
                                content,
                                new String(body, StandardCharsets.UTF_8)));
                of.add(seen.service());
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        try {
            store.keep(fresh, now);
            of.forEach(service -> kept.put(service.id(), String.valueOf(service.contentHash())));
        } catch (StoreException e) {
            LOG.warn(
                    "{} new specifications could not be kept, and without them nothing can be rolled back to them; they are tried again at the next look: {}",
                    fresh.size(),
                    e.getMessage());
        }
    }

    /// The service is gone.
    void forget(String id) {
        kept.remove(id);
    }

    /// The specification with this content; null when it is not kept.
    ///
    /// @throws StoreException when that cannot be told
    @Nullable JsonNode find(@Nullable String content) throws StoreException {
        String body = content == null ? null : store.specification(content);
        if (body == null) {
            return null;
        }
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            throw new StoreException("the specification %s cannot be read".formatted(content), e);
        }
    }
}
