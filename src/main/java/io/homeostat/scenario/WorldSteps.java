package io.homeostat.scenario;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What others did to the cluster, told from how its facts changed. What we did is left out: a
/// scenario's Homeostat does it again.
final class WorldSteps {
    /// An action shows in the cluster so soon.
    private static final Duration SHOWS = Duration.ofMinutes(2);

    private static final List<String> WATCHERS =
            List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES);

    private final ScenarioText text;
    private final Predicate<Subject> isWanted;
    private final SortedMap<Subject, Fact> held = new TreeMap<>();
    private final List<Undertaking> ours = new ArrayList<>();

    WorldSteps(ScenarioText text, Predicate<Subject> isWanted) {
        this.text = text;
        this.isWanted = isWanted;
    }

    void ours(List<Undertaking> actions) {
        ours.addAll(actions);
    }

    void known(Fact fact) {
        held.put(fact.subject(), fact);
    }

    void changed(Fact fact, Instant at) {
        Fact before = held.put(fact.subject(), fact);
        if (fact instanceof Service now) {
            if (before instanceof Service was && isWanted.test(now.subject())) {
                changed(was, now, at);
            }
        } else if (fact instanceof Node now) {
            if (before instanceof Node was) {
                changed(was, now, at);
            }
        } else if (fact instanceof Task now) {
            boolean failedBefore = before instanceof Task was && Recorder.hasFailed(was);
            boolean isIn = isWanted.test(Subject.service(now.service()));
            if (isIn && Recorder.hasFailed(now) && !failedBefore) {
                text.step(at, "crashes", ScenarioText.quoted(now.service()));
            }
        } else if (fact instanceof Watcher now && WATCHERS.contains(now.name())) {
            if (before instanceof Watcher was && now.sight() != was.sight()) {
                text.step(at, now.isSeeing() ? "sees" : "blinds", now.name());
            }
        }
    }

    void gone(Subject subject, Instant at) {
        Fact before = held.remove(subject);
        if (before instanceof Service && isWanted.test(subject)) {
            text.step(at, "removes", ScenarioText.quoted(subject.name()));
        } else if (before instanceof Node) {
            text.remark("node %s was removed at %s".formatted(subject.name(), at));
        }
    }

    private void changed(Service was, Service now, Instant at) {
        String name = ScenarioText.quoted(now.name());
        Integer replicas = now.replicas();
        if (!was.image().equals(now.image()) && !isOurs(now.subject(), "rollback", at)) {
            text.step(
                    at,
                    "deploys",
                    "{ service: %s, image: %s }".formatted(name, ScenarioText.quoted(now.image())));
        }
        if (replicas != null
                && !Objects.equals(was.replicas(), replicas)
                && !isOurScaling(now, replicas, at)) {
            text.step(at, "scales", "{ %s: %d }".formatted(name, replicas));
        }
        if (!was.labels().equals(now.labels())) {
            text.step(
                    at,
                    "relabels",
                    "{ service: %s, labels: %s }".formatted(name, ScenarioText.map(now.labels())));
        }
    }

    private boolean isOurScaling(Service now, int replicas, Instant at) {
        return ours.stream()
                .anyMatch(undertaking ->
                        undertaking.action() instanceof Action.ScaleService scale
                                && scale.service().equals(now.name())
                                && scale.to() == replicas
                                && isNear(undertaking, at));
    }

    private boolean isOurs(Subject subject, String kind, Instant at) {
        return ours.stream()
                .anyMatch(undertaking ->
                        undertaking.subject().equals(subject)
                                && undertaking.action().kind().equals(kind)
                                && isNear(undertaking, at));
    }

    private static boolean isNear(Undertaking undertaking, Instant at) {
        Duration since = Duration.between(undertaking.plannedAt(), at);
        return !since.isNegative() && since.compareTo(SHOWS) <= 0;
    }

    private void changed(Node was, Node now, Instant at) {
        String id = ScenarioText.quoted(now.id());
        boolean wasDown = was.state() == Node.State.DOWN;
        boolean isDown = now.state() == Node.State.DOWN;
        if (isDown != wasDown) {
            text.step(at, isDown ? "node-fails" : "node-returns", id);
        }
        if (was.availability() != now.availability()) {
            String kind =
                    switch (now.availability()) {
                        case ACTIVE -> "activate";
                        case PAUSE -> "pause";
                        case DRAIN -> "drain";
                    };
            if (!isOurs(now.subject(), kind, at)) {
                text.step(at, "node-" + kind.toLowerCase(Locale.ROOT) + "s", id);
            }
        }
    }
}
