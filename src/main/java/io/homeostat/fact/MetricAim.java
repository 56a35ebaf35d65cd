package io.homeostat.fact;

/// One metric that a service follows, and the value at which it has as many replicas as it needs.
///
/// @param name its name among the metrics of the service
/// @param query the PromQL whose answer is one number
/// @param target more than 0; in the unit of what the query answers
/// @param kind what is compared with the target
public record MetricAim(String name, String query, double target, Kind kind) {
    /// What is compared with the target.
    public enum Kind {
        /// The answer itself, such as a mean over all tasks or a latency.
        VALUE,
        /// The answer divided by the replicas: it is a sum over the service, such as all requests
        /// or the depth of a queue, and the target is what one replica can bear.
        AVERAGE
    }

    public MetricAim {
        if (!(target > 0) || Double.isInfinite(target)) {
            throw new IllegalArgumentException(
                    "the target of the metric %s must be more than 0: %s".formatted(name, target));
        }
    }
}
