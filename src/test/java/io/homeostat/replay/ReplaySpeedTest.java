package io.homeostat.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long a replay takes. It is to be 100,000 signals in a minute; a test on a busy machine holds
/// only that it is not ten times as long. `-Dhomeostat.replay.signals=100000` tries the whole.
final class ReplaySpeedTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaySpeedTest.class);
    private static final int SIGNALS = Integer.getInteger("homeostat.replay.signals", 5_000);
    private static final int SERVICES = 20;
    private static final int TOGETHER = 20;

    private static final String RULES =
            """
            rule "scale up when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["scale"] == "up", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            """;

    @Test
    void goesThroughAHundredThousandSignalsInAMinute() throws Exception {
        try (Recording recording = new Recording(RULES, SERVICES)) {
            recording.pass(Duration.ofMinutes(1));
            for (int sent = 0; sent < SIGNALS; sent += TOGETHER) {
                List<Signal> signals = new ArrayList<>();
                for (int i = 0; i < TOGETHER; i++) {
                    int number = sent + i;
                    signals.add(recording.received(alert(recording, number)));
                }
                recording.turn(signals);
                recording.pass(Duration.ofSeconds(20));
            }

            Instant began = Instant.now();
            ReplayReport report = recording.replay(RULES);
            Duration took = Duration.between(began, Instant.now());

            LOG.info(
                    "{} signals in {} turns took {} ms; {}",
                    report.signals(),
                    report.turns(),
                    took.toMillis(),
                    report.totals());
            assertThat(report.signals()).isGreaterThanOrEqualTo(SIGNALS);
            assertThat(took.dividedBy(SIGNALS).multipliedBy(100_000))
                    .as("an order of magnitude more than a minute")
                    .isLessThan(Duration.ofMinutes(10));
            assertThat(report.divergences()).isEmpty();
        }
    }

    /// Every service has an alert that comes, is repeated twice, and ends.
    private static Signal.ReportedAlert alert(Recording recording, int number) {
        int service = number % SERVICES;
        int phase = number / SERVICES / 10 % 4;
        Signal.ReportedAlert alert =
                recording.alert(
                        "Slow",
                        "shop_api" + service,
                        Map.of("scale", service % 4 == 0 ? "up" : "no", "severity", "info"));
        return phase < 3
                ? alert
                : new Signal.ReportedAlert(
                        alert.fingerprint(),
                        false,
                        alert.startsAt(),
                        recording.now,
                        alert.labels(),
                        alert.annotations());
    }
}
