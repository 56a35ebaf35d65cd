package io.homeostat.replay;

import io.homeostat.engine.Past;
import io.homeostat.engine.StoreException;
import io.homeostat.rules.RuleFault;
import io.homeostat.rules.RuleThrew;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Lets a rulebook decide on recorded history, and compares. It belongs to no thread, changes
/// nothing, and says the same every time.
public final class Replay {
    /// So many turns are read at once.
    private static final int PAGE = 256;

    private final Past past;
    private final Rulebook rulebook;

    private Replay(Past past, Rulebook rulebook) {
        this.past = past;
        this.rulebook = rulebook;
    }

    /// @param rules file names, relative to the directory of rules, and their texts
    /// @throws ReplayFault when they are not sound
    public static Replay of(Past past, SortedMap<String, String> rules) throws ReplayFault {
        Rulebook rulebook = Rulebook.compile(rules);
        List<RuleFault> errors =
                rulebook.faults().stream()
                        .filter(fault -> fault.severity() == RuleFault.Severity.ERROR)
                        .toList();
        if (!errors.isEmpty()) {
            throw new ReplayFault(
                    "the rules are not sound, so nothing was replayed:\n"
                            + errors.stream()
                                    .map(RuleFault::text)
                                    .collect(Collectors.joining("\n")));
        }
        if (rulebook.rules().isEmpty()) {
            throw new ReplayFault("there are no rules to replay");
        }
        return new Replay(past, rulebook);
    }

    /// Goes through the last turns.
    ///
    /// @param back how far back from the last turn
    public ReplayReport run(Duration back, Progress progress) throws StoreException, ReplayFault {
        Past.Extent all = past.extent(Instant.EPOCH).orElseThrow(Replay::nothing);
        return run(all.to().minus(back), progress);
    }

    private static ReplayFault nothing() {
        return new ReplayFault("nothing is recorded yet that could be replayed");
    }

    /// Goes through all turns from this instant on.
    public ReplayReport run(Instant since, Progress progress) throws StoreException, ReplayFault {
        Past.Extent extent =
                past.extent(since)
                        .orElseThrow(() ->
                                new ReplayFault(
                                        "nothing was recorded since %s that could be replayed"
                                                .formatted(since)));
        Past.Terms terms =
                past.terms()
                        .orElseThrow(() ->
                                new ReplayFault(
                                        "the limits that decided were not recorded; start this Homeostat on the data directory once"));
        RecordedActions actions = new RecordedActions(past.actionsAfter(extent.before()));
        Comparison comparison =
                new Comparison(extent.from(), past.incidentsSince(extent.from()), actions);
        try (Rehearsal rehearsal =
                new Rehearsal(
                        rulebook,
                        terms,
                        past.knownAfter(extent.before()),
                        extent,
                        actions,
                        comparison)) {
            return run(since, extent, rehearsal, comparison, progress);
        } catch (RuleThrew threw) {
            throw new ReplayFault(
                    "rule \"%s\" threw, so the replay ended: %s"
                            .formatted(threw.rule(), threw.getMessage()),
                    threw);
        }
    }

    private ReplayReport run(
            Instant since,
            Past.Extent extent,
            Rehearsal rehearsal,
            Comparison comparison,
            Progress progress)
            throws StoreException {
        long last = extent.before();
        Instant to = extent.from();
        long turns = 0;
        long signals = 0;
        boolean goOn = progress.goOn(0, extent.turns());
        while (goOn && last < extent.last()) {
            List<Past.Recorded> page = past.turnsAfter(last, PAGE);
            for (Past.Recorded turn : page) {
                if (turn.number() > extent.last()) {
                    break;
                }
                rehearsal.go(turn);
                turn.decisions().forEach(comparison::really);
                to = turn.at();
                signals += turn.signals().size();
                turns++;
            }
            last = page.isEmpty() ? extent.last() : page.getLast().number();
            goOn = progress.goOn(turns, extent.turns());
        }
        boolean whole = turns >= extent.turns();
        return new ReplayReport(
                extent.from(),
                to,
                turns,
                signals,
                rulebook.hash(),
                comparison.totals(),
                comparison.divergences(),
                remarks(since, extent, whole, comparison));
    }

    private static List<String> remarks(
            Instant since, Past.Extent extent, boolean whole, Comparison comparison) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "The recorded world does not react: after its first difference an incident shows what the rules would have wished in the world as it was.");
        if (extent.from().isAfter(since)) {
            remarks.add("History that can be replayed begins at %s.".formatted(extent.from()));
        }
        if (!whole) {
            remarks.add("The replay was ended before the end of history.");
        }
        int notCompared = comparison.totals().notCompared();
        if (notCompared > 0) {
            remarks.add(
                    "%d incidents were open when it begins and are not compared."
                            .formatted(notCompared));
        }
        return remarks;
    }
}
