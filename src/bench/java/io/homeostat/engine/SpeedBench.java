package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// How much CPU judging takes: `deploy/bench/judging`. It reports; only an order of magnitude
/// fails. Each figure is a median; with several rounds, each runs everything once, so that what
/// else the machine does falls on all alike.
class SpeedBench {
    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 1);

    private record Figure(String benchmark, String workload) implements Comparable<Figure> {
        @Override
        public int compareTo(Figure other) {
            return toString().compareTo(other.toString());
        }
    }

    private final SortedMap<Figure, List<Double>> figures = new TreeMap<>();

    @Test
    void reportsWhatJudgingCosts() throws RunnerException {
        for (int round = 0; round < ROUNDS; round++) {
            millisOfJudging();
            cpuOfAlerts(RawBench.class, "fire");
            cpuOfAlerts(AlertBench.class, "alone");
            cpuOfAlerts(AlertBench.class, "together");
        }
        tellOfJudging();
        tellOfAlerts();
        tellOfGrowth();

        assertThat(median("judging", "30") / 1_000).as("ms to judge: aim 10").isLessThan(100);
        for (String benchmark : List.of("alone", "together")) {
            assertThat(growth(benchmark, Workload.SIMPLE_100, Workload.SIMPLE_10000))
                    .as("growth by services: aim 1.5")
                    .isLessThan(15);
            assertThat(growth(benchmark, Workload.RULES_10, Workload.RULES_1000))
                    .as("growth by rules: aim 2")
                    .isLessThan(20);
        }
    }

    private static ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(QUICK ? 1 : 5))
                .measurementIterations(QUICK ? 1 : 3)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(
                        Boolean.getBoolean("bench.verbose")
                                ? VerboseMode.NORMAL
                                : VerboseMode.SILENT)
                .addProfiler(CpuPerOperation.class)
                // As the program itself is started.
                .jvmArgs(
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
    }

    private void millisOfJudging() throws RunnerException {
        for (RunResult run :
                new Runner(options().include(JudgingBench.class.getName()).build()).run()) {
            String name = run.getPrimaryResult().getLabel();
            add(
                    new Figure(name, run.getParams().getParam("actions")),
                    run.getPrimaryResult().getStatistics().getPercentile(50));
        }
    }

    private void cpuOfAlerts(Class<?> bench, String method) throws RunnerException {
        String[] names =
                Arrays.stream(Workload.values()).map(Workload::name).toArray(String[]::new);
        for (RunResult run :
                new Runner(
                                options()
                                        .include(bench.getName() + "." + method + "$")
                                        .param("workload", names)
                                        .build())
                        .run()) {
            Figure figure = new Figure(method, run.getParams().getParam("workload"));
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    add(
                            figure,
                            iteration.getSecondaryResults().get(CpuPerOperation.NAME).getScore());
                }
            }
        }
    }

    private void add(Figure figure, double value) {
        figures.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    private double median(String benchmark, String workload) {
        List<Double> all =
                figures.getOrDefault(new Figure(benchmark, workload), List.of()).stream()
                        .sorted()
                        .toList();
        int half = all.size() / 2;
        return all.size() % 2 == 1 ? all.get(half) : (all.get(half - 1) + all.get(half)) / 2;
    }

    private double growth(String benchmark, Workload few, Workload many) {
        return median(benchmark, many.name()) / median(benchmark, few.name());
    }

    private String range(String benchmark, String workload) {
        List<Double> all = figures.getOrDefault(new Figure(benchmark, workload), List.of());
        return all.stream()
                .sorted()
                .map(value -> "%.1f".formatted(value / 1_000))
                .collect(Collectors.joining(", "));
    }

    // --- tables ---

    private void tellOfJudging() {
        say("%n| 1,000 wishes, 1,000 services, 50 nodes | 30 may act, p50 | all may act, p50 |");
        say("|---|---|---|");
        for (Map.Entry<String, String> each : JudgingBench.texts().entrySet()) {
            say(
                    "| %s | %.1f ms (%s) | %.1f ms (%s) |",
                    each.getValue(),
                    median(each.getKey(), "30") / 1_000,
                    range(each.getKey(), "30"),
                    median(each.getKey(), "1000") / 1_000,
                    range(each.getKey(), "1000"));
        }
    }

    private void tellOfAlerts() {
        say(
                "%n| CPU per alert, µs | raw Drools | 100 alerts a step | by raw | 1 alert a step | by raw |");
        say("|---|---|---|---|---|---|");
        for (Workload workload : Workload.values()) {
            double raw = median("fire", workload.name());
            double together = median("together", workload.name());
            double alone = median("alone", workload.name());
            say(
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |",
                    workload.text(), raw, together, together / raw, alone, alone / raw);
        }
    }

    private void tellOfGrowth() {
        say("%n| growth of CPU per alert | raw Drools | 100 alerts a step | 1 alert a step |");
        say("|---|---|---|---|");
        tellOfGrowth("100 to 10,000 services", Workload.SIMPLE_100, Workload.SIMPLE_10000);
        tellOfGrowth("10 to 1,000 rules", Workload.RULES_10, Workload.RULES_1000);
    }

    private void tellOfGrowth(String text, Workload few, Workload many) {
        say(
                "| %s | %.2f | %.2f | %.2f |",
                text,
                growth("fire", few, many),
                growth("together", few, many),
                growth("alone", few, many));
    }

    private static void say(String format, Object... values) {
        System.out.println(format.formatted(values));
    }
}
