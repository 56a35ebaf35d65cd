package io.homeostat.scenario;

import io.homeostat.rules.RuleFault;
import io.homeostat.rules.Rulebook;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Plays scenarios on the real engine with the rules of a rulebook. Thread-safe: each scenario has
/// an engine and a cluster of its own.
public final class ScenarioRunner {
    private final Rulebook rulebook;
    private final boolean covers;

    /// By the rules that scenarios bring along, mostly none: compiled once.
    private final Map<SortedMap<String, String>, Rulebook> plain = new HashMap<>();

    private final Map<SortedMap<String, String>, Rulebook> probed = new HashMap<>();

    public ScenarioRunner(Rulebook rulebook) {
        this(rulebook, false);
    }

    private ScenarioRunner(Rulebook rulebook, boolean covers) {
        this.rulebook = rulebook;
        this.covers = covers;
    }

    /// One whose results say which parts of the rules were met; it takes longer to begin.
    public static ScenarioRunner covering(Rulebook rulebook) {
        return new ScenarioRunner(rulebook, true);
    }

    /// What those scenarios show of the rules.
    public Coverage coverage(Collection<ScenarioResult> results) {
        return new Coverage(probed(Collections.emptySortedMap()), results);
    }

    /// One that failed is played again on a rulebook with probes: they say which rules nearly
    /// fired.
    public ScenarioResult run(Scenario scenario) {
        Rulebook rules = plain(scenario.plan().rules());
        List<RuleFault> faults =
                rules.faults().stream()
                        .filter(fault -> scenario.plan().rules().containsKey(fault.file()))
                        .toList();
        if (!faults.isEmpty()) {
            return broken(
                    scenario,
                    "the rules that it brings along have errors: "
                            + String.join(", ", faults.stream().map(RuleFault::text).toList()));
        }
        ScenarioResult result = covers ? probing(scenario) : run(scenario, rules);
        return covers || result.passed() ? result : probing(scenario);
    }

    /// A probe may ask what its rule would not have asked, and throw; then it is done without.
    private ScenarioResult probing(Scenario scenario) {
        ScenarioResult result = run(scenario, probed(scenario.plan().rules()));
        boolean threw = result.failures().stream().anyMatch(failure -> failure.at().isEmpty());
        return threw ? run(scenario, plain(scenario.plan().rules())) : result;
    }

    private synchronized Rulebook plain(SortedMap<String, String> beside) {
        if (beside.isEmpty()) {
            return rulebook;
        }
        return plain.computeIfAbsent(
                beside,
                _ -> {
                    SortedMap<String, String> all = new TreeMap<>(rulebook.sources());
                    all.putAll(beside);
                    return Rulebook.compile(all);
                });
    }

    private synchronized Rulebook probed(SortedMap<String, String> beside) {
        Rulebook rules = plain(beside);
        return probed.computeIfAbsent(beside, _ -> rules.probed());
    }

    private static ScenarioResult run(Scenario scenario, Rulebook rules) {
        Scenario.Plan plan = scenario.plan();
        try (Stage stage = new Stage(plan, rules)) {
            Play play = new Play(plan, stage);
            play.run();
            return new ScenarioResult(
                    scenario,
                    play.failures(),
                    play.failures().isEmpty() ? List.of() : play.story(),
                    new TreeSet<>(stage.firings().times().keySet()),
                    stage.firings().met());
        } catch (RuntimeException broken) {
            return broken(scenario, "it could not be played to its end: " + broken);
        }
    }

    private static ScenarioResult broken(Scenario scenario, String message) {
        return new ScenarioResult(
                scenario,
                List.of(new ScenarioFailure(scenario.file(), 0, "", message, List.of())),
                List.of(),
                Collections.emptySortedSet(),
                Collections.emptySortedSet());
    }
}
