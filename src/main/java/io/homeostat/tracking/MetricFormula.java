package io.homeostat.tracking;

import io.homeostat.fact.MetricAim;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// How many replicas one metric asks for.
///
/// The formula is the one that Kubernetes documents for its HorizontalPodAutoscaler, under
/// "Algorithm details" of "Horizontal Pod Autoscaling": the replicas times the ratio of value and
/// target, rounded up; nothing within the tolerance; what is not known of a task counts as nothing
/// when that would be reason to grow and as the whole target when it would be reason to shrink; and
/// when that turns the direction, or leads into the tolerance, nothing is changed.
///
/// @param tolerance how far value and target may be apart before anything is changed, as a share of
///   the target: 0.1
public record MetricFormula(double tolerance) {
    /// Nobody has so many; it keeps numbers within bounds before the real ones apply.
    static final int MOST = 1_000_000;

    /// Binary fractions are not decimal ones: 1.1 - 1 is a little more than 0.1.
    private static final double NOISE = 1e-9;

    private static final MathContext DIGITS = new MathContext(4);

    /// How many one metric asks for.
    ///
    /// @param text the calculation with its numbers
    record Asked(int replicas, String text) {}

    public MetricFormula {
        if (!(tolerance >= 0) || tolerance >= 1) {
            throw new IllegalArgumentException("the tolerance is a share: " + tolerance);
        }
    }

    /// How many replicas this value asks for; empty when it cannot tell: a mean over tasks of which
    /// none runs.
    ///
    /// @param value what the query answered
    Optional<Asked> ask(MetricAim aim, double value, Tasks tasks) {
        return switch (aim.kind()) {
            case VALUE ->
                    tasks.ready() == 0
                            ? Optional.empty()
                            : Optional.of(
                                    ask(
                                            aim,
                                            value,
                                            tasks,
                                            value / aim.target(),
                                            value / aim.target() * tasks.ready()));
            case AVERAGE ->
                    Optional.of(
                            ask(
                                    aim,
                                    value,
                                    tasks,
                                    value / aim.target() / tasks.wanted(),
                                    value / aim.target()));
        };
    }

    /// @param ratio of value and target, per task that says something
    /// @param load the same in replicas that would be just at the target
    private Asked ask(MetricAim aim, double value, Tasks tasks, double ratio, double load) {
        String what = what(aim, value, tasks);
        if (isWithin(ratio)) {
            return stay(tasks, what, "within the tolerance");
        }
        double all = ratio > 1 ? load : load + tasks.waiting();
        double recomputed = all / tasks.wanted();
        if (isWithin(recomputed) || recomputed > 1 != ratio > 1) {
            return stay(tasks, what, "nothing is changed until they run");
        }
        int replicas = (int) Math.min(MOST, Math.ceil(all - NOISE));
        return new Asked(
                replicas, what + ", so ceil(" + sum(aim, value, tasks, ratio) + ") = " + replicas);
    }

    private static Asked stay(Tasks tasks, String what, String why) {
        return new Asked(tasks.wanted(), "%s, %s: %d".formatted(what, why, tasks.wanted()));
    }

    private boolean isWithin(double ratio) {
        return ratio >= 1 - tolerance - NOISE && ratio <= 1 + tolerance + NOISE;
    }

    private static String what(MetricAim aim, double value, Tasks tasks) {
        String each = aim.kind() == MetricAim.Kind.AVERAGE ? " for each" : "";
        String waiting =
                tasks.waiting() == 0 ? "" : " of which %d do not run".formatted(tasks.waiting());
        return "%s is %s and its target %s%s, with %d replicas%s"
                .formatted(
                        aim.name(),
                        number(value),
                        number(aim.target()),
                        each,
                        tasks.wanted(),
                        waiting);
    }

    private static String sum(MetricAim aim, double value, Tasks tasks, double ratio) {
        String fraction = number(value) + " / " + number(aim.target());
        String load =
                switch (aim.kind()) {
                    case VALUE -> tasks.ready() + " × " + fraction;
                    case AVERAGE -> fraction;
                };
        return ratio < 1 && tasks.waiting() > 0 ? load + " + " + tasks.waiting() : load;
    }

    /// With four digits that count, as people write it.
    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
