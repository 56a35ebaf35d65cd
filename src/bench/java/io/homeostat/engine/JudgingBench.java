package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Draft;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Proposal;
import io.homeostat.rules.Rulebook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/// 1,000 alerts wish to scale up 1,000 services of three tasks each on 50 nodes, all at once.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JudgingBench {
    private static final int ALERTS = 1_000;
    private static final String RULE = "rule 0";
    private static final Workload WORKLOAD = Workload.SIMPLE;
    private static final Instant NOW = BenchCluster.BEGIN.plusSeconds(2);

    /// What is known before: the cluster.
    @State(Scope.Benchmark)
    public static class Known {
        /// How many actions may be taken: the default, and all.
        @Param({"30", "1000"})
        public int actions = 30;

        final Rulebook rulebook =
                BenchCluster.rulebook(
                        WORKLOAD.rules()
                                .replace(
                                        "rule \"rule 0\"",
                                        "rule \"rule 0\" @autonomy( \"auto\" )"));
        final Signal alerts =
                BenchAlert.received(
                        IntStream.range(0, ALERTS)
                                .mapToObj(each ->
                                        new BenchAlert(each, "Alert0", BenchCluster.name(each)))
                                .toList(),
                        true,
                        NOW);
        final List<Intent> intents =
                IntStream.range(0, ALERTS)
                        .mapToObj(each ->
                                new Intent(
                                        RULE,
                                        new Wish.ScaleUp(BenchCluster.name(each)),
                                        Sorted.copy(
                                                List.of(Subject.alert("%016x".formatted(each))))))
                        .toList();
        Limits limits = Limits.DEFAULT;
        List<Memo> calm = List.of();
        List<Memo> firing = List.of();

        @Setup
        public void look() {
            limits = BenchCluster.acting(actions);
            Collection<Memo> memos = new ArrayList<>();
            try (Engine engine =
                    BenchCluster.engine(BenchCluster.rulebook(""), limits, List.of())) {
                memos.addAll(
                        engine.step(
                                        List.of(),
                                        WORKLOAD.cluster().look(BenchCluster.BEGIN),
                                        BenchCluster.BEGIN)
                                .kept());
                calm = List.copyOf(memos);
                memos.addAll(engine.step(List.of(), List.of(alerts), NOW).kept());
                firing = List.copyOf(memos);
            }
        }
    }

    /// An engine that no alert has reached yet.
    @State(Scope.Thread)
    public static class Calm {
        private Engine engine =
                BenchCluster.engine(BenchCluster.rulebook(""), Limits.DEFAULT, List.of());

        @Setup(Level.Invocation)
        public void begin(Known known) {
            engine.close();
            engine = BenchCluster.engine(known.rulebook, known.limits, known.calm);
            engine.step(List.of(), BenchCluster.sight(NOW), NOW);
        }

        @TearDown
        public void end() {
            engine.close();
        }
    }

    /// An engine in which all of them have been decided on.
    @State(Scope.Thread)
    public static class Decided {
        private Engine engine =
                BenchCluster.engine(BenchCluster.rulebook(""), Limits.DEFAULT, List.of());
        private Instant now = NOW;

        @Setup
        public void begin(Known known) {
            engine = BenchCluster.engine(known.rulebook, known.limits, known.calm);
            engine.step(List.of(), BenchCluster.sight(NOW), NOW);
            Turn turn = engine.step(List.of(), List.of(known.alerts), NOW);
            if (turn.decisions().size() != ALERTS || turn.effects().size() != known.actions) {
                throw new IllegalStateException(
                        "%d decisions, %d actions"
                                .formatted(turn.decisions().size(), turn.effects().size()));
            }
        }

        @TearDown
        public void end() {
            engine.close();
        }
    }

    /// Memory alone, in which the alerts are known and nothing has been decided.
    @State(Scope.Thread)
    public static class Remembered {
        private Memory memory = Memory.of(new Journal.Recovered(1, NOW, List.of()));
        private final List<Proposal> proposals = new ArrayList<>();
        private List<Present> presents = List.of();
        private Judging judging = judging(memory, Limits.DEFAULT);

        @Setup(Level.Invocation)
        public void begin(Known known) {
            memory = Memory.of(new Journal.Recovered(1, NOW, known.firing));
            memory.beginTurn(NOW);
            judging = judging(memory, known.limits);
            Present present = new Present(memory, known.limits, NOW);
            presents = List.of(present);
            proposals.clear();
            for (Intent intent : known.intents) {
                Draft draft = Draft.of(intent.wish(), present);
                proposals.add(
                        new Proposal(
                                intent.wish(),
                                draft.action(),
                                draft.nothing(),
                                Sorted.copy(Map.of(RULE, wisher(RULE))),
                                intent.evidence(),
                                "i1",
                                NOW,
                                null));
            }
        }

        private static Proposal.Wisher wisher(String rule) {
            return new Proposal.Wisher(Autonomy.AUTO, null);
        }

        private static Judging judging(Memory memory, Limits limits) {
            return new Judging(
                    memory,
                    limits,
                    GuardRail.standard(),
                    new Approvals(memory, limits),
                    new Priorities(memory, Remembered::wisher, new OwnReplicas(memory, limits)),
                    new RuleRecords(memory, Collections::emptySortedMap));
        }
    }

    /// The guard rail alone: nothing is remembered of its verdicts, so all are allowed.
    @Benchmark
    public void rail(Remembered remembered, Blackhole hole) {
        GuardRail rail = GuardRail.standard();
        for (Proposal proposal : remembered.proposals) {
            Decision decision = rail.judge(proposal, remembered.presents.getFirst(), "d1");
            hole.consume(decision);
        }
    }

    /// All that is between what rules wish and what is planned, each counting against the next.
    @Benchmark
    public Object judging(Known known, Remembered remembered) {
        return remembered.judging.judge(known.intents, List.of(), NOW);
    }

    /// The step in which all of the alerts come.
    @Benchmark
    public Turn step(Known known, Calm calm) {
        return calm.engine.step(List.of(1L), List.of(known.alerts), NOW);
    }

    /// A later step, in which all of them stand and are judged again.
    @Benchmark
    public Turn again(Decided decided) {
        decided.now = decided.now.plusMillis(1);
        return decided.engine.step(List.of(), List.of(new Signal.Ticked()), decided.now);
    }

    /// As many as are judged in each of these.
    static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("rail", "the guard rail alone");
        texts.put("judging", "judging: order, rail, record, plan");
        texts.put("step", "the whole step in which the alerts come");
        texts.put("again", "a later step in which all of them stand");
        return texts;
    }
}
