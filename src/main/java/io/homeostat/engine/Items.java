package io.homeostat.engine;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Objection;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The fields that the API promises of each kind of record, as plain values: text, numbers, lists
/// and maps of these. Whoever keeps a journal writes them as JSON.
public final class Items {
    /// The kinds of records that can be listed, with the fields one may filter by.
    public static final Map<String, SortedSet<String>> FILTERS =
            Map.of(
                    "decision", sorted("incident", "rule", "subject", "verdict"),
                    "action", sorted("incident", "kind", "rule", "state", "subject"),
                    "incident", sorted("state", "subject"),
                    "line", sorted("incident", "kind", "subject"));

    /// How many items one page has at most.
    public static final int MOST = 1_000;

    private Items() {}

    /// Refuses what [Journal#page] cannot answer.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    public static void check(String kind, Map<String, String> filter, int limit) {
        SortedSet<String> known = FILTERS.get(kind);
        if (known == null) {
            throw new IllegalArgumentException(
                    "'%s' is not recorded; there are action, decision, incident and line"
                            .formatted(kind));
        }
        for (String name : filter.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' is no filter for %ss; filter by %s"
                                .formatted(name, kind, String.join(", ", known)));
            }
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d items, not %d".formatted(MOST, limit));
        }
    }

    public static SequencedMap<String, @Nullable Object> decision(Decision decision) {
        SequencedMap<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", decision.id());
        item.put("at", text(decision.at()));
        item.put("rule", decision.rule());
        item.put("subject", decision.subject().toString());
        item.put("intent", decision.wish().text());
        item.put("verdict", decision.verdict().word());
        item.put("shadowed", decision.shadowed().word());
        item.put("reason", decision.reason());
        item.put("facts", decision.evidence().stream().map(Object::toString).toList());
        item.put("incident", decision.incident());
        item.put("objections", decision.objections().stream().map(Items::objection).toList());
        item.put("action", decision.action() == null ? null : decision.action().text());
        return Collections.unmodifiableSequencedMap(item);
    }

    private static SequencedMap<String, @Nullable Object> objection(Objection objection) {
        SequencedMap<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("guard", objection.guard());
        item.put("verdict", objection.verdict().word());
        item.put("code", objection.code());
        item.put("reason", objection.reason());
        item.put("change", objection.change());
        item.put("until", text(objection.until()));
        item.put("facts", objection.evidence().stream().map(Object::toString).toList());
        return Collections.unmodifiableSequencedMap(item);
    }

    public static SequencedMap<String, @Nullable Object> action(Undertaking undertaking) {
        Outcome outcome = undertaking.outcome();
        SequencedMap<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", undertaking.id());
        item.put("decision", undertaking.decision());
        item.put("kind", undertaking.action().kind());
        item.put("subject", undertaking.subject().toString());
        item.put("rule", undertaking.rule());
        item.put("state", word(undertaking.state()));
        item.put("outcome", outcome == null ? null : outcome.word());
        item.put("reason", outcome == null ? null : outcome.reason());
        item.put("attempt", undertaking.attempt());
        item.put("plannedAt", text(undertaking.plannedAt()));
        item.put("startedAt", text(undertaking.startedAt()));
        item.put("takenAt", text(undertaking.takenAt()));
        item.put("endedAt", text(undertaking.endedAt()));
        item.put("incident", undertaking.incident());
        item.put("text", undertaking.action().text());
        item.put("expectation", undertaking.expectation().text());
        return Collections.unmodifiableSequencedMap(item);
    }

    public static SequencedMap<String, @Nullable Object> incident(Incident incident) {
        SequencedMap<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", incident.id());
        item.put("subject", incident.subject().toString());
        item.put("state", word(incident.state()));
        item.put("openedAt", text(incident.openedAt()));
        item.put("stateSince", text(incident.stateSince()));
        item.put("resolvedAt", text(incident.resolvedAt()));
        item.put("alerts", List.copyOf(incident.alerts()));
        item.put("title", incident.title());
        item.put("severity", incident.severity());
        return Collections.unmodifiableSequencedMap(item);
    }

    public static SequencedMap<String, @Nullable Object> line(Turn.Line line) {
        SequencedMap<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("at", text(line.at()));
        item.put("subject", line.subject());
        item.put("incident", line.incident());
        item.put("kind", line.kind());
        item.put("text", line.text());
        return Collections.unmodifiableSequencedMap(item);
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static SortedSet<String> sorted(String... names) {
        return Sorted.copy(List.of(names));
    }
}
