package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What fires at Alertmanager for ten minutes while Homeostat is up is known to it.
final class NoFiringAlertIsForgotten implements Invariant {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final SortedMap<String, Instant> missingSince = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        Picture picture = moment.picture();
        if (picture == null) {
            // Whoever is down hears of it when he is back.
            missingSince.clear();
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        missingSince.keySet().retainAll(world.mail.firing().keySet());
        picture.facts()
                .forEach(fact -> {
                    if (fact.subject().kind() == Subject.Kind.ALERT) {
                        missingSince.remove(fact.subject().name());
                    }
                });
        for (String fingerprint : world.mail.firing().keySet()) {
            if (!picture.accounts().containsKey(fingerprint)) {
                Instant since = missingSince.computeIfAbsent(fingerprint, _ -> world.time.now());
                if (world.time.since(since).compareTo(LONG) > 0) {
                    faults.add(
                            "%s fires and is not known"
                                    .formatted(world.mail.firing().get(fingerprint)));
                }
            }
        }
        return faults;
    }
}
