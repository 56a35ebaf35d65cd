package io.homeostat.replay;

import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was really done to the cluster. An action that is decided in a replay and was done then and
/// there is answered as it was answered, and the recorded world shows what became of it; any other
/// is virtual.
final class RecordedActions {
    /// A replay wakes to the moment, and a process some time later.
    private static final Duration SAME = Duration.ofSeconds(30);

    private static final String NOT_DONE = "it was not done in the recorded history";

    private final SortedMap<String, List<Undertaking>> left = new TreeMap<>();
    private final List<Undertaking> all;

    RecordedActions(List<Undertaking> done) {
        all = List.copyOf(done);
        for (Undertaking undertaking : done) {
            left.computeIfAbsent(key(undertaking.action()), _ -> new ArrayList<>())
                    .add(undertaking);
        }
    }

    List<Undertaking> all() {
        return all;
    }

    private static String key(Action action) {
        return action.text();
    }

    /// What the actuator says of an action of the replay, and when.
    Signal.ActionReported answer(Undertaking planned) {
        Undertaking done = find(planned);
        if (done == null) {
            return report(planned, new Report.Virtual(NOT_DONE), planned.plannedAt());
        }
        Instant takenAt = done.takenAt();
        if (takenAt != null) {
            String trace = done.trace() == null ? "" : done.trace();
            return report(planned, new Report.Taken(trace), takenAt);
        }
        Instant endedAt = done.endedAt() == null ? planned.plannedAt() : done.endedAt();
        return report(planned, unanswered(done.outcome()), endedAt);
    }

    private static Signal.ActionReported report(Undertaking planned, Report report, Instant at) {
        Instant answered = at.isBefore(planned.plannedAt()) ? planned.plannedAt() : at;
        return new Signal.ActionReported(planned.id(), report, answered);
    }

    private static Report unanswered(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> new Report.Virtual("how it ended is not recorded yet");
            case Outcome.Failed(String reason) -> new Report.Failed(reason);
            case Outcome.Conflicted(String reason) -> new Report.Conflicted(reason);
            case Outcome.Superseded(String reason) -> new Report.Withheld(reason);
            case Outcome.Unknown(String reason) -> new Report.Virtual(reason);
            case Outcome.Healed(String reason) -> new Report.Virtual(reason);
            case Outcome.Ineffective(String reason) -> new Report.Virtual(reason);
            case Outcome.Worse(String reason) -> new Report.Virtual(reason);
            case Outcome.Virtual(String reason) -> new Report.Virtual(reason);
        };
    }

    private @Nullable Undertaking find(Undertaking planned) {
        List<Undertaking> same = left.getOrDefault(key(planned.action()), List.of());
        for (Undertaking done : same) {
            Duration apart = Duration.between(done.plannedAt(), planned.plannedAt()).abs();
            if (apart.compareTo(SAME) <= 0) {
                same.remove(done);
                return done;
            }
        }
        return null;
    }
}
