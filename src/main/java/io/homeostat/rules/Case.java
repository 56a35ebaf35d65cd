package io.homeostat.rules;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One way in which a rule's conditions can hold, its `or` decided: which facts, and what is
/// claimed of them.
final class Case {
    private final List<Claim> claims;
    private final Map<String, Place> names;
    private final Map<String, Place> places;
    private final List<Fact> facts;
    private final List<Absence> absences;

    /// @param key the place's name: `0.service.name`
    record Place(String key, Type type, boolean isNullable) {
        Class<?> raw() {
            return Types.raw(type);
        }
    }

    record Fact(String key, Class<?> type, Token at) {}

    /// No fact of a type of which all these claims hold.
    record Absence(Fact fact, List<Claim> claims, Token at) {}

    /// A place of one fact as that of another: `3.name` as `0.name`.
    static String moved(String place, String from, String to) {
        boolean isOf =
                place.startsWith(from)
                        && (place.length() == from.length()
                                || ".[".indexOf(place.charAt(from.length())) >= 0);
        return isOf ? to + place.substring(from.length()) : place;
    }

    Case() {
        this(
                new ArrayList<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    private Case(
            List<Claim> claims,
            Map<String, Place> names,
            Map<String, Place> places,
            List<Fact> facts,
            List<Absence> absences) {
        this.claims = claims;
        this.names = names;
        this.places = places;
        this.facts = facts;
        this.absences = absences;
    }

    Case copy() {
        return new Case(
                new ArrayList<>(claims),
                new TreeMap<>(names),
                new TreeMap<>(places),
                new ArrayList<>(facts),
                new ArrayList<>(absences));
    }

    List<Claim> claims() {
        return claims;
    }

    /// What the rule's names stand for.
    Map<String, Place> names() {
        return names;
    }

    /// All places that are spoken of, by name.
    Map<String, Place> places() {
        return places;
    }

    List<Fact> facts() {
        return facts;
    }

    List<Absence> absences() {
        return absences;
    }

    boolean isDecided() {
        return claims.stream().noneMatch(Claim.Undecided.class::isInstance);
    }
}
