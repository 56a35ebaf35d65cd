package io.homeostat.engine;

import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Tracking.Hold;
import io.homeostat.fact.TrackingLabels;
import io.homeostat.guard.Limits;
import io.homeostat.tracking.Course;
import io.homeostat.tracking.Measured;
import io.homeostat.tracking.MetricFormula;
import io.homeostat.tracking.Recommendation;
import io.homeostat.tracking.Steering;
import io.homeostat.tracking.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// States how many replicas the metrics of each service ask for: once for each look at them, and
/// when something changes meanwhile.
///
/// A look is used once, as the number that it gave: were it applied to the replicas that came of
/// it, an old value would ask for more and more.
final class Trackings {
    private static final Signal.MetricsSeen NO_LOOK =
            new Signal.MetricsSeen(Instant.MIN, Duration.ZERO, Collections.emptySortedMap());

    /// What the last judgement of a service rested on.
    private record Ground(Service service, Signal.MetricsSeen look, boolean isFresh) {
        /// Tasks come and go and versions rise without a word about replicas, labels and bounds.
        boolean saysTheSame(Ground other) {
            return isFresh == other.isFresh
                    && look.equals(other.look)
                    && (service.equals(other.service)
                            || service.alerted().equals(other.service.alerted()));
        }
    }

    private final Memory memory;
    private final Limits limits;
    private final MetricFormula formula;
    private final SortedSet<String> recorded = new TreeSet<>();
    private final Map<String, Ground> judged = new HashMap<>();
    private Signal.MetricsSeen look = NO_LOOK;

    Trackings(Memory memory, Limits limits) {
        this.memory = memory;
        this.limits = limits;
        this.formula = new MetricFormula(limits.safety().trackingTolerance() / 100.0);
    }

    /// The end of what was recommended last may be remembered too early, never too late.
    void begin(Instant now) {
        for (Memo.Tracked tracked : memory.all(Memo.Tracked.class)) {
            memory.keep(
                    new Memo.Tracked(
                            tracked.service(), tracked.course().laggingBy(Memo.Tracked.LAG, now)));
        }
    }

    void seen(Signal.MetricsSeen seen) {
        if (!seen.began().isBefore(look.began())) {
            look = seen;
        }
    }

    /// The history tells of this service what it cannot tell of the metrics.
    void recorded(Signal.TrackingRecorded told) {
        recorded.add(told.service());
        Tracking held = memory.tracking(told.service());
        if (told.tracking() != null) {
            memory.keep(told.tracking());
        } else if (held != null) {
            memory.drop(held);
        }
    }

    /// After a gap nothing is seen until it is looked at again.
    void blindAll() {
        look = NO_LOOK;
    }

    void judge(Instant now) {
        SortedSet<String> names = new TreeSet<>(look.answers().keySet());
        memory.trackings().forEach(tracking -> names.add(tracking.service().name()));
        names.removeAll(recorded);
        for (String name : names) {
            Service service = memory.service(name);
            if (service == null) {
                forget(name);
                continue;
            }
            Ground ground = new Ground(service, look, isFresh(now));
            Ground last = judged.put(name, ground);
            if (last == null || !ground.saysTheSame(last)) {
                judge(service, now);
            }
        }
    }

    private boolean hasLooked() {
        return look.began().isAfter(Instant.MIN);
    }

    private boolean isFresh(Instant now) {
        return hasLooked() && now.isBefore(look.began().plus(look.goodFor()));
    }

    private void judge(Service service, Instant now) {
        TrackingLabels labels = TrackingLabels.read(service.labels());
        Integer replicas = service.replicas();
        boolean isTracked =
                service.mode() == Service.Mode.REPLICATED
                        && replicas != null
                        && replicas > 0
                        && labels.hasAims();
        if (!isTracked || replicas == null) {
            forget(service.name());
            return;
        }
        Steering steering = steering(service.scale(), labels);
        Course course = course(service.name(), replicas, steering.reach(), now);
        Tracking held = memory.tracking(service.name());
        if (held != null && isFresh(now) && course.changedSince(look.began())) {
            boolean isThere = held.replicas() == replicas;
            keep(service, isThere ? course : course.recommended(replicas, now, steering.reach()));
            state(held, isThere ? held.of(service.alerted()) : untilNextLook(service, held));
            return;
        }
        Recommendation recommendation = recommendation(service, replicas, labels, now);
        // What was not asked yet is no recommendation, and leaves the window as it was.
        Course next =
                hasLooked()
                        ? course.recommended(recommendation.replicas(), now, steering.reach())
                        : course;
        keep(service, next);
        Steering.Aim aim =
                recommendation.isHeld()
                        ? new Steering.Aim(replicas, Hold.NO_DATA, "")
                        : steering.aim(recommendation.replicas(), next, now);
        state(held, asked(service, recommendation, aim));
    }

    private void keep(Service service, Course course) {
        memory.keep(new Memo.Tracked(service.name(), course));
    }

    /// Where nothing is remembered of the window, what there is counts as recommended.
    private Course course(String service, int replicas, Duration reach, Instant now) {
        Memo.Tracked tracked = memory.get(Memo.Tracked.class, service);
        if (tracked == null) {
            return Course.begin(replicas, now);
        }
        Course course =
                tracked.course().replicas() == replicas
                        ? tracked.course()
                        : tracked.course().changed(replicas, changedAt(service, replicas, now));
        return course.lastAt().isBefore(now.minus(reach))
                ? course.recommended(replicas, now, reach)
                : course;
    }

    /// What a look asked for counts from that look on, however long it took to be done: else a
    /// policy for the time between two looks would hold back every second one.
    private Instant changedAt(String service, int replicas, Instant now) {
        Tracking held = memory.tracking(service);
        boolean isOurs = held != null && held.replicas() == replicas && isFresh(now);
        return isOurs ? look.began() : now;
    }

    /// Somebody else changed the replicas: theirs stay until it was looked again.
    private static Tracking untilNextLook(Service service, Tracking held) {
        int replicas = Objects.requireNonNull(service.replicas());
        return new Tracking(
                service.alerted(),
                replicas,
                Hold.NEXT_LOOK,
                held.blind(),
                "the replicas are %d now, and the next look at the metrics decides"
                        .formatted(replicas));
    }

    private Recommendation recommendation(
            Service service, int replicas, TrackingLabels labels, Instant now) {
        int ready = (int) memory.tasks(service.name()).stream().filter(Task::running).count();
        return Recommendation.of(
                labels, answers(service.name(), labels, now), new Tasks(replicas, ready), formula);
    }

    private static Tracking asked(
            Service service, Recommendation recommendation, Steering.Aim aim) {
        String why = recommendation.why();
        return new Tracking(
                service.alerted(),
                aim.replicas(),
                aim.hold(),
                recommendation.blind(),
                aim.why().isEmpty() ? why : why + "; " + aim.why());
    }

    private Steering steering(ScaleBounds bounds, TrackingLabels labels) {
        int cap = limits.replicasMax();
        Integer max = bounds.max();
        return new Steering(
                labels.up(),
                labels.down(),
                limits.safety().wishWindow(),
                Math.max(1, bounds.min()),
                max == null ? cap : Math.min(max, cap));
    }

    private SortedMap<String, Measured> answers(
            String service, TrackingLabels labels, Instant now) {
        SortedMap<String, Signal.MetricAnswer> answers =
                look.answers().getOrDefault(service, Collections.emptySortedMap());
        SortedMap<String, Measured> measured = new TreeMap<>();
        labels.aims()
                .forEach((name, aim) -> {
                    Signal.MetricAnswer answer = answers.get(name);
                    if (hasLooked() && !isFresh(now)) {
                        measured.put(
                                name, Measured.nothing("the last look began at " + look.began()));
                    } else if (answer != null && answer.query().equals(aim.query())) {
                        measured.put(name, answer.measured());
                    }
                });
        return Sorted.copy(measured);
    }

    /// Only another number, another hold or other silent metrics are another fact.
    private void state(@Nullable Tracking held, Tracking stated) {
        boolean saysTheSame =
                held != null
                        && held.replicas() == stated.replicas()
                        && held.hold() == stated.hold()
                        && held.blind().equals(stated.blind());
        String why = saysTheSame ? Objects.requireNonNull(held).why() : stated.why();
        memory.keep(
                new Tracking(
                        stated.service(), stated.replicas(), stated.hold(), stated.blind(), why));
        if (held == null
                || held.replicas() != stated.replicas()
                || !held.blind().equals(stated.blind())) {
            String name = stated.service().name();
            memory.line(
                    stated.service().subject().toString(),
                    "",
                    "metric",
                    "metrics ask for %d replicas of %s: %s"
                            .formatted(stated.replicas(), name, stated.why()));
        }
    }

    private void forget(String service) {
        judged.remove(service);
        memory.drop(Memo.Tracked.class, service);
        Tracking held = memory.tracking(service);
        if (held != null) {
            memory.drop(held);
        }
    }

    /// When the last look counts no longer; null when there is none.
    @Nullable Instant nextChange() {
        return !hasLooked() || memory.trackings().isEmpty()
                ? null
                : look.began().plus(look.goodFor());
    }
}
