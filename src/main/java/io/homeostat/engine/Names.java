package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Unsolved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds what people mean by a name: a service or task as Docker shows it, a node's hostname, an
/// alert's name, or the beginning of an ID or fingerprint.
public final class Names {
    /// Shorter beginnings of IDs could be anything.
    private static final int PREFIX = 4;

    private static final int OFFERED = 5;

    private final List<Known> known = new ArrayList<>();

    /// @param exact all that it is called
    /// @param ids those of which the beginning will do
    private record Known(Subject subject, String shown, List<String> exact, List<String> ids) {}

    /// Nothing or several things have that name; the message says which there are.
    public static final class NotOne extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean several;

        private NotOne(String message, boolean several) {
            super(message);
            this.several = several;
        }

        static NotOne rule(String text, boolean several, List<String> near) {
            return new NotOne(
                    "%s has '%s' in its name; %s"
                            .formatted(
                                    several ? "more than one rule" : "no rule",
                                    text,
                                    near.isEmpty()
                                            ? "there is no rule at all"
                                            : (several ? "they are " : "nearest are ")
                                                    + quoted(near)),
                    several);
        }

        private static String quoted(List<String> names) {
            return '"' + String.join("\", \"", names) + '"';
        }

        /// True when there are several; false when there is nothing.
        public boolean isSeveral() {
            return several;
        }
    }

    public Names(Collection<? extends Fact> facts) {
        for (Fact fact : facts) {
            switch (fact) {
                case Service service ->
                        add(service, "", List.of(service.name(), service.id()), service.id());
                case Node node ->
                        add(node, node.hostname(), List.of(node.id(), node.hostname()), node.id());
                case Task task -> addTask(task);
                case Alert alert ->
                        add(
                                alert,
                                "%s about %s".formatted(alert.name(), alert.about()),
                                List.of(alert.fingerprint(), alert.name()),
                                alert.fingerprint());
                case Unsolved _ -> {}
                // Who names a service means the service, not what its metrics ask for.
                case Tracking _ -> {}
                case Fact other -> {
                    String name = other.subject().name();
                    add(other, "", List.of(name), name);
                }
            }
        }
    }

    private void add(Fact fact, String more, List<String> exact, String... ids) {
        String shown = (fact.subject() + " " + more).strip();
        known.add(new Known(fact.subject(), shown, exact, List.of(ids)));
    }

    /// Docker shows a task as `shop_api.2.ID`, and one of a global service as `shop_api.NODE.ID`.
    private void addTask(Task task) {
        String place = task.slot() == null ? task.node() : task.slot().toString();
        String whole = "%s.%s.%s".formatted(task.service(), place, task.id());
        List<String> exact = new ArrayList<>(List.of(task.id(), whole));
        if (task.running()) {
            exact.add(task.service() + "." + place);
        }
        add(task, "of " + task.service(), exact, task.id(), whole);
    }

    /// @param text as people write it; with the kind before it (`node/worker1`) only of that kind
    /// @param only the kind that is meant whatever is written before it; null for any
    public Subject find(String text, Subject.@Nullable Kind only) throws NotOne {
        String name = text.strip();
        Subject.Kind kind = only;
        int slash = name.indexOf('/');
        if (slash > 0) {
            Optional<Subject.Kind> written = kind(name.substring(0, slash));
            if (written.isPresent()) {
                kind = written.get();
                name = name.substring(slash + 1);
            }
        }
        SortedMap<Subject, String> exact = new TreeMap<>();
        SortedMap<Subject, String> begun = new TreeMap<>();
        for (Known each : known) {
            if (kind != null && each.subject().kind() != kind) {
                continue;
            }
            if (each.exact().contains(name)) {
                exact.put(each.subject(), each.shown());
            } else if (name.length() >= PREFIX && each.ids().stream().anyMatch(begins(name))) {
                begun.put(each.subject(), each.shown());
            }
        }
        SortedMap<Subject, String> found = exact.isEmpty() ? begun : exact;
        if (found.size() == 1) {
            return found.firstKey();
        }
        throw found.isEmpty() ? nothing(text, name, kind) : several(text, found);
    }

    private static Predicate<String> begins(String name) {
        return id -> id.startsWith(name);
    }

    private static Optional<Subject.Kind> kind(String word) {
        for (Subject.Kind kind : Subject.Kind.values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static NotOne several(String text, SortedMap<Subject, String> found) {
        List<String> shown = found.values().stream().limit(OFFERED).toList();
        int more = found.size() - shown.size();
        return new NotOne(
                "'%s' can be each of %d: %s%s; write which, as '%s'"
                        .formatted(
                                text,
                                found.size(),
                                String.join(", ", shown),
                                more == 0 ? "" : " and %d more".formatted(more),
                                found.firstKey()),
                true);
    }

    private NotOne nothing(String text, String name, Subject.@Nullable Kind kind) {
        SortedMap<String, String> names = new TreeMap<>();
        for (Known each : known) {
            if (kind == null || each.subject().kind() == kind) {
                each.exact().forEach(called -> names.putIfAbsent(called, each.shown()));
            }
        }
        List<String> near =
                nearest(name, names.keySet()).stream()
                        .map(called -> names.getOrDefault(called, called))
                        .distinct()
                        .toList();
        String what = kind == null ? "nothing" : "no " + kind.word();
        return new NotOne(
                "%s is known by '%s' now; %s"
                        .formatted(
                                what,
                                text,
                                near.isEmpty()
                                        ? "/api/v1/facts lists what is"
                                        : "nearest are " + String.join(", ", near)),
                false);
    }

    /// The names that look most like one, nearest first.
    static List<String> nearest(String name, Collection<String> names) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return names.stream()
                .sorted(
                        Comparator.comparingInt((String each) -> distance(wanted, each))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(OFFERED)
                .toList();
    }

    /// How many letters have to be changed; less when one is part of the other.
    private static int distance(String wanted, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        if (other.contains(wanted) || wanted.contains(other)) {
            return Math.abs(other.length() - wanted.length()) / 4;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = corner + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
