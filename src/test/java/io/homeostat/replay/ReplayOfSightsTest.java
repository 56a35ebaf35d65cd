package io.homeostat.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal;
import io.homeostat.tracking.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replays of what no alert told, but the watchers saw.
final class ReplayOfSightsTest {
    private static final String SCALE =
            """
            rule "scale up when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["scale"] == "up", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            """;

    private static final String FOLLOW =
            """
            rule "follow"
                @autonomy( "auto" )
            when
                $tracking : Tracking( $service : service, $replicas : replicas )
            then
                insertLogical( scaleTo( $service, $replicas ).because( $tracking ) );
            end
            """;

    @SuppressWarnings("NullAway.Init") // each test begins one
    private Recording recording;

    private Recording recording(String rules) throws Exception {
        recording = new Recording(rules);
        recording.pass(Duration.ofMinutes(2));
        return recording;
    }

    @AfterEach
    void close() throws Exception {
        if (recording != null) {
            recording.close();
        }
    }

    @Test
    void seesAgainWhatTheWatchersSaw() throws Exception {
        String takesBack =
                """
                rule "take back an update that is stuck"
                    @autonomy( "auto" )
                when
                    $alert : Alert( firing, own, name == "UpdateStuck", labels["change"] != null )
                then
                    insertLogical( rollback( $alert.service() ).because( $alert ) );
                end
                """;
        recording(takesBack);
        recording.pass(Duration.ofMinutes(6)); // what there was is known to be good by then
        recording.cluster().deployCrashing("shop_api", "shop:bad");
        recording.pass(Duration.ofMinutes(15));
        assertThat(recording.done).singleElement().asString().startsWith("roll back");

        assertThat(recording.replay(takesBack).divergences()).isEmpty();
        assertThat(recording.replay(takesBack).totals().same()).isEqualTo(1);
        assertThat(recording.replay(SCALE).divergences())
                .as("without the rule it is not taken back")
                .hasSize(1);
    }

    /// The values of metrics are not recorded; what they asked for is.
    @Test
    void findsNoDivergenceWhenMetricsAreFollowed() throws Exception {
        recording(FOLLOW);
        recording
                .cluster()
                .relabel(
                        "shop_api",
                        Map.of(
                                "homeostat.autonomy", "auto",
                                "homeostat.scale.max", "6",
                                "homeostat.metric.load.query", "q",
                                "homeostat.metric.load.target", "1"));
        for (double load : List.of(1.0, 2.0, 1.0, 0.5, 0.5)) {
            recording.pass(Duration.ofMinutes(1));
            recording.turn(List.of(measured(load)));
        }
        recording.pass(Duration.ofMinutes(10));
        for (int i = 0; i < 40; i++) {
            recording.turn(List.of(measured(0.5)));
            recording.pass(Duration.ofSeconds(15));
        }
        assertThat(recording.done)
                .containsExactly(
                        "scale service/shop_api from 3 to 6", "scale service/shop_api from 6 to 3");

        ReplayReport report = recording.replay(FOLLOW);

        assertThat(report.divergences()).isEmpty();
        assertThat(report.totals().actionsReally()).isEqualTo(2);
        assertThat(report.totals().actionsNow()).isEqualTo(2);
    }

    private Signal measured(double load) {
        return new Signal.MetricsSeen(
                recording.now,
                Duration.ofSeconds(45),
                new TreeMap<>(
                        Map.of(
                                "shop_api",
                                new TreeMap<>(
                                        Map.of(
                                                "load",
                                                new Signal.MetricAnswer(
                                                        "q", Measured.of(load)))))));
    }
}
