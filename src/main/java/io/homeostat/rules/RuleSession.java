package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Verbs;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.TimedRuleExecutionOption;
import org.kie.api.runtime.rule.FactHandle;

/// The facts that hold now, and what the rules wish because of them.
///
/// It belongs to one thread. After [RuleThrew] it is of no use any more.
public final class RuleSession implements AutoCloseable {
    private final KieSession session;
    private final int limit;
    private final Firing firing = new Firing();
    private final StandingIntents standing;
    private final Map<Key, Held> held = new HashMap<>();

    private record Key(Class<? extends Fact> kind, Subject subject) {}

    private record Held(Fact fact, FactHandle handle) {}

    public RuleSession(Rulebook rulebook) {
        this(rulebook, Set.of());
    }

    /// A session in which some rules are not heard.
    public RuleSession(Rulebook rulebook, Set<String> putAside) {
        this.limit = rulebook.budget().firings();
        this.standing = new StandingIntents(rulebook.budget().wishes());
        session = OwnClasses.during(() -> open(rulebook.without(putAside)));
        session.addEventListener(firing);
        session.addEventListener(standing);
        rulebook.listener().ifPresent(session::addEventListener);
    }

    static KieSession open(KieBase rules) {
        KieSessionConfiguration settings =
                KieServices.get()
                        .newKieSessionConfiguration(null, RuleSession.class.getClassLoader());
        settings.setOption(ClockTypeOption.PSEUDO);
        settings.setOption(TimedRuleExecutionOption.NO);
        return rules.newKieSession(settings, null);
    }

    /// States a fact, in place of what was held of its kind about its subject.
    public void put(Fact fact) {
        Key key = new Key(fact.getClass(), fact.subject());
        Held before = held.get(key);
        if (before == null) {
            held.put(key, new Held(fact, session.insert(fact)));
        } else if (!before.fact().equals(fact)) {
            session.update(before.handle(), fact);
            held.put(key, new Held(fact, before.handle()));
        }
    }

    /// Takes back a fact; nothing when it is not held.
    public void remove(Class<? extends Fact> kind, Subject subject) {
        Held before = held.remove(new Key(kind, subject));
        if (before != null) {
            session.delete(before.handle());
        }
    }

    /// What the rules wish now, in order.
    ///
    /// @throws RuleThrew when a rule throws, or rules do not come to an end
    public SortedSet<Intent> consult() {
        firing.begin();
        int fired;
        try {
            fired =
                    ScopedValue.where(Verbs.FIRING, firing)
                            .call(() -> OwnClasses.during(() -> session.fireAllRules(limit)));
        } catch (RuntimeException thrown) {
            throw standing.tooMany().orElseGet(() -> firing.blame(thrown));
        }
        if (fired >= limit) {
            throw firing.endless(limit);
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(standing.now()));
    }

    /// How often each rule fired in the last [#consult()].
    public SortedMap<String, Integer> fired() {
        return firing.times();
    }

    /// What operators' rules have against those wishes. Valid after [#consult()].
    public SortedSet<PolicyObjection> objections() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(standing.objections()));
    }

    @Override
    public void close() {
        session.dispose();
        held.clear();
    }
}
