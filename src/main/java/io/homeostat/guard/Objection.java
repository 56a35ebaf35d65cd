package io.homeostat.guard;

import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Why one guard does not simply allow an action.
///
/// @param guard the guard's name: `bounds`
/// @param verdict what it says instead of allow
/// @param code the kind of reason, stable for machines: `at-max`
/// @param reason the reason in a sentence, with its numbers
/// @param change what would have to change, in a sentence
/// @param until when the guard will no longer object; null when that depends on something else than
///   time
/// @param evidence the subjects it rests on
public record Objection(
        String guard,
        Verdict verdict,
        String code,
        String reason,
        String change,
        @Nullable Instant until,
        SortedSet<Subject> evidence) {
    public Objection {
        if (verdict == Verdict.ALLOW) {
            throw new IllegalArgumentException("an objection cannot allow: " + code);
        }
        evidence = Sorted.copy(evidence);
    }

    static Objection of(
            String guard,
            Verdict verdict,
            String code,
            String reason,
            String change,
            Subject... evidence) {
        return new Objection(guard, verdict, code, reason, change, null, sorted(List.of(evidence)));
    }

    static Objection waiting(
            String guard,
            String code,
            String reason,
            String change,
            Instant until,
            Subject... evidence) {
        return new Objection(
                guard, Verdict.WAIT, code, reason, change, until, sorted(List.of(evidence)));
    }

    private static SortedSet<Subject> sorted(Collection<Subject> subjects) {
        return Sorted.copy(subjects);
    }
}
