package io.homeostat.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What all rounds came to, as a Markdown table.
final class Summary {
    private final Map<String, Count> byEdge = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    private static final class Count {
        private int rounds;
        private int accepted;
        private int unanswered;
        private int actions;
        private int broken;

        void add(Count other) {
            rounds += other.rounds;
            accepted += other.accepted;
            unanswered += other.unanswered;
            actions += other.actions;
            broken += other.broken;
        }

        String row(String name) {
            return "| %s | %d | %d | %d | %d | %d |"
                    .formatted(name, rounds, accepted, unanswered, actions, broken);
        }
    }

    void add(int number, Edge edge, Load load, int actions, List<String> broken) {
        Count count = new Count();
        count.rounds = 1;
        count.actions = actions;
        count.broken = broken.size();
        for (Alertmanager.Alert alert : load.alerts()) {
            for (Alertmanager.Attempt attempt : alert.attempts()) {
                if (attempt.isTaken()) {
                    count.accepted++;
                } else {
                    count.unanswered++;
                }
            }
        }
        byEdge.computeIfAbsent(edge.sentence(), _ -> new Count()).add(count);
        broken.forEach(each -> violations.add("round %d: %s".formatted(number, each)));
    }

    String text() {
        Count all = new Count();
        byEdge.values().forEach(all::add);
        StringBuilder text = new StringBuilder();
        text.append(
                "| killed at | rounds | messages accepted | sent again | actions | violations |\n");
        text.append("|---|---|---|---|---|---|\n");
        byEdge.forEach((edge, count) -> text.append(count.row(edge)).append('\n'));
        text.append(all.row("**all**")).append('\n');
        violations.forEach(each -> text.append(each).append('\n'));
        return text.toString();
    }
}
