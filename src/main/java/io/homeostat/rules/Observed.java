package io.homeostat.rules;

import io.homeostat.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/// Tells an observer of the matches of a session.
final class Observed extends DefaultAgendaEventListener {
    private final RuleObserver observer;
    private final SortedMap<String, RuleProbe> probes;

    /// @param probes by the names of the rules that stand for them
    Observed(RuleObserver observer, SortedMap<String, RuleProbe> probes) {
        this.observer = observer;
        this.probes = probes;
    }

    @Override
    public void beforeMatchFired(BeforeMatchFiredEvent event) {
        String rule = event.getMatch().getRule().getName();
        List<Fact> facts = new ArrayList<>();
        for (Object object : event.getMatch().getObjects()) {
            if (object instanceof Fact fact) {
                facts.add(fact);
            }
        }
        RuleProbe probe = probes.get(rule);
        if (probe == null) {
            observer.fired(rule, facts);
        } else {
            observer.met(probe, facts);
        }
    }
}
