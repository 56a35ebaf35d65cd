package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.rules.RuleFault;
import io.homeostat.rules.RuleReview;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.Scenario;
import io.homeostat.scenario.ScenarioRunner;
import io.homeostat.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Checks rule files without running them.")
final class CheckCommand implements Callable<Integer> {
    private final Console console;
    private final Home home;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "rule files or directories; rules/ when not given")
    private List<Path> paths = List.of();

    @Option(
            names = "--scenarios",
            paramLabel = "PATH",
            arity = "1",
            description = "plays these, and says which rules none of them makes wish anything")
    private List<Path> scenarios = List.of();

    @Option(names = "--json", description = "for machines")
    private boolean json;

    CheckCommand(Console console, Home home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws Problem {
        List<Home.Rules> all = new ArrayList<>();
        try {
            if (paths.isEmpty()) {
                all.add(home.rules());
            }
            for (Path path : paths) {
                all.add(home.rules(path));
            }
        } catch (NoSuchFileException missing) {
            throw Problem.usage(
                    missing.getFile() + ": there is no such file or directory.", missing);
        } catch (IOException unreadable) {
            throw new Problem(
                    "The rules cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
        if (all.stream().allMatch(rules -> rules.sources().isEmpty())) {
            throw new Problem("There are no rule files (*.drl) there.");
        }
        Tally tally = new Tally();
        for (Home.Rules rules : all) {
            review(rules, tally);
        }
        if (json) {
            console.json(tally.json());
        } else {
            tally.lines().forEach(console::line);
        }
        return tally.errors == 0 ? 0 : 1;
    }

    private void review(Home.Rules rules, Tally tally) throws Problem {
        RuleReview review = RuleReview.of(rules.sources(), reached(rules));
        tally.add(rules, review);
        for (RuleFault fault : review.faults()) {
            String text = rules.sources().getOrDefault(fault.file(), "");
            if (json) {
                add(tally.list, rules.prefix(), fault);
            } else {
                FaultLines.of(fault, rules.prefix(), text, console.isColoured())
                        .forEach(console::made);
            }
        }
    }

    /// The rules that the scenarios make wish something; empty when none are to be played.
    private Optional<SortedSet<String>> reached(Home.Rules rules) throws Problem {
        if (scenarios.isEmpty()) {
            return Optional.empty();
        }
        Rulebook rulebook = Rulebook.compile(rules.sources());
        ScenarioRunner runner = new ScenarioRunner(rulebook);
        SortedSet<String> reached = new TreeSet<>();
        try {
            for (Path path : scenarios) {
                for (Scenario scenario : Scenarios.read(path).sound()) {
                    reached.addAll(runner.run(scenario).fired());
                }
            }
        } catch (IOException unreadable) {
            throw new Problem(
                    "The scenarios cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
        return Optional.of(reached);
    }

    /// What there is to say after all the faults.
    private static final class Tally {
        private final ArrayNode list = Console.JSON.createArrayNode();
        private final SortedMap<String, Integer> undecided = new TreeMap<>();
        private int files;
        private int rules;
        private long errors;
        private long warnings;

        void add(Home.Rules from, RuleReview review) {
            files += from.sources().size();
            rules += review.rules();
            long bad =
                    review.faults().stream()
                            .filter(fault -> fault.severity() == RuleFault.Severity.ERROR)
                            .count();
            errors += bad;
            warnings += review.faults().size() - bad;
            review.undecided().forEach((name, count) -> undecided.merge(name, count, Integer::sum));
        }

        List<String> lines() {
            String result =
                    errors + warnings == 0
                            ? "fine"
                            : "%s, %s"
                                    .formatted(
                                            Count.of(errors, "error"),
                                            Count.of(warnings, "warning"));
            List<String> lines = new ArrayList<>();
            lines.add(
                    "%s, %s checked: %s"
                            .formatted(
                                    Count.of(files, "rule file"), Count.of(rules, "rule"), result));
            undecided.forEach((name, count) ->
                    lines.add(
                            "not decided: %s of %d %s"
                                    .formatted(name, count, count == 1 ? "rule" : "rules")));
            return lines;
        }

        JsonNode json() {
            ObjectNode node = Console.JSON.createObjectNode();
            node.put("files", files).put("rules", rules);
            node.set("items", list);
            undecided.forEach(node.putObject("undecided")::put);
            return node;
        }
    }

    private static void add(ArrayNode list, String prefix, RuleFault fault) {
        list.addObject()
                .put("file", prefix + fault.file())
                .put("line", fault.line())
                .put("column", fault.column())
                .put("severity", fault.severity().name().toLowerCase(Locale.ROOT))
                .put("message", fault.message())
                .put("advice", fault.advice())
                .put("finding", fault.finding());
    }
}
