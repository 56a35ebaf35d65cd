package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;

/// The intents and objections that stand in a session: one lives as long as the facts that a rule
/// stated it for.
final class StandingIntents extends DefaultRuleRuntimeEventListener {
    private final SortedSet<Intent> standing = new TreeSet<>();

    private final SortedSet<PolicyObjection> objections = new TreeSet<>();

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
