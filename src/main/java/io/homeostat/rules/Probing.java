package io.homeostat.rules;

import io.homeostat.rules.Explanation.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.kie.api.KieBase;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.EntryPoint;
import org.kie.api.runtime.rule.Match;

/// Asks compiled probes. Each question has a session of its own, so that one that throws spoils no
/// other; what throws for several facts is asked again for each half of them until it is known
/// which.
final class Probing {
    /// More matches than this are no answer that anybody reads.
    private static final int MATCHES = 200_000;

    /// So many sessions find out which facts throw, in one explanation.
    private static final int SEARCHES = 500;

    private int searches = SEARCHES;

    /// What is asked with which facts.
    ///
    /// @param probes the probes that are heard
    /// @param places facts by the place where they are put
    /// @param everything facts that are put where rules look without being told where
    record Question(
            KieBase base,
            Set<String> probes,
            SortedMap<String, List<Object>> places,
            Collection<?> everything) {
        Question with(String place, List<Object> facts) {
            SortedMap<String, List<Object>> more = new TreeMap<>(places);
            more.put(place, facts);
            return new Question(base, probes, more, everything);
        }

        Question hearing(Set<String> others) {
            return new Question(base, others, places, everything);
        }
    }

    /// Facts for which a probe matches, and what was thrown for those that it throws for.
    record Answer(Set<Object> matching, IdentityHashMap<Object, String> threw) {}

    /// Which of some facts match.
    ///
    /// @param place where the probe looks for them
    /// @param variable the variable that holds them there
    Answer matching(Question question, String place, String variable, List<Object> facts) {
        Answer answer =
                new Answer(
                        Collections.newSetFromMap(new IdentityHashMap<>()),
                        new IdentityHashMap<>());
        search(question, place, variable, facts, answer);
        return answer;
    }

    private void search(
            Question question, String place, String variable, List<Object> facts, Answer answer) {
        if (facts.isEmpty()) {
            return;
        }
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            ask(
                    question.with(place, facts),
                    match -> found.add(match.getDeclarationValue(variable)));
            answer.matching().addAll(found);
        } catch (RuntimeException thrown) {
            searches--;
            if (facts.size() == 1 || searches < 0) {
                facts.forEach(fact -> answer.threw().put(fact, words(thrown)));
                return;
            }
            search(question, place, variable, facts.subList(0, facts.size() / 2), answer);
            search(
                    question,
                    place,
                    variable,
                    facts.subList(facts.size() / 2, facts.size()),
                    answer);
        }
    }

    /// What a probe reads of a fact.
    static List<Value> values(Match match, List<String> expressions) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            values.add(new Value(expressions.get(i), value(match, i)));
        }
        return values;
    }

    private static String value(Match match, int index) {
        try {
            return Shown.value(match.getDeclarationValue(ProbeRules.value(index)));
        } catch (RuntimeException unreadable) {
            return "not readable: " + words(unreadable);
        }
    }

    /// Asks a probe.
    ///
    /// @param heard hears each match while it holds
    void ask(Question question, Consumer<Match> heard) {
        OwnClasses.during(() -> {
            KieSession session = RuleSession.open(question.base());
            try {
                session.addEventListener(
                        new DefaultAgendaEventListener() {
                            @Override
                            public void afterMatchFired(AfterMatchFiredEvent event) {
                                Match match = event.getMatch();
                                if (question.probes().contains(match.getRule().getName())) {
                                    heard.accept(match);
                                }
                            }
                        });
                question.everything().forEach(session::insert);
                question.places()
                        .forEach((place, facts) -> {
                            EntryPoint there = session.getEntryPoint(place);
                            if (there != null) {
                                facts.forEach(there::insert);
                            }
                        });
                if (session.fireAllRules(MATCHES) >= MATCHES) {
                    throw new IllegalStateException(
                            "it has %d matches and more".formatted(MATCHES));
                }
                return true;
            } finally {
                session.dispose();
            }
        });
    }

    /// What was thrown, without the drawings that the rule engine's messages have.
    static String words(Throwable thrown) {
        String words = thrown.getClass().getSimpleName();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && !message.isBlank()) {
                words = message.lines().findFirst().orElse("").strip();
            }
        }
        return Shown.shortened(words.replaceFirst("^\\[Error: (.*?)]?$", "$1"));
    }
}
