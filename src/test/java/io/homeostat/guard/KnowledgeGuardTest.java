package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Watcher;
import org.junit.jupiter.api.Test;

class KnowledgeGuardTest {
    private final KnowledgeGuard guard = new KnowledgeGuard();
    private final SituationFixture situation = new SituationFixture().with(Sample.web(2));

    @Test
    void letsPassWhatIsSeen() {
        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void waitsWhileAWatcherOfServicesOrTasksIsBlind() {
        situation.blind(Watcher.TASKS, "the engine answers 500");

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(KnowledgeGuard.BLIND, Objection::code)
                .satisfies(objection ->
                        assertThat(objection.reason()).contains("the engine answers 500"));
    }

    @Test
    void needsNoEyeOnNodesOrAlertsForAService() {
        situation.blind(Watcher.NODES, "down").blind(Watcher.ALERTS, "down");

        assertThat(guard.judge(Sample.up(situation), situation)).isEmpty();
    }

    @Test
    void takesAMissingWatcherForBlind() {
        situation.without(Watcher.SERVICES);

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(KnowledgeGuard.BLIND, Objection::code);
    }

    @Test
    void waitsForAServiceThatIsNotKnown() {
        SituationFixture empty = new SituationFixture();

        assertThat(guard.judge(Sample.up(empty), empty))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(KnowledgeGuard.UNSEEN, Objection::code);
    }

    @Test
    void waitsUntilASubjectIsSeenAfterOurWrite() {
        situation.awaiting(Sample.WEB_SUBJECT);

        assertThat(guard.judge(Sample.up(situation), situation))
                .get()
                .returns(Verdict.WAIT, Objection::verdict)
                .returns(KnowledgeGuard.STALE, Objection::code);
    }
}
