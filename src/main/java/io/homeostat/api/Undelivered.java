package io.homeostat.api;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What people have not been told yet, by incident and channel, and since when. A notice that
/// failed is tried again as a new one; what counts is since when the first of them waits.
///
/// Written on the engine's thread, read by whoever looks at the metrics.
final class Undelivered {
    private record Address(String incident, String channel) {}

    private final Map<Address, Instant> since = new ConcurrentHashMap<>();

    void follow(Turn turn) {
        for (Undertaking undertaking : turn.undertakings()) {
            if (undertaking.action() instanceof Action.PostNotice(Notice notice)) {
                Address address = new Address(notice.incident(), notice.channel());
                if (isDone(undertaking.outcome())) {
                    since.remove(address);
                } else {
                    since.putIfAbsent(address, undertaking.plannedAt());
                }
            }
        }
        for (Turn.Dropped dropped : turn.dropped()) {
            if (dropped.kind() == Memo.Open.class) {
                since.keySet().removeIf(address -> address.incident().equals(dropped.key()));
            }
        }
    }

    private static boolean isDone(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> false;
            case Outcome.Healed _, Outcome.Superseded _, Outcome.Virtual _ -> true;
            case Outcome.Ineffective _,
                    Outcome.Worse _,
                    Outcome.Failed _,
                    Outcome.Conflicted _,
                    Outcome.Unknown _ ->
                    false;
        };
    }

    int count() {
        return since.size();
    }

    /// How long the oldest waits; nothing when none does.
    Duration age(Instant now) {
        Optional<Instant> oldest = since.values().stream().min(Instant::compareTo);
        return oldest.map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
    }
}
