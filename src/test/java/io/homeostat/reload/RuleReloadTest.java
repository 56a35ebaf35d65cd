package io.homeostat.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReloadTest {
    private static final String RESTART =
            """
            rule "restart"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "HighLoad", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;
    private static final String BROKEN =
            """
            rule "half"
            when
                $alert : Alert( firing, sevrity == "page", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;
    private static final String STUMBLES =
            """
            rule "stumbles"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "Stumble", $service : service != null )
            then
                insertLogical( scaleTo( $service, -1 ).because( $alert ) );
            end
            """;
    private static final String SCENARIO =
            """
            scenario: one step up
            given:
              services: { demo_web: { replicas: 2, max: 5 } }
            when:
              - fires: { alertname: HighLoad, service: demo_web }
            then:
              - actions: [ scale service/demo_web from 2 to 3 ]
            """;

    @TempDir private Path directory;
    @TempDir private Path scenarios;
    private Running running;

    @BeforeEach
    void starts() throws IOException {
        Files.writeString(directory.resolve("up.drl"), Running.UP);
        running = new Running(directory, Optional.of(scenarios));
    }

    @AfterEach
    void stops() {
        running.close();
    }

    @Test
    void changedFilesAreInForceAfterAReloadAndTheTimelineSaysSo() throws IOException {
        running.write("up.drl", Running.UP.replace("scaleUp", "scaleDown"));
        running.write("more.drl", RESTART);

        Attempt attempt = running.reload();

        assertThat(attempt.result()).isEqualTo(Attempt.Result.ADOPTED);
        assertThat(attempt.text()).contains("by ann", "1 rules new, 1 changed, 0 gone");
        assertThat(inForce()).isEqualTo(onDisk()).isEqualTo(attempt.rulebook());
        await().atMost(Running.SOON)
                .until(() -> running.loop.picture().rulebook().equals(attempt.rulebook()));
        await().atMost(Running.SOON).until(() -> running.lines().contains(attempt.text()));
        assertThat(running.reload.board().view().rules())
                .extracting(ReloadBoard.Rule::name)
                .containsExactly("restart", "up");
    }

    @Test
    void whatIsInForceAlreadyIsLeftAlone() {
        assertThat(running.reload().result()).isEqualTo(Attempt.Result.UNCHANGED);
    }

    @Test
    void oneBadFileChangesNothingAndPeopleHearOfItOnceAndWhenItIsOver() throws IOException {
        String before = inForce();
        running.write("bad.drl", BROKEN);
        running.write("up.drl", Running.UP.replace("scaleUp", "scaleDown"));

        Attempt attempt = running.reload();
        running.reload();

        assertThat(attempt.result()).isEqualTo(Attempt.Result.REFUSED);
        assertThat(attempt.reasons()).anyMatch(reason -> reason.contains("bad.drl:3"));
        assertThat(inForce()).isEqualTo(before);
        assertThat(running.reload.board().isRefused()).isTrue();
        assertThat(running.reload.board().view().refusal()).isNotNull();
        await().atMost(Running.SOON).until(() -> !running.told.isEmpty());

        running.write("bad.drl", BROKEN.replace("sevrity", "severety"));
        running.reload();
        await().atMost(Running.SOON).until(() -> told("severety") == 1);

        running.write("bad.drl", RESTART);
        assertThat(running.reload().result()).isEqualTo(Attempt.Result.ADOPTED);
        await().atMost(Running.SOON).until(() -> told("the newest rules are in force") == 1);
        assertThat(told("sevrity")).isEqualTo(1);
        assertThat(running.reload.board().isRefused()).isFalse();
    }

    @Test
    void rulesThatAScenarioFailsAreRefusedWithWhatHappenedInstead() throws IOException {
        Files.writeString(scenarios.resolve("up.yaml"), SCENARIO);
        running.write("up.drl", Running.UP.replace("scaleUp", "restart"));

        Attempt refused = running.reload();
        running.write("up.drl", "// said better\n" + Running.UP);
        Attempt adopted = running.reload();

        assertThat(refused.result()).isEqualTo(Attempt.Result.REFUSED);
        assertThat(refused.whole()).contains("one step up", "what happened instead");
        assertThat(adopted.result()).isEqualTo(Attempt.Result.ADOPTED);
    }

    @Test
    void aScenarioThatCannotBeReadRefusesRulesToo() throws IOException {
        Files.writeString(scenarios.resolve("up.yaml"), SCENARIO.replace("when:", "whenever:"));
        running.write("more.drl", RESTART);

        Attempt attempt = running.reload();

        assertThat(attempt.whole()).contains("up.yaml:4", "whenever");
    }

    @Test
    void aDirectoryWithoutRulesIsTakenForAMishap() throws IOException {
        String before = inForce();
        Files.delete(directory.resolve("up.drl"));

        assertThat(running.reload().text()).contains("no rule file");
        assertThat(inForce()).isEqualTo(before);
    }

    @Test
    void undoGoesBackAgainAndAgainAndSaysWhenThereIsNothingBefore() throws IOException {
        String first = inForce();
        running.write("more.drl", RESTART);
        String second = running.reload().rulebook();
        running.write("more.drl", RESTART.replace("restart\"", "start again\""));
        String third = running.reload().rulebook();
        assertThat(Set.of(first, second, third)).hasSize(3);
        assertThat(running.reload.board().view().undo()).isEqualTo(second);

        assertThat(running.reload.undo("ann").join().rulebook()).isEqualTo(second);
        assertThat(inForce()).isEqualTo(second);
        assertThat(running.reload.undo("ann").join().rulebook()).isEqualTo(first);
        assertThat(running.reload.undo("ann").join().text()).contains("no rules before these");
        assertThat(inForce()).isEqualTo(first);

        assertThat(running.reload().rulebook()).as("what is on the disk").isEqualTo(third);
    }

    @Test
    void itSaysWhatIsWishedOtherwiseOnTheFactsOfNow() throws Exception {
        running.seeCluster();
        running.fires("HighLoad");
        await().atMost(Running.SOON).until(() -> !running.loop.picture().intents().isEmpty());
        running.write("up.drl", Running.UP.replace("scaleUp", "restart"));

        Attempt attempt = running.reload();

        assertThat(attempt.differences())
                .contains("would be wished: restart service/shop_web (rule \"up\")")
                .contains("would not be wished any more: scale up service/shop_web (rule \"up\")");
    }

    @Test
    void whoAsksWhileOthersWaitSharesTheirTurn() {
        running.write("more.drl", RESTART);

        List<CompletableFuture<Attempt>> asked =
                IntStream.range(0, 50).mapToObj(i -> running.reload.reload("ann")).toList();
        asked.forEach(CompletableFuture::join);

        Set<CompletableFuture<Attempt>> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        shared.addAll(asked);
        assertThat(shared).hasSizeLessThan(4);
        assertThat(asked.getLast().join().rulebook()).isEqualTo(inForce());
        assertThat(running.reload.board().count(Attempt.Result.ADOPTED)).isEqualTo(1);
    }

    @Test
    void anEngineThatIsBuiltAnewHasTheNewestRulesAndARuleThatThrewGetsANewChance()
            throws Exception {
        running.write("odd.drl", STUMBLES);
        String adopted = running.reload().rulebook();
        running.seeCluster();
        running.fires("Stumble");

        await().atMost(Running.SOON)
                .until(() -> running.loop.picture().putAside().containsKey("stumbles"));
        assertThat(running.loop.picture().rulebook()).isEqualTo(adopted);

        running.write("odd.drl", STUMBLES.replace("-1", "3"));
        assertThat(running.reload().result()).isEqualTo(Attempt.Result.ADOPTED);
        await().atMost(Running.SOON).until(() -> running.loop.picture().putAside().isEmpty());
        await().atMost(Running.SOON)
                .until(() ->
                        running.loop.picture().intents().stream()
                                .anyMatch(intent -> intent.rule().equals("stumbles")));
    }

    @Test
    void aRuleThatThrowsOnTheFactsOfNowIsRefused() throws Exception {
        running.seeCluster();
        running.fires("Stumble");
        await().atMost(Running.SOON).until(() -> !running.loop.picture().accounts().isEmpty());
        running.write("odd.drl", STUMBLES);

        assertThat(running.reload().text()).contains("stumbles", "throws");
    }

    @Test
    void aWatchReloadsWhatWasWrittenAndLeavesAnUndoAlone() throws IOException {
        String first = inForce();
        try (RuleWatch watch =
                new RuleWatch(running.reload, running.source, Duration.ofMillis(20))) {
            watch.start();
            running.write("more.drl", RESTART);
            await().atMost(Running.SOON).until(() -> inForce().equals(onDisk()));

            running.reload.undo("ann").join();
            long looks = running.reload.board().count(Attempt.Result.UNCHANGED);
            running.write("more.txt", "no rule file");
            running.write("more.drl", RESTART);
            await().atMost(Running.SOON).until(() -> !inForce().equals(first));
            assertThat(running.reload.board().count(Attempt.Result.UNCHANGED))
                    .isGreaterThanOrEqualTo(looks);
        }
    }

    @Test
    void filesThatAreStillWrittenAreReadWhenTheyAreWhole() throws Exception {
        String half = RESTART.substring(0, RESTART.length() / 2);
        running.write("more.drl", half);
        int[] pauses = {0};

        var sources =
                running.source.read(_ -> {
                    pauses[0]++;
                    if (pauses[0] < 4) {
                        running.write("more.drl", half + "/* ".repeat(pauses[0]));
                    } else {
                        running.write("more.drl", RESTART);
                    }
                });

        assertThat(sources).containsEntry("more.drl", RESTART);
    }

    private String inForce() {
        return running.loop.succession().rulebook().hash();
    }

    private String onDisk() throws IOException {
        return Rulebook.hashOf(RuleFiles.read(directory));
    }

    private long told(String text) {
        return running.told.stream().filter(each -> each.contains(text)).count();
    }
}
