package io.homeostat.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.rules.RuleFault;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.Coverage;
import io.homeostat.scenario.Scenario;
import io.homeostat.scenario.ScenarioFailure;
import io.homeostat.scenario.ScenarioFault;
import io.homeostat.scenario.ScenarioResult;
import io.homeostat.scenario.ScenarioRunner;
import io.homeostat.scenario.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "test", description = "Plays scenarios on the rules.")
final class TestCommand implements Callable<Integer> {
    private final Console console;
    private final Home home;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "scenario files or directories; facts-samples/ when not given")
    private List<Path> paths = List.of();

    @Option(
            names = "--rules",
            paramLabel = "PATH",
            description = "the rules, a file or a directory; rules/ when not given")
    private @Nullable Path rules;

    @Option(names = "--junit", paramLabel = "FILE", description = "writes JUnit XML there as well")
    private @Nullable Path junit;

    @Option(
            names = "--coverage",
            description = "says which rules, patterns and conditions no scenario shows")
    private boolean coverage;

    @Option(names = "--schema", description = "prints the JSON schema of scenarios, for editors")
    private boolean schema;

    @Option(names = "--json", description = "for machines")
    private boolean json;

    TestCommand(Console console, Home home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws Problem {
        try {
            return schema ? printSchema() : play();
        } catch (NoSuchFileException missing) {
            throw Problem.usage(
                    missing.getFile() + ": there is no such file or directory.", missing);
        } catch (IOException unreadable) {
            throw new Problem(
                    "A file cannot be read or written: " + unreadable.getMessage() + ".",
                    unreadable);
        }
    }

    private int printSchema() throws IOException {
        try (InputStream stream = TestCommand.class.getResourceAsStream("/scenario.schema.json")) {
            if (stream == null) {
                throw new IOException("the program lacks its scenario.schema.json");
            }
            console.line(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        return 0;
    }

    private int play() throws IOException, Problem {
        Home.Rules read = rules == null ? home.rules() : home.rules(rules);
        Rulebook rulebook = rulebook(read);
        List<Scenario> scenarios = new ArrayList<>();
        List<ScenarioFault> faults = new ArrayList<>();
        for (Path path : paths.isEmpty() ? List.of(home.directory("facts-samples")) : paths) {
            Scenarios found = Scenarios.read(path);
            scenarios.addAll(found.sound());
            faults.addAll(found.faults());
        }
        if (scenarios.isEmpty() && faults.isEmpty()) {
            throw new Problem("There are no scenarios (*.yaml) there.");
        }
        ScenarioRunner runner =
                coverage ? ScenarioRunner.covering(rulebook) : new ScenarioRunner(rulebook);
        List<Played> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            long begin = System.nanoTime();
            ScenarioResult result = runner.run(scenario);
            results.add(new Played(result, Duration.ofNanos(System.nanoTime() - begin)));
            if (!json) {
                show(result);
            }
        }
        if (junit != null) {
            JunitReport.write(junit, results, faults);
        }
        Coverage covered =
                coverage ? runner.coverage(results.stream().map(Played::result).toList()) : null;
        long failed = results.stream().filter(played -> !played.result().passed()).count();
        if (json) {
            console.json(
                    covered == null
                            ? list(results, faults)
                            : covering(list(results, faults), covered, read.prefix()));
        } else {
            faults.forEach(fault -> console.line(fault.text()));
            if (covered != null) {
                CoverageReport.lines(covered, read.prefix()).forEach(console::line);
            }
            console.line(
                    "%s played, %d failed; %s could not be read"
                            .formatted(
                                    Count.of(results.size(), "scenario"),
                                    failed,
                                    Count.of(faults.size(), "file")));
        }
        return failed == 0 && faults.isEmpty() ? 0 : 1;
    }

    private static Rulebook rulebook(Home.Rules read) throws Problem {
        Rulebook rulebook = Rulebook.compile(read.sources());
        List<String> errors =
                rulebook.faults().stream()
                        .filter(fault -> fault.severity() == RuleFault.Severity.ERROR)
                        .map(fault -> read.prefix() + fault.text())
                        .toList();
        if (!errors.isEmpty()) {
            throw new Problem("The rules have errors:\n  " + String.join("\n  ", errors));
        }
        return rulebook;
    }

    private void show(ScenarioResult result) {
        if (result.passed()) {
            console.line("ok    " + result.scenario().name());
        } else {
            console.line("FAIL  " + result.scenario().name());
            result.text().lines().forEach(line -> console.line("      " + line));
        }
    }

    private static ObjectNode covering(ArrayNode results, Coverage coverage, String prefix) {
        ObjectNode all = Console.JSON.createObjectNode();
        all.set("scenarios", results);
        CoverageReport.json(coverage, prefix, all.putObject("coverage"));
        return all;
    }

    private static ArrayNode list(List<Played> results, List<ScenarioFault> faults) {
        ArrayNode list = Console.JSON.createArrayNode();
        for (Played played : results) {
            ScenarioResult result = played.result();
            ObjectNode item =
                    list.addObject()
                            .put("scenario", result.scenario().name())
                            .put("file", result.scenario().file())
                            .put("line", result.scenario().line())
                            .put("passed", result.passed())
                            .put("millis", played.took().toMillis());
            ArrayNode failures = item.putArray("failures");
            for (ScenarioFailure failure : result.failures()) {
                ObjectNode one =
                        failures.addObject()
                                .put("file", failure.file())
                                .put("line", failure.line())
                                .put("at", failure.at())
                                .put("message", failure.message());
                failure.reasons().forEach(one.putArray("reasons")::add);
            }
            result.faults().forEach(item.putArray("faults")::add);
            result.story().forEach(item.putArray("story")::add);
        }
        for (ScenarioFault fault : faults) {
            ObjectNode item =
                    list.addObject()
                            .put("scenario", "")
                            .put("file", fault.file())
                            .put("line", fault.line())
                            .put("passed", false);
            item.putArray("faults").add(fault.text());
        }
        return list;
    }
}
