package io.homeostat.simulation;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Picture;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A wish that stands and is allowed is being carried out, and one that waits says for what, until
/// an instant that is still to come.
final class NoWishStandsForAnHourWithoutAVisibleReason implements Invariant {
    private static final Duration LONG = Duration.ofHours(1);

    private final SortedMap<String, Instant> idleSince = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        Picture picture = moment.picture();
        if (picture == null || picture.at() == null) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        SortedMap<String, Instant> idle = new TreeMap<>();
        for (Memo.Standing standing : world.store.standing()) {
            if (isIdle(standing, picture, picture.at())) {
                Instant since = idleSince.getOrDefault(standing.key(), picture.at());
                idle.put(standing.key(), since);
                if (since.plus(LONG).isBefore(picture.at())) {
                    faults.add(
                            "\"%s\" stands since %s: %s"
                                    .formatted(standing.key(), since, standing.values()));
                }
            }
        }
        idleSince.clear();
        idleSince.putAll(idle);
        return faults;
    }

    private static boolean isIdle(Memo.Standing standing, Picture picture, Instant now) {
        boolean underWay =
                picture.unsettled().stream()
                        .map(undertaking -> undertaking.subject())
                        .map(Subject::toString)
                        .anyMatch(subject -> standing.key().contains(subject));
        boolean isAllowed = "allow".equals(standing.values().get("verdict"));
        boolean saysWhy = !standing.values().getOrDefault("codes", "").isEmpty();
        String until = standing.values().get("until");
        boolean isOver = until != null && Instant.parse(until).plusSeconds(60).isBefore(now);
        return !underWay && (isAllowed || !saysWhy || isOver);
    }
}
