package io.homeostat.fact;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How fast metrics may move the replicas of a service in one direction, in the terms of
/// Kubernetes' HorizontalPodAutoscaler (`behavior`).
///
/// @param window how far back other recommendations count, so that what goes up and down is not
///   followed; null for the setting's
/// @param policies how much may be changed in how long; empty means no limit
/// @param select which of several policies counts
public record ScalingPace(@Nullable Duration window, List<Policy> policies, Select select) {
    /// Up at once, and by 4 replicas or as many as there are within 15 s, whichever is more.
    public static final ScalingPace UP =
            new ScalingPace(
                    Duration.ZERO,
                    List.of(
                            new Policy(100, Unit.PERCENT, Duration.ofSeconds(15)),
                            new Policy(4, Unit.REPLICAS, Duration.ofSeconds(15))),
                    Select.MAX);

    /// Down after the setting's window, and then as far as need be.
    public static final ScalingPace DOWN =
            new ScalingPace(
                    null,
                    List.of(new Policy(100, Unit.PERCENT, Duration.ofSeconds(15))),
                    Select.MAX);

    /// What a policy counts in.
    public enum Unit {
        REPLICAS,
        /// Of the replicas that there were when its period began.
        PERCENT
    }

    /// Which of several policies counts.
    public enum Select {
        /// The one that allows the largest change.
        MAX,
        /// The one that allows the smallest change.
        MIN,
        /// None: nothing is changed in this direction.
        DISABLED
    }

    /// So much may be changed within a period.
    ///
    /// @param amount 1 or more
    /// @param period more than none
    public record Policy(int amount, Unit unit, Duration period) {
        public Policy {
            if (amount < 1 || period.isZero() || period.isNegative()) {
                throw new IllegalArgumentException(
                        "a policy needs an amount of 1 or more and a period: %d in %s"
                                .formatted(amount, period));
            }
        }
    }

    public ScalingPace {
        policies = List.copyOf(policies);
    }

    /// The same, with nothing changed in this direction.
    public ScalingPace disabled() {
        return new ScalingPace(window, policies, Select.DISABLED);
    }
}
