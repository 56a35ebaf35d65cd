package io.homeostat.engine;

import java.time.Duration;

/// Counts what the loop does, for metrics. Called on the loop's thread and on effects' threads;
/// must not block.
public interface Observer {
    /// A turn was committed.
    void turned(Turn turn, int signals, Duration took);

    /// A turn failed and memory was rebuilt.
    void rebuilt(String reason);

    /// A signal failed alone and was put aside.
    void quarantined(String reason);

    /// An actuator answered.
    void reported(String kind, String report, Duration took);
}
