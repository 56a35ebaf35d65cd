package io.homeostat.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What to write instead of a word that people who know Drools or Java may try.
final class Instead {
    private static final String TABLE =
            """
            insert update modify delete retract set
              A rule only wishes: insertLogical( verb( $subject ).because( $alert ) );
            salience agenda activation auto lock no ruleflow
              The order in which wishes are judged is the engine's; all rules are heard.
            over window
              To count alerts: Alert( firedWithin( Duration.ofHours( 1 ) ) >= 2 ). Rules do not read clocks.
            timer duration calendars date after before during meets overlaps coincides now
              Rules do not read clocks: use @cooldown, or the alert's own 'for:'.
            System Runtime Thread Class ClassLoader Process ProcessBuilder getClass forName class
              Rules see facts and use verbs, and cannot reach what is around them.
            kcontext drools java javax org com io jdk sun FIRING Verbs
              Rules see facts and use verbs, and cannot reach what is around them.
            for while do if else switch try throw
              A consequence is a wish, without loops or branches; put the case in 'when'.
            eval
              Write the condition as a constraint of a pattern: Alert( name == … ).
            dialect
              Consequences are always Java.
            global
              Rules share nothing but facts; leave the global out.
            declare
              Facts are given; ask for a new one rather than declaring it.
            function
              Write what it computes in the rule itself.
            query
              Write its pattern in the rule itself.
            extends
              Repeat the conditions; each rule is read alone.
            enabled
              Take a rule out by freezing it, or by deleting it.
            new
              Rules make nothing but wishes, by verbs.
            entry
              There is only one place for facts; leave 'from entry-point' out.
            """;

    private static final Map<String, String> ADVICE = advice();

    private Instead() {}

    static Optional<String> of(String word) {
        return Optional.ofNullable(ADVICE.get(word));
    }

    private static Map<String, String> advice() {
        Map<String, String> advice = new TreeMap<>();
        List<String> lines = TABLE.lines().toList();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            for (String word : lines.get(i).split(" ", -1)) {
                advice.put(word, lines.get(i + 1).strip());
            }
        }
        return Map.copyOf(advice);
    }
}
