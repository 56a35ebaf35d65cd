package io.homeostat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service.Update;
import io.homeostat.fact.Task.State;
import org.junit.jupiter.api.Test;

/// When an update or a rollback does not come to its end.
final class UpdateStuckTest {
    private static Symptom stuck(Ward ward, long seconds) {
        return ward.ailmentsAt(seconds).get("UpdateStuck");
    }

    @Test
    void aPausedUpdateIsStuckAtOnceAndSaysWhichTaskFailed() {
        Ward ward =
                new Ward()
                        .replicas(2)
                        .crashed(1, "n1", 5, 3)
                        .runs(2, "n2", -500)
                        .update(Update.PAUSED, 9)
                        .changedBy(Provenance.DEPLOYMENT, 0);

        Symptom symptom = stuck(ward, 10);

        assertThat(symptom.since()).isEqualTo(Ward.at(9));
        assertThat(symptom.labels())
                .containsEntry("cause", "paused")
                .containsEntry("change", "deployment");
        assertThat(symptom.summary()).isEqualTo("web is stuck: Swarm has paused its update");
        assertThat(symptom.evidence())
                .anyMatch(line ->
                        line.startsWith("a task is failed since") && line.contains("exit code 1"))
                .contains("1 tasks run, of 2 wanted");
    }

    @Test
    void anUpdateWithoutProgressIsStuckAfterItsTime() {
        Ward ward =
                new Ward()
                        .replicas(2)
                        .task(1, "n1", 5, State.PREPARING, 8, null, null)
                        .runs(2, "n2", -500)
                        .update(Update.UPDATING, 4)
                        .changedBy(Provenance.DEPLOYMENT, 4);

        assertThat(stuck(ward, 603)).isNull();
        assertThat(ward.seenAt(603).nextChange()).isEqualTo(Ward.at(604));
        assertThat(stuck(ward, 604).labels())
                .containsEntry("cause", "no-progress")
                .containsEntry("change", "deployment");
        assertThat(stuck(ward, 604).evidence())
                .anyMatch(line -> line.contains("its image is being pulled for very long"));
    }

    @Test
    void eachFurtherTaskThatRunsIsProgress() {
        Ward ward =
                new Ward()
                        .replicas(2)
                        .runs(1, "n1", 300)
                        .task(2, "n2", 301, State.PREPARING, 302, null, null)
                        .update(Update.UPDATING, 4);

        assertThat(stuck(ward, 899)).isNull();
        assertThat(stuck(ward, 900)).isNotNull();
    }

    @Test
    void anUpdateThatWaitsForItsOwnDelayIsNotStuck() {
        Ward ward =
                new Ward()
                        .replicas(2)
                        .runs(1, "n1", 10)
                        .runs(2, "n2", -500)
                        .update(Update.UPDATING, 4);

        assertThat(ward.ailmentsAt(100_000)).isEmpty();
    }

    @Test
    void aRollbackIsNotRolledBack() {
        Ward ward =
                new Ward()
                        .task(1, "n1", 5, State.PREPARING, 8, null, null)
                        .changedBy(Provenance.PERSON, 4);

        assertThat(stuck(ward.update(Update.ROLLBACK_PAUSED, 9), 10).labels())
                .containsEntry("cause", "rollback-paused")
                .doesNotContainKey("change");
        assertThat(stuck(ward.update(Update.ROLLBACK_STARTED, 9), 700).labels())
                .containsEntry("cause", "rollback-no-progress")
                .doesNotContainKey("change");
    }

    @Test
    void anUpdateThatHasEndedIsNotStuck() {
        for (Update ended :
                new Update[] {Update.NONE, Update.COMPLETED, Update.ROLLBACK_COMPLETED}) {
            Ward ward = new Ward().runs(1, "n1", 10).update(ended, 4);
            assertThat(ward.ailmentsAt(100_000)).as("%s", ended).isEmpty();
        }
    }
}
