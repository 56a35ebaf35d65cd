package io.homeostat.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Freeze;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.Recorder;
import io.homeostat.scenario.ScenarioResult;
import io.homeostat.scenario.ScenarioRunner;
import io.homeostat.scenario.Scenarios;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recorded history as a scenario, and back.
final class RecorderTest {
    private static final String RULES =
            """
            rule "scale up when asked"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, labels["scale"] == "up", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            rule "restart when stuck"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "Stuck", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;

    private static final Map<String, String> UP = Map.of("scale", "up");

    @TempDir private Path directory;

    private ScenarioResult played(Recording recording, String rules, @Nullable Subject only)
            throws Exception {
        String yaml =
                new Recorder(recording.store.past(), only)
                        .record(Duration.ofDays(30))
                        .orElseThrow();
        Path file = directory.resolve("recorded.yaml");
        Files.writeString(file, yaml);
        Scenarios read = Scenarios.read(file);
        assertThat(read.faults()).as(yaml).isEmpty();
        return new ScenarioRunner(Rulebook.compile(Recording.rules(rules)))
                .run(read.sound().getFirst());
    }

    @Test
    void aRecordedStoryPassesAsAScenarioWithTheSameRules() throws Exception {
        try (Recording recording = new Recording(RULES)) {
            recording.pass(Duration.ofMinutes(2));
            recording.fires("Slow", "shop_api", UP);
            recording.pass(Duration.ofMinutes(4));
            recording.fires("Slow", "shop_api", UP);
            recording.pass(Duration.ofMinutes(3));
            recording.resolves("Slow", "shop_api");
            recording.pass(Duration.ofMinutes(10));
            recording.fires("Stuck", "shop_api", Map.of("quoted", "a \"b\": {c}\n"));
            recording.pass(Duration.ofMinutes(2));
            recording.resolves("Stuck", "shop_api");
            recording.pass(Duration.ofMinutes(5));
            assertThat(recording.done).hasSize(3);

            ScenarioResult result = played(recording, RULES, null);

            assertThat(result.faults()).as(String.join("\n", result.story())).isEmpty();
            assertThat(played(recording, RULES.replace("\"Stuck\"", "\"Other\""), null).faults())
                    .as("it can fail")
                    .isNotEmpty();
        }
    }

    @Test
    void whatWasToldOfTheWorldIsToldInIt() throws Exception {
        String rules =
                """
                rule "scale up a deep queue"
                    @autonomy( "auto" )
                when
                    $alert : Alert( firing, name == "Busy", $service : service != null )
                    CustomFact( kind == "queue", key == "orders", number( "depth" ) > 100 )
                then
                    insertLogical( scaleUp( $service ).because( $alert ) );
                end
                """;
        try (Recording recording = new Recording(rules)) {
            recording.pass(Duration.ofMinutes(2));
            recording.turn(List.of(new Signal.FactPut(depth("120", recording.now))));
            recording.fires("Busy", "shop_api", Map.of());
            recording.pass(Duration.ofMinutes(1));
            recording.turn(
                    List.of(
                            new Signal.FactRemoved(
                                    "queue", "orders", "ann", "over", recording.now)));
            recording.resolves("Busy", "shop_api");
            recording.pass(Duration.ofMinutes(5));
            assertThat(recording.done).hasSize(1);

            ScenarioResult result = played(recording, rules, null);

            assertThat(result.faults()).as(String.join("\n", result.story())).isEmpty();
            assertThat(played(recording, rules.replace("> 100", "> 200"), null).faults())
                    .as("it can fail")
                    .isNotEmpty();
        }
    }

    private static CustomFact depth(String depth, Instant now) {
        return new CustomFact(
                "queue",
                "orders",
                Sorted.copy(Map.of("depth", depth)),
                now,
                now,
                now.plusSeconds(900),
                "ann",
                "the broker says so");
    }

    @Test
    void whatOthersDidIsInItAndWhatWeDidIsNot() throws Exception {
        try (Recording recording = new Recording(RULES)) {
            recording.pass(Duration.ofMinutes(2));
            recording.fires("Slow", "shop_api", UP);
            recording.pass(Duration.ofMinutes(3));
            recording.resolves("Slow", "shop_api");
            recording.cluster().scaleByHand("shop_api", 2);
            recording.pass(Duration.ofMinutes(1));
            recording.cluster().deploy("shop_api", "shop:2");
            recording.pass(Duration.ofMinutes(1));
            recording.cluster().fail("node-3");
            recording.pass(Duration.ofMinutes(1));
            recording.turn(
                    List.of(
                            new Signal.FreezeSet(
                                    new Freeze(
                                            "f1",
                                            Freeze.Scope.EVERYTHING,
                                            "",
                                            "ann",
                                            "release",
                                            recording.now,
                                            recording.now.plusSeconds(90)))));
            recording.pass(Duration.ofMinutes(1));

            String yaml =
                    new Recorder(recording.store.past(), null)
                            .record(Duration.ofDays(1))
                            .orElseThrow();

            assertThat(yaml)
                    .containsOnlyOnce("scales: { \"shop_api\": 2 }")
                    .contains("deploys: { service: \"shop_api\", image: \"shop:2\" }")
                    .contains("node-fails: \"node-3\"")
                    .contains("freezes: { everything: true, for: 1m30s }")
                    .contains("- \"scale service/shop_api from 3 to 4\"");
            ScenarioResult result = played(recording, RULES, null);
            assertThat(result.faults()).as(String.join("\n", result.story())).isEmpty();
        }
    }

    @Test
    void mayBeAboutOneSubjectAlone() throws Exception {
        try (Recording recording = new Recording(RULES, 2)) {
            recording.pass(Duration.ofMinutes(2));
            recording.fires("Slow", "shop_api0", UP);
            recording.fires("Slow", "shop_api1", UP);
            recording.pass(Duration.ofMinutes(3));

            String yaml =
                    new Recorder(recording.store.past(), Subject.service("shop_api1"))
                            .record(Duration.ofDays(1))
                            .orElseThrow();

            assertThat(yaml).contains("shop_api1").doesNotContain("shop_api0");
            ScenarioResult result = played(recording, RULES, Subject.service("shop_api1"));
            assertThat(result.faults()).as(String.join("\n", result.story())).isEmpty();
        }
    }
}
