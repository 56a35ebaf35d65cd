package io.homeostat.simulation;

import io.homeostat.engine.Picture;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.incident.Account;
import io.homeostat.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Each open alert has an account that fits, and none stays new or waiting for longer than people's
/// patience.
final class EveryAlertIsAccountedFor implements Invariant {
    private static final Duration SLACK = Duration.ofMinutes(1);

    /// An account is put right in the turn after that in which what it rests on has changed.
    private static final Duration LAG = Duration.ofSeconds(15);

    /// How long an alert has had its account, in time that Homeostat watched.
    ///
    /// @param unfit for how long the account has been seen not to fit; null when it fits
    private record Held(String account, Duration watched, @Nullable Duration unfit) {}

    private SortedMap<String, Held> held = new TreeMap<>();
    private Instant last = Time.BEGINNING;

    @Override
    public List<String> broken(World world, Moment moment) {
        Picture picture = moment.picture();
        if (picture == null || picture.at() == null) {
            return List.of();
        }
        Duration passed = Duration.between(last, picture.at());
        Duration watched = passed.compareTo(World.LIMITS.gap()) > 0 ? World.LIMITS.gap() : passed;
        last = picture.at();
        SortedMap<String, Held> now = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        for (Fact fact : picture.facts()) {
            if (fact instanceof Alert alert) {
                String account = picture.accounts().getOrDefault(alert.fingerprint(), "none");
                Held before = held.get(alert.fingerprint());
                Duration sum =
                        before != null && before.account().equals(account)
                                ? before.watched().plus(watched)
                                : Duration.ZERO;
                boolean fits = fits(alert, Account.of(account), sum, picture, world);
                Duration unfit = fits ? null : unfitFor(before, watched);
                now.put(alert.fingerprint(), new Held(account, sum, unfit));
                if (unfit != null && unfit.compareTo(LAG) > 0) {
                    faults.add(
                            "%s about %s is %s for %s, which does not fit"
                                    .formatted(alert.name(), alert.about(), account, sum));
                }
            }
        }
        held = now;
        return faults;
    }

    private static Duration unfitFor(@Nullable Held before, Duration watched) {
        return before == null || before.unfit() == null
                ? Duration.ZERO
                : before.unfit().plus(watched);
    }

    private static boolean fits(
            Alert alert, Account account, Duration watched, Picture picture, World world) {
        return switch (account) {
            case NEW, WAITING -> isWithin(watched, World.LIMITS.patience().plus(SLACK));
            case SUPPRESSED -> alert.status() == Alert.Status.SUPPRESSED;
            case ESCALATED -> isTold(alert, picture);
            case ASKED -> isTold(alert, picture) || isLeftToPeople(alert, world);
            case ACTING -> isActedOn(alert, picture);
            case SATISFIED, SHADOWED, OBSERVED -> alert.status() != Alert.Status.SUPPRESSED;
        };
    }

    private static boolean isWithin(Duration watched, Duration most) {
        return watched.compareTo(most) <= 0;
    }

    private static boolean isTold(Alert alert, Picture picture) {
        for (Incident incident : picture.incidents()) {
            if (incident.alerts().contains(alert.fingerprint()) && !incident.channels().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// People hear once that something is left to them, and not of each alert about it.
    private static boolean isLeftToPeople(Alert alert, World world) {
        return world.store.standing().stream()
                .filter(standing -> standing.key().contains(alert.about().toString()))
                .anyMatch(standing ->
                        standing.values().getOrDefault("codes", "").contains("hands-off:"));
    }

    private static boolean isActedOn(Alert alert, Picture picture) {
        return picture.unsettled().stream()
                .anyMatch(undertaking -> undertaking.subject().equals(alert.about()));
    }
}
