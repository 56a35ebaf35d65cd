package io.homeostat.engine;

import io.homeostat.action.Undertaking;
import io.homeostat.guard.Decision;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one step concluded. It is committed whole, and only then are its effects released.
///
/// @param number rises by one with each turn
/// @param at the turn's instant
/// @param wallAt what the clock said
/// @param taken the inbox rows this turn has read, in their order within the turn
/// @param journalled the kinds of looks that went into it, in the order of their names
/// @param kept what memory now holds where it changed
/// @param dropped the kinds and keys that memory no longer holds
/// @param decisions what was decided
/// @param undertakings actions that were planned or whose state changed
/// @param lines what happened, for timelines
/// @param rulebook the hash of the rulebook that was consulted
/// @param code the version of the code that decided
/// @param effects the actions to carry out now
/// @param wakeAt when to look again at the latest; null when nothing is due
public record Turn(
        long number,
        Instant at,
        Instant wallAt,
        List<Long> taken,
        List<String> journalled,
        List<Memo> kept,
        List<Dropped> dropped,
        List<Decision> decisions,
        List<Undertaking> undertakings,
        List<Line> lines,
        String rulebook,
        String code,
        List<Undertaking> effects,
        @Nullable Instant wakeAt) {
    /// A record that memory no longer holds.
    public record Dropped(Class<? extends Memo> kind, String key) {}

    /// One line of a timeline.
    ///
    /// @param subject what it is about, as text
    /// @param incident the incident it belongs to; empty when none
    /// @param kind `alert`, `decision`, `approval`, `action`, `outcome`, `incident`, `cluster`,
    ///   `freeze`, `request`, `deployment`, `notice`, `rule`
    /// @param text a sentence for people
    public record Line(Instant at, String subject, String incident, String kind, String text) {}

    public Turn {
        taken = List.copyOf(taken);
        journalled = List.copyOf(journalled);
        kept = List.copyOf(kept);
        dropped = List.copyOf(dropped);
        decisions = List.copyOf(decisions);
        undertakings = List.copyOf(undertakings);
        lines = List.copyOf(lines);
        effects = List.copyOf(effects);
    }

    /// The kinds of looks that went into a step; what they changed is in the turn itself.
    static List<String> looks(List<Signal> signals) {
        SortedSet<String> kinds = new TreeSet<>();
        for (Signal signal : signals) {
            boolean changesNothing =
                    signal instanceof Signal.Ticked || signal instanceof Signal.WatcherLooked;
            if (signal instanceof Signal.Volatile && !changesNothing) {
                kinds.add(signal.getClass().getSimpleName());
            }
        }
        return List.copyOf(kinds);
    }

    /// True when committing it would change nothing.
    public boolean isEmpty() {
        return taken.isEmpty()
                && kept.isEmpty()
                && dropped.isEmpty()
                && decisions.isEmpty()
                && undertakings.isEmpty()
                && lines.isEmpty();
    }
}
