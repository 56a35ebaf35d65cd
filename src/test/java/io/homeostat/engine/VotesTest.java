package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.action.Action;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Several wishes for the replicas of one service are settled by their numbers.
class VotesTest {
    private static final Map<String, String> UP = Map.of("service", "demo_web", "scale", "up");
    private static final Map<String, String> DOWN = Map.of("service", "demo_web", "scale", "down");

    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void theLargestWishIsDoneAndTheOthersAreDecidedWithItsName() {
        engine.replicas.put("demo_web", 3);
        engine.look();
        engine.step(
                engine.firing("Idle", DOWN), engine.firing("HighLoad", UP), wished(5), wished(2));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 3, 5));
        assertThat(outvoted())
                .extracting(decision -> decision.wish().text())
                .containsExactlyInAnyOrder(
                        "scale up service/demo_web",
                        "scale down service/demo_web",
                        "scale service/demo_web to 2");
        assertThat(outvoted())
                .allSatisfy(decision ->
                        assertThat(decision.reason())
                                .contains("scale service/demo_web to 5 is wished too"));
    }

    @Test
    void nobodyIsToldOfAWishThatGaveWay() {
        engine.replicas.put("demo_web", 3);
        engine.look();
        engine.step(engine.firing("Idle", DOWN), engine.firing("HighLoad", UP));
        engine.perform(engine.turns.getLast());
        engine.goesBy(Duration.ofMinutes(5));

        assertThat(engine.told()).noneMatch(title -> title.contains("Idle"));
        assertThat(engine.picture().accounts()).containsValue("satisfied");
    }

    @Test
    void whatIsRefusedKeepsNothingFromGrowing() {
        engine.look();
        engine.step(engine.firing("HighLoad", UP), wished(9));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 2, 3));
    }

    @Test
    void whatIsRefusedKeepsFromShrinkingForItSaysThatMoreIsNeeded() {
        engine.replicas.put("demo_web", 3);
        engine.look();
        engine.step(engine.firing("Idle", DOWN), wished(9));

        assertThat(engine.plannedOnSwarm()).isEmpty();
    }

    @Test
    void withoutAHistoryWhatRunsCountsAsWishedForTheWindow() {
        engine.replicas.put("demo_web", 4);
        engine.look();
        engine.step(wished(2));
        engine.goesBy(Duration.ofSeconds(290));
        assertThat(engine.plannedOnSwarm()).isEmpty();
        assertThat(engine.decisions().getLast().reason())
                .contains("4 replicas of service/demo_web were wished within the last 300 s");

        engine.goesBy(Duration.ofSeconds(20));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 4, 2));
    }

    @Test
    void itLeadsDownOnlyToTheHighestWishOfTheWindowWhichSurvivesARestart() {
        engine.replicas.put("demo_web", 5);
        engine.look();
        engine.step(wished(3));
        engine.goesBy(Duration.ofSeconds(280));
        engine.step(ended(3), wished(2));
        engine.restart();
        engine.look();

        engine.goesBy(Duration.ofSeconds(60));

        assertThat(engine.plannedOnSwarm())
                .containsExactly(new Action.ScaleService("demo_web", 5, 3));
    }

    private Signal wished(int replicas) {
        return engine.firing(
                "Wants" + replicas, Map.of("service", "demo_web", "to", "" + replicas));
    }

    private Signal ended(int replicas) {
        return engine.resolved(
                "Wants" + replicas, Map.of("service", "demo_web", "to", "" + replicas));
    }

    private List<Decision> outvoted() {
        return engine.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.DENY)
                .filter(decision ->
                        decision.objections().stream()
                                .anyMatch(objection -> objection.code().equals("outvoted")))
                .toList();
    }
}
