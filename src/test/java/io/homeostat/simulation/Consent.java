package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Service;
import io.homeostat.guard.Decision;
import io.homeostat.rules.RuleNotes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What rules may do only with a person's consent, whatever else changes: the rules themselves, or
/// the service's labels, say so.
final class Consent {
    private Consent() {}

    /// The actions on the cluster that rules wished and that this turn planned.
    static List<Undertaking> planned(Turn turn) {
        return turn.undertakings().stream()
                .filter(each ->
                        each.state() == Undertaking.State.PLANNED
                                && each.plannedAt().equals(turn.at())
                                && each.request() == null
                                && each.action() instanceof Action.OnSwarm)
                .toList();
    }

    static boolean isNeeded(Undertaking undertaking, World world) {
        boolean rulesAsk =
                Stream.of(undertaking.rule().split(", ", -1))
                        .allMatch(rule -> {
                            RuleNotes notes = Rules.book().rules().get(rule);
                            return notes != null && notes.autonomy() != Autonomy.AUTO;
                        });
        Service service = world.services().get(undertaking.subject().name());
        return rulesAsk || (service != null && asks(service));
    }

    private static boolean asks(Service service) {
        return "ask".equals(service.label("homeostat.autonomy"))
                || "true".equals(service.label("homeostat.vital"));
    }

    /// True when a person approved exactly this, in this incident, and what was approved has not
    /// expired.
    static boolean isGiven(Undertaking planned, Turn turn, World world) {
        Questions.About about = about(planned, world);
        return about != null
                && world.questions.grants(about).stream()
                        .anyMatch(
                                grant -> turn.at().isBefore(world.questions.latest(grant.until())));
    }

    /// What a person would have been asked about; null when its decision is not on record.
    static Questions.@Nullable About about(Undertaking undertaking, World world) {
        Decision decision = world.store.decision(undertaking.decision());
        return decision == null ? null : Questions.About.of(decision, undertaking.action().text());
    }
}
