package io.homeostat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Service.Update;
import io.homeostat.fact.Task.State;
import org.junit.jupiter.api.Test;

/// When tasks are missing that Swarm does not start again.
final class MissingTasksTest {
    private static Ward oneOfTwo() {
        return new Ward().replicas(2).runs(1, "n1", -500).crashed(2, "n2", 0, 10);
    }

    @Test
    void aServiceIsBelowWhatItWantsForSoLong() {
        assertThat(oneOfTwo().ailmentsAt(309)).isEmpty();
        assertThat(oneOfTwo().seenAt(309).nextChange()).isEqualTo(Ward.at(310));
        Symptom symptom = oneOfTwo().ailmentsAt(310).get("BelowDesired");
        assertThat(symptom.since()).isEqualTo(Ward.at(10));
        assertThat(symptom.labels())
                .containsEntry("cause", "given-up")
                .containsEntry("severity", "warning");
        assertThat(symptom.evidence()).anyMatch(line -> line.contains("exit code 1"));
    }

    @Test
    void aTaskThatWasNeverMadeIsMissingSinceTheServiceWasWritten() {
        Ward ward = new Ward().replicas(2).runs(1, "n1", -500).update(Update.COMPLETED, 0);

        assertThat(ward.ailmentsAt(299)).isEmpty();
        assertThat(ward.ailmentsAt(300).get("BelowDesired").labels())
                .containsEntry("cause", "not-made");
    }

    @Test
    void withoutANodeForItNothingIsMissing() {
        Ward ward = oneOfTwo().node("n1", Node.State.READY, Node.Availability.DRAIN);

        assertThat(ward.ailmentsAt(400)).containsKey("BelowDesired");
        ward.node("n2", Node.State.DOWN, Node.Availability.ACTIVE);
        assertThat(ward.ailmentsAt(400)).isEmpty();
    }

    @Test
    void whatEndedWellIsNotMissed() {
        Ward ward = new Ward().task(1, "n1", 0, State.COMPLETE, 10, 0, null);

        assertThat(ward.ailmentsAt(10_000)).isEmpty();
    }

    @Test
    void whileSwarmIsChangingItsTasksNothingIsMissing() {
        assertThat(oneOfTwo().update(Update.UPDATING, 0).ailmentsAt(400)).isEmpty();
    }

    @Test
    void aGlobalServiceIsMissingOnANodeWhereItsTaskEndedBadly() {
        Ward ward =
                new Ward().mode(Service.Mode.GLOBAL).runs(0, "n1", -500).crashed(0, "n2", 0, 10);

        assertThat(ward.ailmentsAt(309)).isEmpty();
        Symptom symptom = ward.ailmentsAt(310).get("MissingOnNode");
        assertThat(symptom.labels()).containsEntry("cause", "one-node").containsEntry("node", "n2");
        assertThat(symptom.summary()).contains("worker-n2");

        ward.node("n2", Node.State.READY, Node.Availability.PAUSE);
        assertThat(ward.ailmentsAt(310)).isEmpty();
    }

    @Test
    void aGlobalServiceIsNotMissingWhereItWasStoppedOrHasNeverBeen() {
        Ward ward =
                new Ward()
                        .mode(Service.Mode.GLOBAL)
                        .runs(0, "n1", -500)
                        .task(0, "n2", -500, State.SHUTDOWN, 0, 0, null);

        assertThat(ward.ailmentsAt(10_000)).isEmpty();
        assertThat(new Ward().mode(Service.Mode.GLOBAL).runs(0, "n1", 0).ailmentsAt(10_000))
                .isEmpty();
    }
}
