package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// In a storm nothing that is well is taken out: what many nodes suffer from together is not cured
/// by taking more away. What costs nothing goes on.
final class StormGuard implements Guard {
    static final String NAME = "storm";

    /// So many nodes are sick.
    static final String STORM = "storm";

    /// They are not any more, but not for long enough.
    static final String NOT_OVER = "not-over";

    /// So many nodes may be sick, for all that Swarm knows.
    static final String CANNOT_SEE = "cannot-see";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Action action = proposal.action();
        if (action == null) {
            return Optional.empty();
        }
        boolean isFree = Disruption.of(action, situation).isFree();
        if (isFree && !needsSight(action)) {
            return Optional.empty();
        }
        Weather weather = Weather.of(situation);
        Limits.Safety limits = situation.limits().safety();
        if (!isFree && weather.isStorm(limits)) {
            return Optional.of(storm(weather, limits));
        }
        Instant since = situation.stormSince();
        if (!isFree && since != null) {
            return Optional.of(notOver(since, weather, situation));
        }
        return needsSight(action) && weather.isHidden(limits)
                ? Optional.of(cannotSee(weather, limits))
                : Optional.empty();
    }

    /// What is done to nodes, or because tasks seem to be unwell, is right only if the nodes are
    /// what they seem to be.
    private static boolean needsSight(Action action) {
        return switch (action) {
            case Action.SetAvailability _, Action.RestartService _ -> true;
            case Action.ScaleService _,
                    Action.RollbackService _,
                    Action.DeployService _,
                    Action.PostNotice _ ->
                    false;
        };
    }

    private static Objection storm(Weather weather, Limits.Safety limits) {
        return Objection.of(
                NAME,
                Verdict.WAIT,
                STORM,
                "%s; from %d %% and %d nodes on nothing that is well is taken out"
                        .formatted(weather.text(), limits.stormPercent(), limits.stormNodes()),
                "at least %d of %s %s Ready again for %s"
                        .formatted(
                                weather.tooMany(limits),
                                names(weather.sick()),
                                weather.tooMany(limits) == 1 ? "is" : "are",
                                Wording.seconds(limits.stormCalm())),
                weather.sick().toArray(Subject[]::new));
    }

    private static Objection notOver(Instant since, Weather weather, Situation situation) {
        Instant calm = situation.calmSince();
        Duration enough = situation.limits().safety().stormCalm();
        String began = "the storm that began at %s is not over: ".formatted(Wording.clock(since));
        if (calm == null) {
            return Objection.of(
                    NAME,
                    Verdict.WAIT,
                    NOT_OVER,
                    began + "%s, and it is not calm".formatted(weather.text()),
                    "it has been seen to be calm for " + Wording.seconds(enough),
                    doubted(weather).toArray(Subject[]::new));
        }
        Instant over = calm.plus(enough);
        return Objection.waiting(
                NAME,
                NOT_OVER,
                began
                        + "%s, calm since %s, and %s of calm are needed"
                                .formatted(
                                        weather.text(),
                                        Wording.clock(calm),
                                        Wording.seconds(enough)),
                "it stays calm until " + Wording.clock(over),
                over,
                weather.sick().toArray(Subject[]::new));
    }

    private static Objection cannotSee(Weather weather, Limits.Safety limits) {
        return Objection.of(
                NAME,
                Verdict.WAIT,
                CANNOT_SEE,
                "%s; from %d %% on it cannot be seen whether there is a storm"
                        .formatted(weather.doubt(), limits.stormPercent()),
                "Swarm knows again how %s %s"
                        .formatted(
                                names(weather.unseen()),
                                weather.unseen().size() == 1 ? "is" : "are"),
                doubted(weather).toArray(Subject[]::new));
    }

    private static SortedSet<Subject> doubted(Weather weather) {
        SortedSet<Subject> doubted = new TreeSet<>(weather.down());
        doubted.addAll(weather.unseen());
        return Sorted.copy(doubted);
    }

    private static String names(Collection<Subject> subjects) {
        return subjects.stream().map(Subject::toString).collect(Collectors.joining(", "));
    }
}
