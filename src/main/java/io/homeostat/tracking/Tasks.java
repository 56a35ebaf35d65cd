package io.homeostat.tracking;

/// The tasks that a metric is about.
///
/// @param wanted how many replicas the service is to have, at least 1
/// @param ready how many of them run
public record Tasks(int wanted, int ready) {
    public Tasks {
        if (wanted < 1 || ready < 0) {
            throw new IllegalArgumentException(
                    "a tracked service has replicas: %d wanted, %d ready".formatted(wanted, ready));
        }
        // While it shrinks, more run than are wanted.
        ready = Math.min(ready, wanted);
    }

    /// Those from which nothing is known yet.
    int waiting() {
        return wanted - ready;
    }
}
