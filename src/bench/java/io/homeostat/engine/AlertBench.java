package io.homeostat.engine;

import io.homeostat.guard.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// An alert's whole life in the engine: a step that takes it in and decides in shadow, and a step
/// in which it ends. The clock goes on by a second a step.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AlertBench {
    static final int TOGETHER = 100;

    @Param("SIMPLE")
    public Workload workload = Workload.SIMPLE;

    private Engine engine =
            BenchCluster.engine(BenchCluster.rulebook(""), Limits.DEFAULT, List.of());
    private Instant now = BenchCluster.BEGIN;
    private long number;

    @Setup
    public void begin() {
        engine =
                BenchCluster.engine(
                        BenchCluster.rulebook(workload.rules()), Limits.DEFAULT, List.of());
        engine.step(List.of(), workload.cluster().look(now), now);
        Turn turn = step(List.of(workload.alert(0)), true);
        if (turn.decisions().size() != 1) {
            throw new IllegalStateException("the alert was not decided on: " + turn);
        }
        step(List.of(workload.alert(0)), false);
    }

    @TearDown
    public void end() {
        engine.close();
    }

    @Benchmark
    public Turn alone() {
        List<BenchAlert> alerts = List.of(workload.alert(number++));
        step(alerts, true);
        return step(alerts, false);
    }

    @Benchmark
    @OperationsPerInvocation(TOGETHER)
    public Turn together() {
        List<BenchAlert> alerts =
                LongStream.range(number, number + TOGETHER).mapToObj(workload::alert).toList();
        number += TOGETHER;
        step(alerts, true);
        return step(alerts, false);
    }

    private Turn step(List<BenchAlert> alerts, boolean firing) {
        now = now.plus(Duration.ofSeconds(1));
        return engine.step(List.of(1L), List.of(BenchAlert.received(alerts, firing, now)), now);
    }
}
