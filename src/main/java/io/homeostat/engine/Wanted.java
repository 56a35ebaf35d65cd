package io.homeostat.engine;

import io.homeostat.action.Wish;
import io.homeostat.fact.Request;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Proposal;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A wish, with all who have it.
///
/// @param wishers the rules that wish it, or the person, with what they say of themselves
/// @param evidence the subjects it is wished because of
/// @param request the person's request; null when rules wish it
record Wanted(
        Wish wish,
        SortedMap<String, Proposal.Wisher> wishers,
        SortedSet<Subject> evidence,
        @Nullable Request request) {
    /// What a rule that objects to it names: the wish, or the request.
    String about() {
        return request == null ? wish.text() : request.subject().toString();
    }

    String key() {
        return request == null ? wish.text() : request.subject() + " " + wish.text();
    }
}
