package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Turn;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.rules.Rulebook;
import io.homeostat.store.SqlStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {
    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final String RULE =
            """
            rule "tell people"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "Strange", $service : service != null )
            then
                insertLogical( restart( $service ).because( $alert ) );
            end
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new TreeMap<>();
    @TempDir private Path directory;

    @BeforeEach
    void record() throws Exception {
        Files.createDirectories(directory.resolve("candidate"));
        Files.writeString(directory.resolve("candidate/tell.drl"), RULE);
        Past.Terms terms =
                new Past.Terms(
                        Limits.DEFAULT,
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info")),
                        Sorted.copy(List.of("Watchdog")));
        try (SqlStore store = SqlStore.open(directory.resolve("data"), "test", () -> AT);
                Engine engine =
                        new Engine(
                                new Engine.Charter(
                                        Rulebook.compile(Collections.emptySortedMap()),
                                        GuardRail.standard(),
                                        terms.limits(),
                                        terms.subjects(),
                                        terms.observedSeverities(),
                                        terms.observedNames(),
                                        "test"),
                                store.recover(),
                                Collections.emptySortedMap())) {
            store.keepTerms(terms, AT);
            Signal.AlertsReceived received =
                    new Signal.AlertsReceived(
                            AT,
                            "homeostat",
                            List.of(
                                    new Signal.ReportedAlert(
                                            "f1",
                                            true,
                                            AT,
                                            null,
                                            Sorted.copy(
                                                    Map.of(
                                                            "alertname",
                                                            "Strange",
                                                            "service",
                                                            "demo_web")),
                                            Sorted.copy(Map.<String, String>of()))),
                            0,
                            0,
                            "");
            Signal.ServicesSeen seen =
                    new Signal.ServicesSeen(AT, true, List.of(service()), List.of());
            Turn turn = engine.step(List.of(store.accept(received)), List.of(seen, received), AT);
            store.commit(turn);
        }
    }

    private static Service service() {
        return new Service(
                "s1",
                "demo_web",
                1,
                null,
                Service.Mode.REPLICATED,
                2,
                "web:1",
                0,
                Sorted.copy(Map.of("homeostat.autonomy", "auto")),
                new ScaleBounds(1, 4, 1, 1),
                Sorted.copy(Map.<String, String>of()),
                Service.Update.NONE,
                true,
                1,
                AT,
                "hash",
                "content");
    }

    @Test
    void saysWhatCandidateRulesWouldHaveDecided() {
        assertThat(run("replay", "--since", "12h", "--rules", "candidate")).isZero();

        assertThat(out.toString())
                .contains("1 turn with 1 signal, from 2026-03-02 10:00:00")
                .contains("1 added, 0 removed, 0 changed")
                .contains("rule \"tell people\" on service/demo_web")
                .contains("The recorded world does not react");
        assertThat(err.toString()).as("no progress bar where nobody sees it").isEmpty();
    }

    @Test
    void saysTheSameToMachines() throws Exception {
        assertThat(run("replay", "--rules", "candidate/tell.drl", "--json")).isZero();

        assertThat(
                        Console.JSON
                                .readTree(out.toString())
                                .at("/divergences/0/differences/0/kind")
                                .asText())
                .isEqualTo("added");
    }

    @Test
    void refusesWhatIsNoTimeAndRulesThatAreNotSound() throws Exception {
        assertThat(run("replay", "--since", "soon", "--rules", "candidate")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no time");

        Files.writeString(
                directory.resolve("candidate/tell.drl"), "rule \"x\" when Nix() then end");
        assertThat(run("replay", "--rules", "candidate")).isEqualTo(1);
        assertThat(err.toString()).contains("The rules are not sound", "tell.drl:1");
    }

    @Test
    void recordsAStretchAsAScenarioAndLeavesAFileThatExistsAsItIs() throws Exception {
        assertThat(run("record", "--since", "1h", "--subject", "demo_web", "--output", "s.yaml"))
                .isZero();
        assertThat(Files.readString(directory.resolve("s.yaml")))
                .contains("\"demo_web\": { mode: replicated, replicas: 2")
                .contains("fires: { \"alertname\": \"Strange\"");

        assertThat(run("record", "--output", "s.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("s.yaml exists and is left as it is");
    }

    @Test
    void saysWhereHistoryIsLookedFor() {
        assertThat(run("replay", "--rules", "candidate", "--data", "nowhere")).isEqualTo(1);

        assertThat(err.toString()).contains("There is no database", "--data");
    }

    private int run(String... arguments) {
        return Homeostat.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), ZoneOffset.UTC),
                new Home(directory, directory),
                environment,
                "ann",
                arguments);
    }
}
