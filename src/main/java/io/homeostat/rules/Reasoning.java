package io.homeostat.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out whether claims can hold at once.
///
/// When it says that they cannot, they cannot. When it says nothing they may still not: [#isSure()]
/// tells whether it has understood all of them.
final class Reasoning {
    /// By which field facts of a type are told apart: there is one fact of each.
    private static final Map<String, String> KEYS =
            Map.of(
                    "Service", ".name",
                    "Node", ".id",
                    "Task", ".id",
                    "Alert", ".fingerprint",
                    "Request", ".id",
                    "Watcher", ".name",
                    "Calendar", "");

    private final List<Claim> claims;
    private final Map<String, Case.Place> places;
    private final List<Case.Fact> facts;
    private final Map<String, String> same = new TreeMap<>();

    Reasoning(List<Claim> claims, Map<String, Case.Place> places, List<Case.Fact> facts) {
        this.claims = claims;
        this.places = places;
        this.facts = facts;
        unite();
    }

    static Reasoning about(Case one) {
        return new Reasoning(one.claims(), one.places(), one.facts());
    }

    Optional<Contradiction> contradiction() {
        Map<String, List<Claim>> domains = domains();
        for (int round = 0; round < 3; round++) {
            for (Map.Entry<String, List<Claim>> domain : domains.entrySet()) {
                Optional<Contradiction> found =
                        new Domain(places.get(domain.getKey()), domain.getValue()).contradiction();
                if (found.isPresent()) {
                    return found;
                }
            }
            carryLimits(domains);
        }
        return relations();
    }

    /// True when claims without a contradiction can hold for sure.
    boolean isSure() {
        boolean isPlain = claims.stream().noneMatch(claim -> claim instanceof Claim.Undecided);
        Set<List<String>> related = new HashSet<>();
        for (Claim claim : claims) {
            if (claim instanceof Claim.Related relation && relation.order() != Claim.Order.SAME) {
                isPlain &= related.add(List.of(root(relation.place()), root(relation.other())));
            }
        }
        return isPlain
                && related.size() < 2
                && domains().values().stream().allMatch(Domain::isUnderstood);
    }

    private void unite() {
        claims.forEach(claim -> {
            if (claim instanceof Claim.Related relation && relation.order() == Claim.Order.SAME) {
                unite(relation.place(), relation.other());
            }
        });
        int before;
        do {
            before = same.size();
            sameFacts();
            sameFields();
        } while (same.size() > before);
    }

    /// Facts of one type and one key are one fact.
    private void sameFacts() {
        Map<String, String> first = new TreeMap<>();
        for (Case.Fact fact : facts) {
            String type = fact.type().getSimpleName();
            String field = KEYS.get(type);
            String key = field == null ? "" : identity(fact.key() + field, field.isEmpty());
            if (!key.isEmpty()) {
                String other = first.putIfAbsent(type + " " + key, fact.key());
                if (other != null) {
                    unite(other, fact.key());
                }
            }
        }
    }

    private String identity(String place, boolean isOnly) {
        if (isOnly) {
            return "only";
        }
        String root = root(place);
        for (Claim claim : claims) {
            if (claim instanceof Claim.Is is
                    && is.holds()
                    && is.value() != null
                    && root(is.place()).equals(root)) {
                return "=" + is.value();
            }
        }
        boolean isSpokenOf =
                claims.stream()
                        .anyMatch(claim ->
                                claim instanceof Claim.Related relation
                                        && relation.order() == Claim.Order.SAME
                                        && (root(relation.place()).equals(root)
                                                || root(relation.other()).equals(root)));
        return isSpokenOf || same.containsKey(place) ? root : "";
    }

    /// What is one has one value in each field.
    private void sameFields() {
        for (String place : spokenOf()) {
            for (int end = 1; end < place.length(); end++) {
                boolean isCut = place.charAt(end) == '.' || place.charAt(end) == '[';
                String head = place.substring(0, end);
                if (isCut && !root(head).equals(head)) {
                    unite(root(head) + place.substring(end), place);
                }
            }
        }
    }

    private Set<String> spokenOf() {
        Set<String> all = new TreeSet<>(places.keySet());
        for (Claim claim : claims) {
            claim.renamed(place -> {
                all.add(place);
                return place;
            });
        }
        return all;
    }

    private String root(String place) {
        String at = place;
        while (same.containsKey(at)) {
            at = same.get(at);
        }
        return at;
    }

    private void unite(String one, String other) {
        String a = root(one);
        String b = root(other);
        if (!a.equals(b)) {
            boolean keepsFirst = places.containsKey(a) || !places.containsKey(b);
            same.put(keepsFirst ? b : a, keepsFirst ? a : b);
        }
    }

    private Map<String, List<Claim>> domains() {
        Map<String, List<Claim>> domains = new TreeMap<>();
        for (Claim claim : claims) {
            String place =
                    switch (claim) {
                        case Claim.Is is -> is.place();
                        case Claim.OneOf one -> one.place();
                        case Claim.Limit limit -> limit.place();
                        case Claim.Fits fits -> fits.place();
                        case Claim.Related _, Claim.Undecided _ -> null;
                    };
            if (place != null) {
                domains.computeIfAbsent(root(place), _ -> new ArrayList<>()).add(claim);
            }
        }
        return domains;
    }

    /// Of `a < b` and `b < 3` follows `a < 3`.
    private void carryLimits(Map<String, List<Claim>> domains) {
        for (Claim claim : claims) {
            if (claim instanceof Claim.Related relation && relation.order() != Claim.Order.OTHER) {
                carry(relation, domains);
                carry(turned(relation), domains);
            }
        }
    }

    private static Claim.Related turned(Claim.Related relation) {
        String place = relation.other();
        String other = relation.place();
        return new Claim.Related(place, relation.order().turned(), other, relation.at());
    }

    private void carry(Claim.Related relation, Map<String, List<Claim>> domains) {
        boolean isLess = relation.order().results().contains(-1);
        boolean isStrict = !relation.order().results().contains(0);
        List<Claim> more = new ArrayList<>();
        for (Claim claim : domains.getOrDefault(root(relation.other()), List.of())) {
            Claim.Limit limit = limit(claim, isLess);
            if (limit != null
                    && limit.order().results().contains(isLess ? -1 : 1)
                    && relation.order() != Claim.Order.SAME) {
                boolean strict = isStrict || !limit.order().results().contains(0);
                Claim.Order less = strict ? Claim.Order.LESS : Claim.Order.LESS_OR_SAME;
                Claim.Order order = isLess ? less : less.turned();
                more.add(new Claim.Limit(relation.place(), order, limit.number(), relation.at()));
            }
        }
        List<Claim> own = domains.computeIfAbsent(root(relation.place()), _ -> new ArrayList<>());
        more.stream().filter(claim -> !own.contains(claim)).forEach(own::add);
    }

    private static Claim.@Nullable Limit limit(Claim claim, boolean isLess) {
        if (claim instanceof Claim.Limit limit) {
            return limit;
        }
        boolean isNumber =
                claim instanceof Claim.Is is && is.holds() && is.value() instanceof BigDecimal;
        return isNumber && claim instanceof Claim.Is(String place, Object value, _, Token at)
                ? new Claim.Limit(
                        place,
                        isLess ? Claim.Order.LESS_OR_SAME : Claim.Order.MORE_OR_SAME,
                        (BigDecimal) value,
                        at)
                : null;
    }

    private Optional<Contradiction> relations() {
        Map<List<String>, Set<Integer>> possible = new HashMap<>();
        Map<List<String>, Token> first = new HashMap<>();
        for (Claim claim : claims) {
            if (claim instanceof Claim.Related relation) {
                String a = root(relation.place());
                String b = root(relation.other());
                boolean turns = a.compareTo(b) > 0;
                List<String> pair = turns ? List.of(b, a) : List.of(a, b);
                Claim.Order order = turns ? relation.order().turned() : relation.order();
                Set<Integer> results =
                        possible.computeIfAbsent(
                                pair,
                                _ -> new HashSet<>(a.equals(b) ? Set.of(0) : Set.of(-1, 0, 1)));
                results.retainAll(order.results());
                Token earlier = first.putIfAbsent(pair, relation.at());
                if (results.isEmpty()) {
                    Token one = earlier == null ? relation.at() : earlier;
                    return Optional.of(new Contradiction(one, relation.at()));
                }
            }
        }
        return Optional.empty();
    }
}
