package io.homeostat.diagnosis;

import io.homeostat.fact.Sorted;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// An ailment of a service as it shows now.
///
/// @param name what ails it: `CrashLoop`
/// @param service the service's name
/// @param since when it began, as far as the facts tell
/// @param labels what rules may go by: `severity`, `cause`, perhaps `change` and `node`; without
///   measured numbers, so that they change only with what is wrong
/// @param summary what is wrong, in a sentence without measured numbers
/// @param evidence what it was told by, a sentence each
public record Symptom(
        String name,
        String service,
        Instant since,
        SortedMap<String, String> labels,
        String summary,
        List<String> evidence) {
    public static final String CRITICAL = "critical";
    public static final String WARNING = "warning";

    /// Whose change it began after, where that can be taken back: `deployment` or `person`.
    public static final String CHANGE = "change";

    public static final String CAUSE = "cause";
    public static final String SEVERITY = "severity";

    /// The node that it is confined to, by ID.
    public static final String NODE = "node";

    public Symptom {
        labels = Sorted.copy(labels);
        evidence = List.copyOf(evidence);
    }
}
