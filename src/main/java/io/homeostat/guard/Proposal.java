package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// One wish with all rules that wish it, and the action it would be now; what the guards judge.
///
/// @param wish what is wanted
/// @param action what it would be now; null when there is nothing to do for it, with `nothing`
///   saying why
/// @param nothing why there is no action: the code of the objection that [BoundsGuard] raises;
///   empty otherwise
/// @param wishers the rules that wish it, with what each says of itself
/// @param evidence the subjects it is wished because of
/// @param incident the incident it belongs to
/// @param openedAt when that incident began
/// @param by who wishes it: null for rules, a person's name for a request
/// @param overrides the guards whose objections that person overrides
public record Proposal(
        Wish wish,
        @Nullable Action action,
        String nothing,
        SortedMap<String, Wisher> wishers,
        SortedSet<Subject> evidence,
        String incident,
        Instant openedAt,
        @Nullable String by,
        SortedSet<String> overrides) {
    /// The guards that a person may override. Never one that keeps the cluster itself from harm.
    public static final List<String> OVERRIDABLE = List.of("pace", "rate");

    /// What a rule says of itself.
    ///
    /// @param autonomy how far it may go
    /// @param cooldown how long it leaves a subject alone; null for the default
    public record Wisher(Autonomy autonomy, @Nullable Duration cooldown) {}

    public Proposal {
        wishers = Sorted.copy(wishers);
        evidence = Sorted.copy(evidence);
        overrides = Sorted.copy(overrides);
        if (!OVERRIDABLE.containsAll(overrides)) {
            throw new IllegalArgumentException(
                    "only %s can be overridden, not %s".formatted(OVERRIDABLE, overrides));
        }
    }

    /// One that overrides nothing.
    public Proposal(
            Wish wish,
            @Nullable Action action,
            String nothing,
            SortedMap<String, Wisher> wishers,
            SortedSet<Subject> evidence,
            String incident,
            Instant openedAt,
            @Nullable String by) {
        this(
                wish,
                action,
                nothing,
                wishers,
                evidence,
                incident,
                openedAt,
                by,
                Sorted.copy(List.<String>of()));
    }

    public Subject subject() {
        return wish.subject();
    }

    /// The kind of action that is wished, also when there is nothing to do for it.
    public String kind() {
        return wish.kind();
    }

    /// True when a person wishes it.
    public boolean isRequest() {
        return by != null;
    }

    /// The rules' names, joined by `, `.
    public String rules() {
        return String.join(", ", wishers.keySet());
    }
}
