package io.homeostat.rules;

import io.homeostat.fact.Alert;
import io.homeostat.fact.AlertedService;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Unsolved;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Facts for tests, with everything but what the test is about filled in.
final class Facts {
    static final Instant MORNING = Instant.parse("2026-11-23T09:00:00Z");

    private Facts() {}

    static AlertedService service(String name, Map<String, String> labels) {
        return new AlertedService(
                name, null, Service.Mode.REPLICATED, 2, new TreeMap<>(labels), ScaleBounds.NONE);
    }

    static Alert alert(String name, @Nullable AlertedService service, Map<String, String> labels) {
        return new Alert(
                "print-" + name,
                name,
                Alert.Status.FIRING,
                MORNING,
                new TreeMap<>(labels),
                new TreeMap<>(),
                service,
                null);
    }

    static Alert suppressed(Alert alert) {
        return new Alert(
                alert.fingerprint(),
                alert.name(),
                Alert.Status.SUPPRESSED,
                alert.startsAt(),
                alert.labels(),
                alert.annotations(),
                alert.service(),
                alert.node());
    }

    static Alert annotated(Alert alert, Map<String, String> annotations) {
        return new Alert(
                alert.fingerprint(),
                alert.name(),
                alert.status(),
                alert.startsAt(),
                alert.labels(),
                new TreeMap<>(annotations),
                alert.service(),
                alert.node());
    }

    static Alert begun(Alert alert, SortedSet<Instant> beginnings) {
        return new Alert(
                alert.fingerprint(),
                alert.name(),
                alert.status(),
                alert.startsAt(),
                alert.labels(),
                alert.annotations(),
                alert.service(),
                alert.node(),
                beginnings);
    }

    static Unsolved unsolved(Alert alert) {
        return new Unsolved(alert, Unsolved.Cause.NO_RULE, "no rule knows it", MORNING);
    }
}
