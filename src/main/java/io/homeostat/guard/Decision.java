package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A wish with its verdict. Recorded when its rules, verdict, guards or `until` change; never
/// edited.
///
/// @param id ours
/// @param at the turn's instant
/// @param incident the incident it belongs to
/// @param rule the rules that wish it, joined by `, `
/// @param wish what they wish
/// @param action what it would be, null when there is nothing to do
/// @param verdict the strictest of the objections, or allow
/// @param shadowed the verdict that would have been without the limits on autonomy; the verdict
///   itself when not in shadow
/// @param objections what every objecting guard said, in the rail's order
/// @param evidence the subjects it is wished because of
/// @param reason one sentence for people: what was decided and why, with numbers
public record Decision(
        String id,
        Instant at,
        String incident,
        String rule,
        Wish wish,
        @Nullable Action action,
        Verdict verdict,
        Verdict shadowed,
        List<Objection> objections,
        SortedSet<Subject> evidence,
        String reason) {
    public Decision {
        objections = List.copyOf(objections);
        evidence = Sorted.copy(evidence);
    }

    public Subject subject() {
        return wish.subject();
    }
}
