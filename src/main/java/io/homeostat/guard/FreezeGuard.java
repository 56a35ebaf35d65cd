package io.homeostat.guard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person froze waits until the last freeze on it ends.
final class FreezeGuard implements Guard {
    static final String NAME = "freeze";
    static final String FROZEN = "frozen";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        List<Freeze> stopping =
                situation.freezes().stream()
                        .filter(freeze -> freeze.until().isAfter(situation.now()))
                        .filter(freeze -> stops(freeze, proposal))
                        .sorted(Comparator.comparing(Freeze::until).thenComparing(Freeze::id))
                        .toList();
        if (stopping.isEmpty()) {
            return Optional.empty();
        }
        Instant until = stopping.getLast().until();
        return Optional.of(
                Objection.waiting(
                        NAME,
                        FROZEN,
                        stopping.stream().map(Freeze::text).collect(Collectors.joining("; ")),
                        "it is thawed (%s), or %s comes"
                                .formatted(
                                        stopping.stream()
                                                .map(Freeze::id)
                                                .collect(Collectors.joining(", ")),
                                        Wording.clock(until)),
                        until));
    }

    /// One frozen rule stops the wish also when others wish the same: who froze it did not want
    /// this done.
    private static boolean stops(Freeze freeze, Proposal proposal) {
        String kind = proposal.kind();
        String subject = proposal.subject().toString();
        return freeze.stops(kind, subject, "")
                || proposal.wishers().keySet().stream()
                        .anyMatch(rule -> freeze.stops(kind, subject, rule));
    }
}
