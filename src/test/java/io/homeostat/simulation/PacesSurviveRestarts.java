package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import io.homeostat.rules.RuleNotes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A rule that acted on a subject leaves it alone for as long as it says, whatever happens to
/// Homeostat meanwhile.
final class PacesSurviveRestarts implements Invariant {
    /// When each rule's last action on a subject was planned that the cluster is known to have
    /// taken.
    private final SortedMap<String, Instant> acted = new TreeMap<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            for (Undertaking undertaking : turn.undertakings()) {
                if (undertaking.action() instanceof Action.OnSwarm action
                        && undertaking.request() == null) {
                    for (String rule : undertaking.rule().split(", ", -1)) {
                        check(undertaking, action, rule, faults);
                    }
                }
            }
        }
        return faults;
    }

    private void check(
            Undertaking undertaking, Action.OnSwarm action, String rule, List<String> faults) {
        String key = action.subject() + " " + rule;
        Instant last = acted.get(key);
        Instant planned = undertaking.plannedAt();
        if (undertaking.state() == Undertaking.State.PLANNED
                && last != null
                && planned.isBefore(last.plus(cooldown(action, rule)))) {
            faults.add(
                    "%s was planned at %s, and rule \"%s\" had acted on it at %s"
                            .formatted(action.text(), planned, rule, last));
        }
        if (undertaking.takenAt() != null) {
            acted.put(key, last != null && last.isAfter(planned) ? last : planned);
        }
    }

    private static Duration cooldown(Action.OnSwarm action, String rule) {
        RuleNotes notes = Rules.book().rules().get(rule);
        Duration usual =
                action instanceof Action.ScaleService
                        ? World.LIMITS.scaleEvery()
                        : World.LIMITS.cooldown();
        // What is in no rulebook is the engine's own wish to keep replicas, which has no pace.
        return notes == null ? Duration.ZERO : Objects.requireNonNullElse(notes.cooldown(), usual);
    }
}
