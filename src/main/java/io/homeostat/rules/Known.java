package io.homeostat.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The facts of an explanation by their kind, those nearest to its subject first.
final class Known {
    private final Focus focus;
    private final List<Object> all;
    private final Map<String, Map<Focus.Nearness, List<Object>>> byType = new HashMap<>();

    Known(Focus focus, Collection<?> all) {
        this.focus = focus;
        this.all = List.copyOf(all);
    }

    List<Object> all() {
        return all;
    }

    /// True when there are facts of a kind that are about the subject itself.
    boolean hasOwn(String type) {
        return !of(type).getOrDefault(Focus.Nearness.OWN, List.of()).isEmpty();
    }

    Focus focus() {
        return focus;
    }

    private Map<Focus.Nearness, List<Object>> of(String type) {
        return byType.computeIfAbsent(type.substring(type.lastIndexOf('.') + 1), this::sorted);
    }

    /// The facts of a kind that have to do with the subject.
    List<Object> near(String type) {
        List<Object> facts = new ArrayList<>(of(type).getOrDefault(Focus.Nearness.OWN, List.of()));
        facts.addAll(of(type).getOrDefault(Focus.Nearness.AROUND, List.of()));
        return facts;
    }

    /// All facts of a kind.
    List<Object> allOf(String type) {
        List<Object> facts = new ArrayList<>();
        of(type).values().forEach(facts::addAll);
        return facts;
    }

    private Map<Focus.Nearness, List<Object>> sorted(String type) {
        Map<Focus.Nearness, List<Object>> sorted = new EnumMap<>(Focus.Nearness.class);
        for (Object fact : all) {
            if (isA(fact.getClass(), type)) {
                sorted.computeIfAbsent(focus.nearness(fact), _ -> new ArrayList<>()).add(fact);
            }
        }
        return sorted;
    }

    private static boolean isA(Class<?> type, String name) {
        if (type.getSimpleName().equals(name)) {
            return true;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (isA(each, name)) {
                return true;
            }
        }
        return type.getSuperclass() != null && isA(type.getSuperclass(), name);
    }
}
