package io.homeostat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Task;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/// When tasks crash again and again, and why.
final class CrashLoopTest {
    /// Three tasks of slot 1 on n1 crash, 10, 20 and 30 seconds after that.
    private static Ward threeCrashes(long from) {
        return new Ward()
                .crashed(1, "n1", from + 5, 5)
                .crashed(1, "n1", from + 15, 5)
                .crashed(1, "n1", from + 25, 5);
    }

    private static SortedMap<String, String> labels(Ward ward, long seconds) {
        return ward.ailmentsAt(seconds).get("CrashLoop").labels();
    }

    @Test
    void showsWithTheThirdFailureInOneSlot() {
        Ward ward = new Ward().crashed(1, "n1", 5, 5).crashed(1, "n1", 15, 5);

        assertThat(ward.ailmentsAt(30)).isEmpty();
        assertThat(ward.crashed(1, "n1", 25, 5).ailmentsAt(30)).containsOnlyKeys("CrashLoop");
    }

    @Test
    void failuresInDifferentSlotsAreNoLoop() {
        Ward ward =
                new Ward()
                        .replicas(3)
                        .crashed(1, "n1", 5, 5)
                        .crashed(2, "n1", 5, 5)
                        .crashed(3, "n1", 5, 5);

        assertThat(ward.ailmentsAt(30)).isEmpty();
    }

    @Test
    void failuresThatAreNotWithinTheTimeAreNoLoop() {
        Ward ward = threeCrashes(0);

        assertThat(ward.ailmentsAt(609)).containsKey("CrashLoop");
        assertThat(ward.ailmentsAt(610)).doesNotContainKey("CrashLoop");
    }

    @Test
    void whatEndedWellDidNotCrash() {
        Ward ward = new Ward();
        for (int i = 0; i < 5; i++) {
            ward.task(1, "n1", i * 10L, Task.State.COMPLETE, i * 10L + 5, 0, null);
        }

        assertThat(ward.ailmentsAt(60)).isEmpty();
    }

    @Test
    void isOverWhenTheNewestTaskHasRunForAWhile() {
        Ward ward = threeCrashes(0).runs(1, "n1", 40);

        assertThat(ward.ailmentsAt(69)).containsKey("CrashLoop");
        assertThat(ward.seenAt(69).nextChange()).isEqualTo(Ward.at(70));
        assertThat(ward.ailmentsAt(70)).isEmpty();
    }

    @Test
    void saysWhenItBeganAndWithWhichExitCodes() {
        Symptom loop = threeCrashes(0).ailmentsAt(60).get("CrashLoop");

        assertThat(loop.since()).isEqualTo(Ward.at(10));
        assertThat(loop.labels())
                .containsEntry("severity", "critical")
                .containsEntry("cause", "everywhere")
                .doesNotContainKey("change");
        assertThat(loop.summary()).isEqualTo("tasks of web crash again and again");
        assertThat(loop.evidence())
                .anyMatch(line ->
                        line.equals(
                                "slot 1: 3 tasks ended with an error within 10 min, the last failed since"
                                        + " 2026-11-23 10:00:30 UTC on node worker-n1, exit code 1: task:"
                                        + " non-zero exit (1)"))
                .anyMatch(line -> line.contains("no change of its image or configuration was seen"))
                .anyMatch(line -> line.contains("another restart is no remedy"));
    }

    @Test
    void comesFromAChangeNotLongBeforeItBegan() {
        assertThat(labels(threeCrashes(0).changedBy(Provenance.DEPLOYMENT, 0), 60))
                .containsEntry("cause", "after-change")
                .containsEntry("change", "deployment");
        assertThat(labels(threeCrashes(0).changedBy(Provenance.PERSON, 0), 60))
                .containsEntry("change", "person");
        // It began at ten seconds past ten: half an hour after the change, and a second more.
        assertThat(labels(threeCrashes(0).changedBy(Provenance.DEPLOYMENT, 10 - 1800), 60))
                .containsKey("change");
        assertThat(labels(threeCrashes(0).changedBy(Provenance.DEPLOYMENT, 9 - 1800), 60))
                .containsEntry("cause", "everywhere")
                .doesNotContainKey("change");
    }

    @Test
    void whatWeOrSwarmChangedIsNotTakenBack() {
        assertThat(labels(threeCrashes(0).changedBy(Provenance.OURS, 0), 60))
                .doesNotContainKey("change");
        assertThat(labels(threeCrashes(0).changedBy(Provenance.SWARMS, 0), 60))
                .doesNotContainKey("change");
    }

    @Test
    void aLoopThatWasThereBeforeTheChangeDoesNotComeFromIt() {
        Ward ward = threeCrashes(0).crashed(1, "n1", 45, 5).crashed(1, "n1", 55, 5);
        ward.crashed(1, "n1", 65, 5).changedBy(Provenance.DEPLOYMENT, 41);

        assertThat(labels(ward, 80)).containsEntry("cause", "everywhere");
        assertThat(labels(threeCrashes(100).changedBy(Provenance.DEPLOYMENT, 90), 160))
                .containsKey("change");
        assertThat(
                        labels(
                                threeCrashes(100)
                                        .changedBy(Provenance.DEPLOYMENT, 90)
                                        .open("CrashLoop", 10),
                                160))
                .doesNotContainKey("change");
    }

    @Test
    void aSingleFailureBeforeTheChangeDoesNotMakeTheLoopOlder() {
        Ward ward = new Ward().crashed(1, "n1", 0, 5).crashed(1, "n1", 105, 5);
        ward.crashed(1, "n1", 115, 5).crashed(1, "n1", 125, 5);

        Symptom loop = ward.changedBy(Provenance.DEPLOYMENT, 100).ailmentsAt(140).get("CrashLoop");

        assertThat(loop.since()).isEqualTo(Ward.at(110));
        assertThat(loop.labels()).containsEntry("change", "deployment");
    }

    @Test
    void isOfOneNodeWhenTheServiceRunsWellOnAnother() {
        assertThat(labels(threeCrashes(0).replicas(2).runs(2, "n2", 0), 60))
                .containsEntry("cause", "one-node")
                .containsEntry("node", "n1");
        assertThat(labels(threeCrashes(0), 60)).doesNotContainKey("node");
        assertThat(labels(threeCrashes(0).replicas(2).runs(2, "n1", 0), 60))
                .doesNotContainKey("node");
        assertThat(labels(threeCrashes(0).crashed(1, "n2", 35, 5).runs(2, "n2", 0), 60))
                .doesNotContainKey("node");
    }

    @Test
    void aGlobalServiceIsLookedAtNodeByNode() {
        Ward ward = new Ward().mode(Service.Mode.GLOBAL).runs(0, "n2", 0);
        ward.crashed(0, "n1", 5, 5).crashed(0, "n1", 15, 5).crashed(0, "n1", 25, 5);

        assertThat(labels(ward, 60)).containsEntry("cause", "one-node").containsEntry("node", "n1");
    }

    @Test
    void nothingAilsAJobOrAServiceThatWasStopped() {
        assertThat(threeCrashes(0).replicas(0).ailmentsAt(60)).isEmpty();
        assertThat(threeCrashes(0).mode(Service.Mode.REPLICATED_JOB).ailmentsAt(60)).isEmpty();
    }
}
