package io.homeostat.scenario;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Alert;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writes a stretch of recorded history as a scenario: what there was, what happened, and what was
/// decided and done.
public final class Recorder {
    /// So many turns are read at once.
    private static final int PAGE = 256;

    /// A longer scenario than this is no scenario any more.
    private static final int STEPS = 5_000;

    private final Past past;
    private final @Nullable Subject only;
    private final ScenarioText text = new ScenarioText();
    private final SortedMap<String, Service> services = new TreeMap<>();
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final SequencedSet<SortedMap<String, String>> decided = new LinkedHashSet<>();
    private final SortedSet<String> followed = new TreeSet<>();
    private final WorldSteps world;
    private final SignalSteps signals;

    /// @param only what it is to be about; null for everything
    public Recorder(Past past, @Nullable Subject only) {
        this.past = past;
        this.only = only;
        this.world = new WorldSteps(text, this::isWanted);
        this.signals = new SignalSteps(text, only);
    }

    /// The scenario as YAML; empty when nothing was recorded in that time.
    ///
    /// @param back how far back from the last turn
    public Optional<String> record(Duration back) throws StoreException {
        Past.Extent all = past.extent(Instant.EPOCH).orElse(null);
        Past.Extent extent = all == null ? null : past.extent(all.to().minus(back)).orElse(null);
        if (extent == null) {
            return Optional.empty();
        }
        text.begin(extent.from());
        List<Undertaking> actions = past.actionsAfter(extent.before());
        world.ours(actions);
        for (Memo memo : past.knownAfter(extent.before())) {
            if (memo instanceof Memo.Known(Fact fact)) {
                given(fact);
                world.known(fact);
                if (fact instanceof Alert alert) {
                    signals.open(alert, extent.from());
                }
                if (fact instanceof CustomFact custom) {
                    signals.tells(custom, extent.from());
                }
            }
        }
        go(extent);
        past.terms().ifPresent(terms -> text.settings(terms.limits()));
        text.given(nodes.values(), services.values());
        text.expect(decided, done(actions));
        return Optional.of(
                text.written(
                        "recorded from %s to %s%s"
                                .formatted(
                                        extent.from(),
                                        extent.to(),
                                        only == null ? "" : " about " + only),
                        extent.to()));
    }

    private void go(Past.Extent extent) throws StoreException {
        long last = extent.before();
        while (last < extent.last() && text.steps() < STEPS) {
            List<Past.Recorded> page = past.turnsAfter(last, PAGE);
            for (Past.Recorded turn : page) {
                take(turn);
            }
            last = page.isEmpty() ? extent.last() : page.getLast().number();
        }
        if (last < extent.last()) {
            text.remark("it ends early: more than %d things happened".formatted(STEPS));
        }
    }

    private void take(Past.Recorded turn) {
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Known(Fact fact)) {
                given(fact);
                world.changed(fact, turn.at());
            }
        }
        turn.dropped().stream()
                .filter(dropped -> dropped.kind() == Memo.Known.class)
                .forEach(dropped -> world.gone(Subject.parse(dropped.key()), turn.at()));
        turn.signals().forEach(signal -> signals.take(signal, turn.at()));
        signals.listed(turn);
        for (Decision decision : turn.decisions()) {
            if (decision.verdict() != Verdict.WAIT && isWanted(decision.subject())) {
                decided.add(expected(decision));
            }
        }
    }

    private boolean isWanted(Subject subject) {
        return only == null || only.equals(subject);
    }

    /// What was seen for the first time is taken to have been there from the beginning.
    private void given(Fact fact) {
        if (fact instanceof Service service && isWanted(service.subject())) {
            services.putIfAbsent(service.name(), service);
        } else if (fact instanceof Node node) {
            nodes.putIfAbsent(node.id(), node);
        } else if (fact instanceof Tracking tracking
                && isWanted(tracking.service().subject())
                && followed.add(tracking.service().name())) {
            text.remark(
                    "%s follows metrics, of which the history has no values; add 'measures'"
                            .formatted(tracking.service().name()));
        }
    }

    private static SortedMap<String, String> expected(Decision decision) {
        SortedMap<String, String> expected = new TreeMap<>();
        expected.put("rule", decision.rule());
        expected.put("subject", decision.subject().toString());
        expected.put("verdict", decision.verdict().word());
        if (decision.action() != null) {
            expected.put("action", decision.action().text());
        }
        return expected;
    }

    private List<String> done(List<Undertaking> actions) {
        List<String> done = new ArrayList<>();
        for (Undertaking undertaking : actions) {
            boolean isDone =
                    undertaking.takenAt() != null
                            && undertaking.action() instanceof Action.OnSwarm
                            && isWanted(undertaking.subject());
            if (isDone) {
                done.add(undertaking.action().text());
            }
        }
        return done;
    }

    /// A task that failed, as far as a scenario can let one.
    static boolean hasFailed(Task task) {
        return task.state() == Task.State.FAILED;
    }
}
