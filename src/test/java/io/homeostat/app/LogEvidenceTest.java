package io.homeostat.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal;
import io.homeostat.engine.TaskLog;
import io.homeostat.fact.Fact;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogEvidenceTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final Map<String, String> ALLOWED = Map.of("homeostat.evidence.logs", "true");

    private final List<Signal.Volatile> sent = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, TaskLog> logs = new TreeMap<>();
    private boolean isTaken = true;

    private final LogEvidence evidence =
            new LogEvidence(
                    (task, lines) -> {
                        asked.add(task + " " + lines);
                        return logs.getOrDefault(task, new TaskLog(List.of(), ""));
                    },
                    Runnable::run,
                    signal -> {
                        sent.add(signal);
                        return isTaken;
                    });

    @Test
    void readsWhatFailedOfAServiceThatAllowsIt() {
        logs.put("t1", new TaskLog(List.of("starting", "login with password=hunter22 failed"), ""));

        look(IncidentState.OPEN, service("shop_api", ALLOWED), failed("t1", 60));

        assertThat(lines())
                .containsExactly(
                        "task t1 (exit code 1), failed at 2026-11-23T09:59:00Z, the last 2 lines of"
                                + " its log:",
                        "  starting",
                        "  login with password=[redacted] failed");
    }

    @Test
    void readsNothingOfAServiceThatDoesNotSay() {
        look(IncidentState.OPEN, service("shop_api", Map.of()), failed("t1", 60));
        look(
                IncidentState.OPEN,
                service("shop_api", Map.of("homeostat.evidence.logs", "perhaps")),
                failed("t1", 60));

        assertThat(asked).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void readsWhatTheStackAllowsUnlessTheServiceForbidsIt() {
        Service speaker = service("shop_db", Map.of("homeostat.evidence.logs", "stack"));

        look(IncidentState.OPEN, speaker, service("shop_api", Map.of()), failed("t1", 60));
        assertThat(asked).hasSize(1);

        look(
                IncidentState.ESCALATED,
                speaker,
                service("shop_api", Map.of("homeostat.evidence.logs", "false")),
                failed("t1", 60));
        assertThat(asked).hasSize(1);
    }

    @Test
    void readsOnceWhenItOpensAndOnceWhenItComesToPeople() {
        Service service = service("shop_api", ALLOWED);
        for (int i = 0; i < 3; i++) {
            look(IncidentState.OPEN, service, failed("t1", 60));
        }
        assertThat(asked).hasSize(1);

        for (int i = 0; i < 3; i++) {
            look(IncidentState.ESCALATED, service, failed("t1", 60));
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void readsWhenTheFirstTaskFailsLater() {
        Service service = service("shop_api", ALLOWED);
        look(IncidentState.OPEN, service);
        assertThat(asked).isEmpty();

        look(IncidentState.OPEN, service, failed("t1", 0));
        assertThat(asked).containsExactly("t1 20");
    }

    @Test
    void leavesOutWhatFailedLongBefore() {
        look(
                IncidentState.OPEN,
                service("shop_api", ALLOWED),
                failed("old", Duration.ofMinutes(15).toSeconds()));

        assertThat(asked).isEmpty();
    }

    @Test
    void showsTwentyLinesOfAllTasksTogetherTheNewestFirst() {
        logs.put("t1", new TaskLog(lines(15), ""));
        logs.put("t2", new TaskLog(lines(5), ""));
        logs.put("t3", new TaskLog(lines(5), ""));

        look(
                IncidentState.OPEN,
                service("shop_api", ALLOWED),
                failed("t3", 30),
                failed("t2", 20),
                failed("t1", 10));

        assertThat(asked).containsExactly("t1 20", "t2 5");
        assertThat(lines()).filteredOn(line -> line.startsWith("  ")).hasSize(20);
    }

    @Test
    void saysWhenALogCannotBeRead() {
        logs.put(
                "t1", new TaskLog(List.of(), "configured logging driver does not support reading"));

        look(IncidentState.OPEN, service("shop_api", ALLOWED), failed("t1", 60));

        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith(
                        ": its log cannot be read: configured logging driver does not support"
                                + " reading");
    }

    @Test
    void shortensLongLinesOnlyAfterTheirSecretsAreOut() {
        String secret = "x".repeat(290) + " password=hunter22hunter22hunter22";
        logs.put("t1", new TaskLog(List.of(secret), ""));

        look(IncidentState.OPEN, service("shop_api", ALLOWED), failed("t1", 60));

        assertThat(lines().getLast()).doesNotContain("hunter").endsWith("…");
    }

    @Test
    void readsAgainWhatTheEngineHadNoPlaceFor() {
        isTaken = false;
        look(IncidentState.OPEN, service("shop_api", ALLOWED), failed("t1", 60));
        isTaken = true;
        look(IncidentState.OPEN, service("shop_api", ALLOWED), failed("t1", 60));

        assertThat(asked).hasSize(2);
    }

    private void look(IncidentState state, Fact... facts) {
        Incident incident =
                new Incident(
                        "i1",
                        Subject.service("shop_api"),
                        state,
                        AT,
                        AT,
                        null,
                        Collections.emptySortedSet(),
                        "it is slow",
                        "",
                        Collections.emptySortedMap(),
                        0,
                        "");
        evidence.look(List.of(facts), List.of(incident));
    }

    private List<String> lines() {
        assertThat(sent).hasSize(1).first().isInstanceOf(Signal.LogsRead.class);
        return ((Signal.LogsRead) sent.getFirst()).lines();
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }

    private static Service service(String name, Map<String, String> labels) {
        return new Service(
                "id_" + name,
                name,
                1,
                "shop",
                Service.Mode.REPLICATED,
                2,
                "shop/api:1",
                0,
                new TreeMap<>(labels),
                ScaleBounds.NONE,
                new TreeMap<>(),
                Service.Update.NONE,
                false,
                1,
                AT,
                "hash",
                "content");
    }

    private static Task failed(String id, long secondsAgo) {
        return new Task(
                id,
                "shop_api",
                1,
                "n1",
                1,
                Task.State.FAILED,
                Task.State.SHUTDOWN,
                "shop/api:1",
                AT.minusSeconds(secondsAgo),
                AT.minusSeconds(secondsAgo),
                1,
                "task: non-zero exit (1)");
    }
}
