package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What people changed is left to them; what a deployment took back of ours is given back.
class HandsOffTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final String REPLICAS = "Mode.Replicated.Replicas";
    private static final String IMAGE = "TaskTemplate.ContainerSpec.Image";
    private static final Subject WEB = Subject.service("demo_web");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    // --- a person's change ---

    @Test
    void aPersonsScalingIsLeftToThemForHalfAnHour() {
        scaledUpByUs();
        byHand(1);
        isConfirmed();
        Decision asked = engine.decisions().getLast();
        assertThat(asked.verdict()).isEqualTo(Verdict.ASK);
        assertThat(asked.reason()).contains("a person changed the replicas of service/demo_web");
        assertThat(engine.replicas).containsEntry("demo_web", 1);

        engine.goesBy(Duration.ofMinutes(28));
        engine.step(engine.firing("HighLoad", UP));

        assertThat(engine.plannedOnSwarm())
                .last()
                .isEqualTo(new Action.ScaleService("demo_web", 1, 2));
    }

    @Test
    void ofOneLeasePeopleHearOnceHoweverManyAlertsCome() {
        scaledUpByUs();
        byHand(1);
        isConfirmed();
        assertThat(engine.told()).hasSize(1);

        engine.step(engine.firing("Slow", UP));
        engine.step(engine.resolved("HighLoad", UP), engine.resolved("Slow", UP));
        engine.goesBy(Duration.ofMinutes(5));
        engine.step(engine.firing("Slower", UP));
        engine.goesBy(Duration.ofMinutes(1));

        assertThat(engine.told().stream().distinct()).hasSize(1);
        assertThat(engine.picture().accounts()).containsValue("asked");
    }

    @Test
    void aRestartOfOursDoesNotForgetTheLease() {
        scaledUpByUs();
        byHand(1);
        engine.restart();
        engine.look();
        isConfirmed();

        assertThat(engine.decisions().getLast().verdict()).isEqualTo(Verdict.ASK);
    }

    @Test
    void whatWeDidAndWhatSwarmDidAndWhatADeploymentDidLeavesNothingToPeople() {
        engine.look();
        for (Provenance whose :
                List.of(Provenance.OURS, Provenance.SWARMS, Provenance.DEPLOYMENT)) {
            engine.step(changed("demo_web", whose, REPLICAS, IMAGE));
        }
        engine.step(changed("demo_web", Provenance.NOBODY));

        assertThat(leases()).isEmpty();
    }

    @Test
    void aPersonsRollbackIsLeftToThemBySides() {
        engine.look();
        engine.step(changed("demo_web", Provenance.PERSON, IMAGE, "Labels.x"));

        assertThat(leases()).containsExactly(Marks.byHand(WEB, Aspect.IMAGE));
    }

    @Test
    void anImageThatComesWhilePeopleAreCalledIsTheirs() {
        engine.look();
        engine.step(engine.firing("Broken", Map.of("service", "demo_web")));
        engine.goesBy(Duration.ofMinutes(1));
        assertThat(engine.told()).hasSize(1);

        engine.step(changed("demo_web", Provenance.DEPLOYMENT, IMAGE));

        assertThat(leases()).containsExactly(Marks.byHand(WEB, Aspect.IMAGE));
        assertThat(engine.lines())
                .anyMatch(line -> line.startsWith("a person changed it, who was called to it"));
    }

    @Test
    void aNodeThatAPersonDrainsIsLeftToThem() {
        engine.look();
        engine.availability = Node.Availability.DRAIN;
        engine.look();

        assertThat(leases()).containsExactly(Marks.byHand(Subject.node("n1"), Aspect.AVAILABILITY));
    }

    // --- bursts over one stack ---

    @Test
    void replicasThatAreWrittenWithTheRestOfTheirStackAreADeployments() {
        engine.replicas.put("demo_api", 1);
        engine.look();
        engine.step(changed("demo_api", Provenance.NOBODY));
        engine.passes(Duration.ofSeconds(2));
        engine.step(changed("demo_web", Provenance.PERSON, REPLICAS));

        assertThat(leases()).isEmpty();
    }

    @Test
    void thatIsSeenAlsoWhenTheRestIsWrittenAfterThem() {
        engine.replicas.put("demo_api", 1);
        scaledUpByUs();
        byHand(2);
        assertThat(leases()).hasSize(1);
        engine.step(changed("demo_api", Provenance.NOBODY));

        assertThat(leases()).isEmpty();
        assertThat(engine.plannedOnSwarm())
                .last()
                .isEqualTo(new Action.ScaleService("demo_web", 2, 3));
        assertThat(engine.told()).isEmpty();
    }

    @Test
    void whoScalesSeveralServicesOfAStackAtOnceIsAPerson() {
        engine.replicas.put("demo_api", 1);
        engine.look();
        engine.step(changed("demo_api", Provenance.PERSON, REPLICAS));
        engine.step(changed("demo_web", Provenance.PERSON, REPLICAS));

        assertThat(leases()).hasSize(2);
    }

    @Test
    void whatIsWrittenLaterIsNoPartOfTheDeployment() {
        engine.replicas.put("demo_api", 1);
        engine.look();
        engine.step(changed("demo_api", Provenance.NOBODY));
        engine.passes(Duration.ofSeconds(6));
        engine.step(changed("demo_web", Provenance.PERSON, REPLICAS));

        assertThat(leases()).hasSize(1);
    }

    // --- whose the replicas are ---

    @Test
    void replicasThatADeploymentResetsAreGivenBackInTheNextStepThoughItUpdates() {
        scaledUpByUs();
        engine.update = Service.Update.UPDATING;
        deployed(2);

        assertThat(engine.plannedOnSwarm())
                .last()
                .isEqualTo(new Action.ScaleService("demo_web", 2, 3));
        assertThat(leases()).isEmpty();
        assertThat(engine.lines())
                .filteredOn(line -> line.startsWith("keep replicas: "))
                .containsExactly(
                        "keep replicas: scale service/demo_web from 2 to 3 (bounds 2..5), because"
                                + " a deployment or a rollback reset what had been set for the load");
    }

    @Test
    void theyAreGivenBackOnceAndNotAgain() {
        scaledUpByUs();
        deployed(2);
        engine.perform(engine.turns.getLast());
        engine.goesBy(Duration.ofMinutes(2));

        assertThat(engine.plannedOnSwarm()).hasSize(2);
        assertThat(engine.replicas).containsEntry("demo_web", 3);
    }

    @Test
    void theyAreNotGivenBackWhenThePersonHadTakenThem() {
        scaledUpByUs();
        byHand(1);
        engine.goesBy(Duration.ofMinutes(1));
        deployed(2);

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void theyAreTheFilesWhenALabelSaysSo() {
        engine.labels.put("homeostat.replicas", "file");
        scaledUpByUs();
        deployed(2);

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void aDeploymentThatStopsTheServiceStopsIt() {
        scaledUpByUs();
        deployed(0);

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void moreThanWasSetIsLeftAsItIs() {
        scaledUpByUs();
        deployed(4);

        assertThat(engine.plannedOnSwarm()).hasSize(1);
    }

    @Test
    void anUnchangedDeploymentLeadsToNothing() {
        scaledUpByUs();
        int lines = engine.lines().size();
        engine.step(changed("demo_web", Provenance.NOBODY));
        engine.look();

        assertThat(engine.plannedOnSwarm()).hasSize(1);
        assertThat(engine.lines()).hasSize(lines);
    }

    private void scaledUpByUs() {
        engine.look();
        engine.perform(engine.step(engine.firing("HighLoad", UP)));
        engine.goesBy(Duration.ofMinutes(1));
        assertThat(engine.replicas).containsEntry("demo_web", 3);
    }

    /// Later than the last step has settled.
    private void isConfirmed() {
        engine.goesBy(Duration.ofMinutes(3));
        engine.step(engine.firing("HighLoad", UP));
    }

    private void byHand(int replicas) {
        engine.step(changed("demo_web", Provenance.PERSON, REPLICAS));
        engine.replicas.put("demo_web", replicas);
        engine.look();
    }

    private void deployed(int replicas) {
        engine.passes(Duration.ofSeconds(1));
        engine.step(changed("demo_web", Provenance.DEPLOYMENT, REPLICAS, IMAGE));
        engine.replicas.put("demo_web", replicas);
        engine.look();
    }

    private Signal.ServiceChanged changed(String service, Provenance whose, String... paths) {
        return new Signal.ServiceChanged(service, engine.now, whose, Sorted.copy(List.of(paths)));
    }

    private List<String> leases() {
        return engine.current.values().stream()
                .filter(memo -> memo instanceof Memo.Mark mark && mark.key().startsWith("by-hand/"))
                .map(Memo::key)
                .toList();
    }
}
