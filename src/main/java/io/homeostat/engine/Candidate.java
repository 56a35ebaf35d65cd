package io.homeostat.engine;

import io.homeostat.action.Intent;
import io.homeostat.fact.Calendar;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Subject;
import io.homeostat.rules.RuleSession;
import io.homeostat.rules.RuleThrew;
import io.homeostat.rules.Rulebook;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// A rulebook that is to take over, in a session of its own. It is fed beside the engine, which
/// does not wait for it, and follows the facts until few are left that it does not know.
///
/// It belongs to one thread at a time: to whoever prepares it, and then to the engine's.
public final class Candidate implements AutoCloseable {
    private final Rulebook rulebook;
    private final SortedMap<String, String> putAside;
    private RuleSession session;
    private final SortedMap<String, Integer> fired = new TreeMap<>();

    /// Asked by subject only, so its order decides nothing.
    private final Map<Subject, Fact> fed = new HashMap<>();

    private SortedSet<Intent> intents = Collections.emptySortedSet();

    private Candidate(Rulebook rulebook, SortedMap<String, String> putAside) {
        this.rulebook = rulebook;
        this.putAside = putAside;
        this.session = new RuleSession(rulebook, Set.copyOf(putAside.keySet()));
    }

    /// A candidate that knows what the engine held to be true after its last turn.
    ///
    /// A rule that throws, and says what it says in the rulebook in force, is put aside here as it
    /// would be there: it must not keep others from being changed.
    ///
    /// @throws RuleThrew when a rule that is new or changed throws
    static Candidate of(Rulebook rulebook, Rulebook inForce, Picture picture, ZoneId zone) {
        SortedMap<String, String> putAside = new TreeMap<>();
        while (true) {
            Candidate candidate = new Candidate(rulebook, putAside);
            try {
                if (picture.at() != null) {
                    candidate.session.put(Calendar.at(picture.at(), zone));
                }
                candidate.follow(picture.facts());
                candidate.fire();
                return candidate;
            } catch (RuleThrew threw) {
                candidate.close();
                SortedMap<String, String> before = inForce.versions();
                for (String rule : threw.rules()) {
                    String version = rulebook.versions().get(rule);
                    if (version == null
                            || !version.equals(before.get(rule))
                            || putAside.containsKey(rule)) {
                        throw threw;
                    }
                }
                threw.rules()
                        .forEach(rule -> putAside.put(rule, String.valueOf(threw.getMessage())));
            } catch (RuntimeException broken) {
                candidate.close();
                throw broken;
            }
        }
    }

    /// Takes in what is different in these facts from those it knows.
    ///
    /// @return how many were
    public int follow(List<Fact> facts) {
        int changes = 0;
        Set<Subject> there = new HashSet<>();
        for (Fact fact : facts) {
            there.add(fact.subject());
            Fact before = fed.put(fact.subject(), fact);
            if (!fact.equals(before)) {
                changes++;
                session.put(fact);
            }
        }
        List<Fact> gone =
                fed.size() == there.size()
                        ? List.of()
                        : fed.values().stream()
                                .filter(fact -> !there.contains(fact.subject()))
                                .toList();
        for (Fact fact : gone) {
            fed.remove(fact.subject());
            session.remove(fact.getClass(), fact.subject());
        }
        return changes + gone.size();
    }

    /// Lets the rules see what it has followed.
    ///
    /// @throws RuleThrew when a rule throws
    public void fire() {
        intents = session.consult();
        session.fired().forEach((rule, times) -> fired.merge(rule, times, Integer::sum));
    }

    /// What its rules wished when they last fired.
    public SortedSet<Intent> intents() {
        return intents;
    }

    public Rulebook rulebook() {
        return rulebook;
    }

    /// Rules that threw although they say what they said before, with what they threw.
    public SortedMap<String, String> putAside() {
        return Collections.unmodifiableSortedMap(putAside);
    }

    /// How often each rule has fired.
    SortedMap<String, Integer> fired() {
        return Collections.unmodifiableSortedMap(fired);
    }

    /// Its session, in exchange for the one whose place it takes.
    RuleSession exchange(RuleSession before) {
        RuleSession mine = session;
        session = before;
        return mine;
    }

    /// Closes the session that is not needed: its own, or the one whose place that took.
    @Override
    public void close() {
        session.close();
    }
}
