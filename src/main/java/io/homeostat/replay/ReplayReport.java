package io.homeostat.replay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a rulebook would have decided otherwise.
///
/// @param from where the replay began, which is later than asked when history does not go back as
///   far
/// @param to the instant of the last turn that was gone through
/// @param rulebook the hash of the rules that were replayed
/// @param divergences one for each incident, the oldest first
/// @param remarks what to know about these figures, in sentences
public record ReplayReport(
        Instant from,
        Instant to,
        long turns,
        long signals,
        String rulebook,
        Totals totals,
        List<Divergence> divergences,
        List<String> remarks) {
    public ReplayReport {
        divergences = List.copyOf(divergences);
        remarks = List.copyOf(remarks);
    }

    /// @param same what one rule decided on one subject in one incident, and decided again
    /// @param added what was decided in the replay only
    /// @param removed what was decided really and not in the replay
    /// @param changed what was decided otherwise
    /// @param actionsReally how many actions on the cluster were really planned
    /// @param actionsNow how many were planned in the replay
    /// @param notCompared incidents that were open when the stretch begins
    public record Totals(
            int same,
            int added,
            int removed,
            int changed,
            int actionsReally,
            int actionsNow,
            int notCompared) {}

    /// Where the replay went another way in one incident. What follows from that in the same
    /// incident is not told apart: the recorded world did not react to it.
    ///
    /// @param subject what the incident is about
    /// @param incident its ID; null when there was none really
    /// @param at when it was opened, really or in the replay
    /// @param title what was wrong
    /// @param differences the first ones, in the order of their instants
    /// @param more how many differences beside these
    /// @param really what was really done, with its outcome
    /// @param ended how the incident really ended
    /// @param resolvedAt when it was over; null when it is not, or when there was none
    public record Divergence(
            String subject,
            @Nullable String incident,
            Instant at,
            String title,
            List<Difference> differences,
            int more,
            List<String> really,
            String ended,
            @Nullable Instant resolvedAt) {
        public Divergence {
            differences = List.copyOf(differences);
            really = List.copyOf(really);
        }
    }

    /// @param kind `added`, `removed` or `changed`
    /// @param at the first decision of it
    /// @param really the verdicts that were given, in their order; empty when added
    /// @param now those that would be given; empty when removed
    public record Difference(
            String kind,
            Instant at,
            String rule,
            String subject,
            List<String> really,
            List<String> now) {
        public Difference {
            really = List.copyOf(really);
            now = List.copyOf(now);
        }
    }

    /// The same as plain values: text, numbers, lists and maps of these.
    public SequencedMap<String, @Nullable Object> plain() {
        SequencedMap<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("from", from.toString());
        plain.put("to", to.toString());
        plain.put("turns", turns);
        plain.put("signals", signals);
        plain.put("rulebook", rulebook);
        SequencedMap<String, @Nullable Object> counts = new LinkedHashMap<>();
        counts.put("same", totals.same());
        counts.put("added", totals.added());
        counts.put("removed", totals.removed());
        counts.put("changed", totals.changed());
        counts.put("actions_really", totals.actionsReally());
        counts.put("actions_now", totals.actionsNow());
        counts.put("not_compared", totals.notCompared());
        plain.put("totals", counts);
        plain.put("divergences", divergences.stream().map(ReplayReport::plain).toList());
        plain.put("remarks", remarks);
        return plain;
    }

    private static Map<String, @Nullable Object> plain(Divergence divergence) {
        SequencedMap<String, @Nullable Object> plain = new LinkedHashMap<>();
        Instant resolvedAt = divergence.resolvedAt();
        plain.put("subject", divergence.subject());
        plain.put("incident", divergence.incident());
        plain.put("at", divergence.at().toString());
        plain.put("title", divergence.title());
        plain.put(
                "differences", divergence.differences().stream().map(ReplayReport::plain).toList());
        plain.put("more", divergence.more());
        plain.put("really", divergence.really());
        plain.put("ended", divergence.ended());
        plain.put("resolved_at", resolvedAt == null ? null : resolvedAt.toString());
        return plain;
    }

    private static Map<String, @Nullable Object> plain(Difference difference) {
        SequencedMap<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("kind", difference.kind());
        plain.put("at", difference.at().toString());
        plain.put("rule", difference.rule());
        plain.put("subject", difference.subject());
        plain.put("really", difference.really());
        plain.put("now", difference.now());
        return plain;
    }
}
