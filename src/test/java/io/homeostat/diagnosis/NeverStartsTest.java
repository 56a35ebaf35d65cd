package io.homeostat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Task.State;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When tasks do not start, and why.
final class NeverStartsTest {
    private static Ward rejected(String message) {
        return new Ward()
                .rejected(1, "n1", 0, message)
                .rejected(1, "n2", 10, message)
                .rejected(1, "n1", 20, message);
    }

    private static SortedMap<String, String> labels(Ward ward, long seconds) {
        return ward.ailmentsAt(seconds).get("NeverStarts").labels();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-such-image | No such image: registry.example.com/web:3",
                "no-such-image | manifest for web:3 not found: manifest unknown",
                "no-such-image | pull access denied for web, repository does not exist or may require 'docker login': denied: requested access",
                "registry-denied | Error response from daemon: unauthorized: authentication required",
                "registry-unreachable | Get https://registry:5000/v2/: dial tcp 198.18.0.1:5000: connection refused",
                "port-taken | starting container failed: driver failed programming external connectivity: Bind for 0.0.0.0:80 failed: port is already allocated",
                "port-taken | no suitable node (host-mode port already in use on 2 nodes)",
                "no-suitable-node | no suitable node (insufficient resources on 2 nodes)",
                "config-gone | starting container failed: unable to get config from config store: config k0yr not found",
                "secret-gone | starting container failed: unable to get secret from secret store: secret x9 not found",
                "mount-fails | invalid mount config for type \"bind\": bind source path does not exist: /data",
                "no-network | network shop_net not found",
                "command-fails | starting container failed: OCI runtime create failed: exec: \"serve\": executable file not found in $PATH",
                "disk-full | write /var/lib/docker/tmp: no space left on device",
                "rejected | something that nobody has seen before"
            })
    void namesTheCauseInPlainWordsWithItsRemedy(String cause, String message) {
        Symptom symptom = rejected(message).ailmentsAt(30).get("NeverStarts");

        assertThat(symptom.labels()).containsEntry("cause", cause);
        assertThat(symptom.summary()).startsWith("tasks of web do not start: ");
        assertThat(symptom.evidence())
                .anyMatch(line -> line.contains(message))
                .anyMatch(line -> line.startsWith("what helps: "));
    }

    @Test
    void showsWithTheThirdRejectionInOneSlot() {
        Ward ward = new Ward().rejected(1, "n1", 0, "No such image: web:3");

        assertThat(ward.rejected(1, "n1", 10, "No such image: web:3").ailmentsAt(30)).isEmpty();
        assertThat(ward.rejected(1, "n1", 20, "No such image: web:3").ailmentsAt(30))
                .containsOnlyKeys("NeverStarts");
    }

    @Test
    void aContainerThatCannotBeStartedIsNoCrash() {
        Ward ward = new Ward();
        for (int i = 0; i < 3; i++) {
            ward.task(
                    1,
                    "n1",
                    i * 10L,
                    State.FAILED,
                    i * 10L + 1,
                    128,
                    "starting container failed: address already in use");
        }

        assertThat(ward.ailmentsAt(30)).containsOnlyKeys("NeverStarts");
        assertThat(labels(ward, 30)).containsEntry("cause", "port-taken");
    }

    @Test
    void aTaskWaitsForANodeForSoLong() {
        String why = "no suitable node (scheduling constraints not satisfied on 2 nodes)";
        // Swarm notes each further attempt to place it, which makes it no younger.
        Ward ward = new Ward().task(1, null, 0, State.PENDING, 50, null, why);

        assertThat(ward.ailmentsAt(59)).isEmpty();
        assertThat(ward.seenAt(59).nextChange()).isEqualTo(Ward.at(60));
        assertThat(labels(ward, 60)).containsEntry("cause", "no-suitable-node");
    }

    @Test
    void anImageIsPulledForSoLong() {
        Ward ward = new Ward().task(1, "n1", 0, State.PREPARING, 5, null, null);

        assertThat(ward.ailmentsAt(604)).isEmpty();
        assertThat(labels(ward, 605)).containsEntry("cause", "pulling");
    }

    @Test
    void aHealthCheckIsWaitedForSoLong() {
        Ward ward = new Ward().task(1, "n1", 0, State.STARTING, 5, null, null);

        assertThat(ward.ailmentsAt(304)).isEmpty();
        assertThat(labels(ward, 305)).containsEntry("cause", "starting");
    }

    @Test
    void aNodeThatIsLostOrNotKnownSaysNothingOfItsTasks() {
        Ward ward = new Ward().task(1, "n1", 0, State.PREPARING, 5, null, null);

        ward.node("n1", Node.State.UNKNOWN, Node.Availability.ACTIVE);
        assertThat(ward.ailmentsAt(10_000)).isEmpty();
        ward.node("n1", Node.State.DOWN, Node.Availability.ACTIVE);
        assertThat(ward.ailmentsAt(10_000)).isEmpty();
    }

    @Test
    void aTaskThatWaitsForTheDelayBeforeItsRestartIsNotStuck() {
        Ward ward = new Ward().task(1, "n1", 0, State.READY, State.READY, 5, null, null);

        assertThat(ward.ailmentsAt(10_000)).isEmpty();
    }

    @Test
    void comesFromAChangeNotLongBeforeItBegan() {
        assertThat(labels(rejected("No such image: web:3").changedBy(Provenance.DEPLOYMENT, 0), 30))
                .containsEntry("change", "deployment");
        assertThat(labels(rejected("No such image: web:3"), 30)).doesNotContainKey("change");
    }

    @Test
    void saysWhichImageItIs() {
        assertThat(rejected("No such image: web:2").ailmentsAt(30).get("NeverStarts").summary())
                .isEqualTo(
                        "tasks of web do not start: there is no such image, or the node may not pull it: web:2");
    }

    @Test
    void aLongMessageIsCut() {
        Symptom symptom = rejected("x".repeat(5_000)).ailmentsAt(30).get("NeverStarts");

        assertThat(symptom.evidence()).allMatch(line -> line.length() < 500);
    }
}
