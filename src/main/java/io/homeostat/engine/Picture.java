package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Freeze;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What the engine held to be true after its last committed turn: immutable, for everybody who only
/// looks.
///
/// @param turn the number of that turn
/// @param at its instant; null before the first
/// @param facts all facts, in the order of their kinds and subjects
/// @param accounts how each open alert is accounted for, in one word, by fingerprint
/// @param incidents the incidents that are not over
/// @param unsettled the actions without an outcome
/// @param approvals the questions to people that are open or answered, of incidents that are not
///   over
/// @param intents what the rules wish
/// @param records what came of each version of each rule, by rule and version: `name/version`
/// @param rulebook the hash of the rulebook
/// @param putAside rules that threw, with what they threw
/// @param alertsWantedAt somebody waits for a look at Alertmanager's list that begins after this;
///   null when nobody does
/// @param lagMillis how long the oldest signal of that turn had waited
public record Picture(
        long turn,
        @Nullable Instant at,
        List<Fact> facts,
        SortedMap<String, String> accounts,
        List<Incident> incidents,
        List<Undertaking> unsettled,
        List<Freeze> freezes,
        List<Asked> approvals,
        SortedSet<Intent> intents,
        SortedMap<String, RuleStanding> records,
        String rulebook,
        SortedMap<String, String> putAside,
        @Nullable Instant alertsWantedAt,
        long lagMillis) {
    /// A question to people.
    ///
    /// @param now what its wish was judged to be last; null when nothing wishes it at the moment
    public record Asked(Approval approval, @Nullable Decision now) {}

    /// What is held to be true before anything was looked at.
    static final Picture NOTHING =
            new Picture(
                    0,
                    null,
                    List.of(),
                    Collections.emptySortedMap(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Collections.emptySortedSet(),
                    Collections.emptySortedMap(),
                    "",
                    Collections.emptySortedMap(),
                    null,
                    0);

    public Picture {
        facts = List.copyOf(facts);
        accounts = Sorted.copy(accounts);
        incidents = List.copyOf(incidents);
        unsettled = List.copyOf(unsettled);
        freezes = List.copyOf(freezes);
        approvals = List.copyOf(approvals);
        intents = Sorted.copy(intents);
        putAside = Sorted.copy(putAside);
    }

    /// The same, after a turn that changed nothing.
    Picture lagging(long millis) {
        return new Picture(
                turn,
                at,
                facts,
                accounts,
                incidents,
                unsettled,
                freezes,
                approvals,
                intents,
                records,
                rulebook,
                putAside,
                alertsWantedAt,
                millis);
    }
}
