package io.homeostat.rules;

import io.homeostat.action.Intent;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;

/// The intents that stand in a session: one lives as long as the facts that a rule wished it for.
final class StandingIntents extends DefaultRuleRuntimeEventListener {
    private final SortedSet<Intent> standing = new TreeSet<>();

    SortedSet<Intent> now() {
        return standing;
    }

    @Override
    public void objectInserted(ObjectInsertedEvent event) {
        if (event.getObject() instanceof Intent intent) {
            standing.add(intent);
        }
    }

    @Override
    public void objectDeleted(ObjectDeletedEvent event) {
        if (event.getOldObject() instanceof Intent intent) {
            standing.remove(intent);
        }
    }
}
