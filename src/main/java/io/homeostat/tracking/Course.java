package io.homeostat.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was recommended for a service lately, and how its replicas changed: what windows and
/// policies look back on.
///
/// @param replicas how many are wanted
/// @param stretches what was recommended, oldest first
/// @param changes how the replicas changed, whoever did it, oldest first
public record Course(int replicas, List<Stretch> stretches, List<Change> changes) {
    /// No policy and no window looks back further than this.
    public static final Duration REACH = Duration.ofHours(1);

    /// The same number was recommended from one look to another.
    public record Stretch(int replicas, Instant from, Instant until) {}

    /// @param by how many more; negative for fewer
    public record Change(Instant at, int by) {}

    public Course {
        stretches = List.copyOf(stretches);
        changes = List.copyOf(changes);
    }

    /// The beginning: where nothing is remembered, what there is counts as recommended.
    public static Course begin(int replicas, Instant now) {
        return new Course(replicas, List.of(new Stretch(replicas, now, now)), List.of());
    }

    /// One more recommendation.
    ///
    /// @param reach what was recommended longer ago is forgotten
    public Course recommended(int number, Instant now, Duration reach) {
        List<Stretch> all = new ArrayList<>(stretches);
        all.removeIf(stretch -> stretch.until().isBefore(now.minus(reach)));
        Stretch last = all.isEmpty() ? null : all.getLast();
        if (last != null && last.replicas() == number) {
            all.set(all.size() - 1, new Stretch(number, last.from(), now));
        } else {
            all.add(new Stretch(number, now, now));
        }
        return new Course(replicas, all, changes);
    }

    /// The replicas are other than before.
    public Course changed(int now, Instant at) {
        List<Change> all = new ArrayList<>(changes);
        all.removeIf(change -> change.at().isBefore(at.minus(REACH)));
        all.add(new Change(at, now - replicas));
        return new Course(now, stretches, all);
    }

    /// After a restart what was recommended last may be remembered as older than it was, by so
    /// much.
    public Course laggingBy(Duration lag, Instant now) {
        if (stretches.isEmpty()) {
            return this;
        }
        Stretch last = stretches.getLast();
        Instant until = last.until().plus(lag).isBefore(now) ? last.until().plus(lag) : now;
        List<Stretch> all = new ArrayList<>(stretches);
        all.set(all.size() - 1, new Stretch(last.replicas(), last.from(), until));
        return new Course(replicas, all, changes);
    }

    /// The largest number that was recommended within the window; the given one when none was.
    int highest(Duration window, Instant now, int otherwise) {
        int highest = otherwise;
        for (Stretch stretch : stretches) {
            if (stretch.until().isAfter(now.minus(window))) {
                highest = Math.max(highest, stretch.replicas());
            }
        }
        return highest;
    }

    /// The smallest number that was recommended within the window; the given one when none was.
    int lowest(Duration window, Instant now, int otherwise) {
        int lowest = otherwise;
        for (Stretch stretch : stretches) {
            if (stretch.until().isAfter(now.minus(window))) {
                lowest = Math.min(lowest, stretch.replicas());
            }
        }
        return lowest;
    }

    /// How many replicas there were when that period began.
    int before(Duration period, Instant now) {
        int before = replicas;
        for (Change change : changes) {
            if (change.at().isAfter(now.minus(period))) {
                before -= change.by();
            }
        }
        return Math.max(0, before);
    }

    /// When something was last recommended.
    public Instant lastAt() {
        return stretches.isEmpty() ? Instant.EPOCH : stretches.getLast().until();
    }

    /// True when the replicas changed at that instant or later.
    public boolean changedSince(Instant at) {
        return !changes.isEmpty() && !changes.getLast().at().isBefore(at);
    }

    /// True when the other differs in nothing but how long its last recommendation has stood.
    public boolean saysTheSame(Course other) {
        return replicas == other.replicas
                && changes.equals(other.changes)
                && begun().equals(other.begun());
    }

    private List<Stretch> begun() {
        return stretches.stream()
                .map(stretch -> new Stretch(stretch.replicas(), stretch.from(), stretch.from()))
                .toList();
    }
}
