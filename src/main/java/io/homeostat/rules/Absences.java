package io.homeostat.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whether one fact must be there and must not be: `Task( running ) not Task()`.
final class Absences {
    private Absences() {}

    static Optional<Contradiction> contradiction(Case now) {
        for (Case.Absence absence : now.absences()) {
            for (Case.Fact fact : now.facts()) {
                if (fact.type() == absence.fact().type() && allHold(now, absence, fact)) {
                    Token not =
                            absence.claims().isEmpty()
                                    ? absence.at()
                                    : absence.claims().getFirst().at();
                    return Optional.of(new Contradiction(fact.at(), not));
                }
            }
        }
        return Optional.empty();
    }

    /// A claim holds when its opposite cannot.
    private static boolean allHold(Case now, Case.Absence absence, Case.Fact fact) {
        String from = absence.fact().key();
        for (Claim claim : absence.claims()) {
            Claim here = claim.renamed(place -> Case.moved(place, from, fact.key()));
            for (Claim opposite : opposites(here)) {
                List<Claim> claims = new ArrayList<>(now.claims());
                claims.add(opposite);
                Map<String, Case.Place> places = new TreeMap<>(now.places());
                now.places()
                        .forEach((key, place) ->
                                places.putIfAbsent(Case.moved(key, from, fact.key()), place));
                boolean isImpossible =
                        new Reasoning(claims, places, now.facts()).contradiction().isPresent();
                if (!isImpossible) {
                    return false;
                }
            }
        }
        return true;
    }

    /// What may be so when a claim does not hold.
    private static List<Claim> opposites(Claim claim) {
        return switch (claim) {
            case Claim.Is is -> List.of(new Claim.Is(is.place(), is.value(), !is.holds(), is.at()));
            case Claim.OneOf one ->
                    List.of(new Claim.OneOf(one.place(), one.values(), !one.holds(), one.at()));
            case Claim.Limit limit ->
                    List.of(
                            new Claim.Is(limit.place(), null, true, limit.at()),
                            new Claim.Limit(
                                    limit.place(),
                                    limit.order().opposite(),
                                    limit.number(),
                                    limit.at()));
            case Claim.Related relation when relation.order() == Claim.Order.SAME ->
                    List.of(
                            new Claim.Related(
                                    relation.place(),
                                    Claim.Order.OTHER,
                                    relation.other(),
                                    relation.at()));
            case Claim.Related _, Claim.Fits _, Claim.Undecided _ -> List.of(claim);
        };
    }
}
