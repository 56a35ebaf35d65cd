package io.homeostat.engine;

import io.homeostat.fact.Node;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Watcher;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Weather;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Remembers a storm from when it is seen to begin until it has been calm for long enough, and
/// tells people once of each.
final class Storms {
    private static final String ABOUT = "storm";

    private final Memory memory;
    private final Limits limits;
    private final Telling telling;

    Storms(Memory memory, Limits limits, Telling telling) {
        this.memory = memory;
        this.limits = limits;
        this.telling = telling;
    }

    /// True for the incident that people are told of a storm by, while it lasts.
    static boolean isStorm(Incident incident, Memory memory) {
        return memory.mark(Marks.STORM) != null
                && incident.subject().equals(Subject.cluster(ABOUT));
    }

    /// Calm is only what was seen to be calm all the time.
    void judge(Instant now) {
        Weather weather = Weather.of(new Present(memory, limits, now));
        Instant since = memory.mark(Marks.STORM);
        if (!isSeen() || !weather.isCalm(limits.safety())) {
            memory.drop(Memo.Mark.class, Marks.CALM);
        }
        if (isSeen() && since == null && weather.isStorm(limits.safety())) {
            begin(weather, now);
        }
        if (isSeen() && since != null && weather.isCalm(limits.safety())) {
            calm(weather, since, now);
        }
    }

    private boolean isSeen() {
        Watcher nodes = memory.watcher(Watcher.NODES);
        return nodes != null && nodes.isSeeing();
    }

    private void begin(Weather weather, Instant now) {
        memory.mark(Marks.STORM, now);
        telling.inform(
                ABOUT,
                ("a storm: %s, %s; nothing that is well is taken out until fewer than %d %% or"
                                + " fewer than %d have been sick for %d s")
                        .formatted(
                                weather.text(),
                                names(weather),
                                limits.safety().stormPercent(),
                                limits.safety().stormNodes(),
                                limits.safety().stormCalm().toSeconds()),
                now);
    }

    private String names(Weather weather) {
        return weather.sick().stream()
                .map(subject -> memory.node(subject.name()))
                .filter(Objects::nonNull)
                .map(Node::hostname)
                .collect(Collectors.joining(", "));
    }

    private void calm(Weather weather, Instant since, Instant now) {
        Instant calm = memory.mark(Marks.CALM);
        if (calm == null || calm.isBefore(memory.gap().to())) {
            calm = now;
            memory.mark(Marks.CALM, now);
        }
        if (!now.isBefore(over(calm))) {
            memory.drop(Memo.Mark.class, Marks.STORM);
            memory.drop(Memo.Mark.class, Marks.CALM);
            telling.allClear(
                    ABOUT,
                    "the storm of %s is over: %s, and it has been calm for %d s"
                            .formatted(
                                    since.truncatedTo(ChronoUnit.SECONDS),
                                    weather.text(),
                                    limits.safety().stormCalm().toSeconds()),
                    now);
        }
    }

    private Instant over(Instant calm) {
        return calm.plus(limits.safety().stormCalm());
    }

    /// When a storm may begin or be over by time alone; null when neither.
    @Nullable Instant nextChange(Instant now) {
        Instant calm = memory.mark(Marks.CALM);
        Instant next = calm == null ? null : over(calm);
        for (Node node : memory.nodes()) {
            Instant down = memory.mark(Marks.down(node.id()));
            Instant sick = down == null ? null : down.plus(limits.safety().stormDown());
            if (sick != null && sick.isAfter(now) && (next == null || sick.isBefore(next))) {
                next = sick;
            }
        }
        return next;
    }
}
