package io.homeostat.tracking;

import io.homeostat.fact.ScalingPace;
import io.homeostat.fact.ScalingPace.Policy;
import io.homeostat.fact.Tracking.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// What becomes of a recommendation: windows first, then policies, then the bounds, as Kubernetes
/// documents it under "Configurable scaling behavior" of "Horizontal Pod Autoscaling".
///
/// @param up how fast it may grow
/// @param down how fast it may shrink
/// @param window how far back other recommendations count before it shrinks, where `down` does not
///   say
/// @param fewest the fewest replicas that it leads to
/// @param most the most replicas that it leads to
public record Steering(ScalingPace up, ScalingPace down, Duration window, int fewest, int most) {
    /// Where it leads.
    ///
    /// @param hold what kept it from the recommendation
    /// @param why what kept it, in a sentence; empty when nothing did
    public record Aim(int replicas, Hold hold, String why) {}

    /// How far back recommendations count.
    public Duration reach() {
        return upWindow().compareTo(downWindow()) > 0 ? upWindow() : downWindow();
    }

    private Duration upWindow() {
        return Objects.requireNonNullElse(up.window(), Duration.ZERO);
    }

    private Duration downWindow() {
        Duration said = Objects.requireNonNullElse(down.window(), window);
        return said.compareTo(Course.REACH) > 0 ? Course.REACH : said;
    }

    /// Where this recommendation leads, which is already part of the course.
    public Aim aim(int recommended, Course course, Instant now) {
        Aim steadied = steadied(recommended, course, now);
        Aim paced = paced(steadied, course, now);
        return bounded(paced);
    }

    /// Grows only as far as was recommended throughout the one window, and shrinks only as far as
    /// was recommended throughout the other.
    private Aim steadied(int recommended, Course course, Instant now) {
        int lowest = course.lowest(upWindow(), now, recommended);
        int highest = course.highest(downWindow(), now, recommended);
        int replicas = Math.min(Math.max(course.replicas(), lowest), highest);
        if (replicas == recommended) {
            return new Aim(replicas, Hold.NONE, "");
        }
        Duration which = recommended > replicas ? upWindow() : downWindow();
        return new Aim(
                replicas,
                Hold.WINDOW,
                "%d were asked for within the last %d s, so it is %d now"
                        .formatted(replicas, which.toSeconds(), replicas));
    }

    private Aim paced(Aim aim, Course course, Instant now) {
        int replicas = course.replicas();
        if (aim.replicas() == replicas) {
            return aim;
        }
        boolean grows = aim.replicas() > replicas;
        ScalingPace pace = grows ? up : down;
        if (pace.select() == ScalingPace.Select.DISABLED) {
            return new Aim(
                    replicas,
                    Hold.PACE,
                    "it is not scaled %s by metric".formatted(grows ? "up" : "down"));
        }
        int limit = limit(pace, grows, course, now);
        int allowed =
                grows
                        ? Math.max(replicas, Math.min(aim.replicas(), limit))
                        : Math.min(replicas, Math.max(aim.replicas(), limit));
        return allowed == aim.replicas()
                ? aim
                : new Aim(
                        allowed,
                        Hold.PACE,
                        "%d are too many to be changed at once, so it is %d now"
                                .formatted(Math.abs(aim.replicas() - replicas), allowed));
    }

    /// Up to where, or down to where, the policy that counts allows it.
    private static int limit(ScalingPace pace, boolean grows, Course course, Instant now) {
        boolean wantsFurthest = pace.select() == ScalingPace.Select.MAX;
        Integer limit = null;
        for (Policy policy : pace.policies()) {
            int reached = reached(policy, grows, course.before(policy.period(), now));
            boolean isFurther = limit == null || (grows ? reached > limit : reached < limit);
            if (limit == null || isFurther == wantsFurthest) {
                limit = reached;
            }
        }
        return limit == null ? (grows ? MetricFormula.MOST : 0) : limit;
    }

    /// A share of replicas is rounded up, so that it never stands still.
    private static int reached(Policy policy, boolean grows, int before) {
        long amount =
                switch (policy.unit()) {
                    case REPLICAS -> policy.amount();
                    case PERCENT -> Math.ceilDiv((long) before * policy.amount(), 100L);
                };
        long reached = grows ? before + amount : before - amount;
        return (int) Math.clamp(reached, 0L, MetricFormula.MOST);
    }

    private Aim bounded(Aim aim) {
        if (aim.replicas() > most) {
            return new Aim(
                    most,
                    Hold.MAXIMUM,
                    "%d are more than the maximum of %d".formatted(aim.replicas(), most));
        }
        return aim.replicas() < fewest
                ? new Aim(
                        fewest,
                        Hold.MINIMUM,
                        "%d are fewer than the minimum of %d".formatted(aim.replicas(), fewest))
                : aim;
    }
}
