package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;

/// The intents and objections that stand in a session: one lives as long as the facts that a rule
/// stated it for.
final class StandingIntents extends DefaultRuleRuntimeEventListener {
    private final SortedSet<Intent> standing = new TreeSet<>();

    private final SortedSet<PolicyObjection> objections = new TreeSet<>();
    private final int limit;

    StandingIntents(int limit) {
        this.limit = limit;
    }

    SortedSet<Intent> now() {
        return standing;
    }

    SortedSet<PolicyObjection> objections() {
        return objections;
    }

    @Override
    public void objectInserted(ObjectInsertedEvent event) {
        if (event.getObject() instanceof Intent intent) {
            standing.add(intent);
        }
        if (event.getObject() instanceof PolicyObjection objection) {
            objections.add(objection);
        }
        if (isTooMany()) {
            // The engine wraps what is thrown here, so the session asks for it again.
            throw new IllegalStateException("more than " + limit + " wishes stand");
        }
    }

    private boolean isTooMany() {
        return standing.size() + objections.size() > limit;
    }

    /// Whom to blame when more stand than may; empty when it is not so.
    Optional<RuntimeException> tooMany() {
        if (!isTooMany()) {
            return Optional.empty();
        }
        Map<String, Integer> times = new TreeMap<>();
        standing.forEach(intent -> times.merge(intent.rule(), 1, Integer::sum));
        objections.forEach(objection -> times.merge(objection.rule(), 1, Integer::sum));
        Map.Entry<String, Integer> most =
                Collections.max(times.entrySet(), Map.Entry.comparingByValue());
        String message =
                "More than %d wishes stand at once; rule \"%s\" has most, %d. Make it about fewer facts."
                        .formatted(limit, most.getKey(), most.getValue());
        return Optional.of(
                new RuleThrew(
                        new TreeSet<>(Set.of(most.getKey())),
                        message,
                        new IllegalStateException(message)));
    }

    @Override
    public void objectDeleted(ObjectDeletedEvent event) {
        if (event.getOldObject() instanceof Intent intent) {
            standing.remove(intent);
        }
        if (event.getOldObject() instanceof PolicyObjection objection) {
            objections.remove(objection);
        }
    }
}
