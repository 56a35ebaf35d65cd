package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Watcher;
import io.homeostat.incident.Account;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which steps of which state machine were taken, and how often. What was committed is the witness.
final class Transitions {
    /// How an action may go on: from, to, or the outcome that it ends with.
    private static final List<String> OF_ACTIONS =
            List.of(
                    "planned started",
                    "planned taken",
                    "planned failed",
                    "planned conflicted",
                    "planned superseded",
                    "started taken",
                    "started failed",
                    "started unknown",
                    "taken healed",
                    "taken ineffective",
                    "taken worse",
                    "taken superseded",
                    "taken unknown");

    private static final List<String> OF_NOTICES =
            List.of("planned healed", "planned failed", "planned superseded");

    private final Tally taken = new Tally();
    private final Map<String, IncidentState> incidents = new HashMap<>();
    private final Map<String, String> actions = new HashMap<>();
    private final Map<String, String> accounts = new HashMap<>();
    private final Map<String, Watcher.Sight> watchers = new HashMap<>();

    void seen(Turn turn) {
        for (Undertaking undertaking : turn.undertakings()) {
            seen(undertaking);
        }
        for (Memo memo : turn.kept()) {
            switch (memo) {
                case Memo.Open(Incident incident) -> seen(incident);
                case Memo.AlertMemory alert -> seen(alert);
                case Memo.Known(Watcher watcher) -> seen(watcher);
                case Memo.Known _,
                        Memo.Begun _,
                        Memo.Doubtful _,
                        Memo.Logged _,
                        Memo.Undertaken _,
                        Memo.Frozen _,
                        Memo.Asked _,
                        Memo.Mark _,
                        Memo.Proven _,
                        Memo.Count _,
                        Memo.Standing _,
                        Memo.Tracked _,
                        Memo.RuleRecord _,
                        Memo.PeopleTook _ -> {}
            }
        }
    }

    private void seen(Undertaking undertaking) {
        Outcome outcome = undertaking.outcome();
        String to =
                outcome == null
                        ? undertaking.state().name().toLowerCase(Locale.ROOT)
                        : outcome.word();
        String from = actions.put(undertaking.id(), to);
        String machine = undertaking.action() instanceof Action.OnSwarm ? "action " : "notice ";
        if (from != null && !from.equals(to)) {
            taken.count(machine + from + " " + to);
        }
    }

    private void seen(Incident incident) {
        IncidentState from = incidents.put(incident.id(), incident.state());
        IncidentState began = from == null ? IncidentState.OPEN : from;
        if (began != incident.state()) {
            taken.count(step(began, incident.state()));
        }
    }

    private void seen(Memo.AlertMemory alert) {
        String from = accounts.put(alert.fingerprint(), alert.account());
        if (from != null && !from.equals(alert.account())) {
            taken.count("account " + from + " " + alert.account());
        }
    }

    private void seen(Watcher watcher) {
        Watcher.Sight from = watchers.put(watcher.name(), watcher.sight());
        if (from != null && from != watcher.sight()) {
            taken.count("watcher " + watcher.name() + " " + from + " " + watcher.sight());
        }
    }

    private static String step(IncidentState from, IncidentState to) {
        return "incident " + from + " " + to;
    }

    void add(Transitions other) {
        taken.add(other.taken);
    }

    Tally taken() {
        return taken;
    }

    /// The steps that there are and that nobody took.
    List<String> unvisited() {
        List<String> all = new ArrayList<>();
        IncidentState.STEPS.forEach(each -> all.add(step(each.from(), each.to())));
        OF_ACTIONS.forEach(each -> all.add("action " + each));
        OF_NOTICES.forEach(each -> all.add("notice " + each));
        for (String watcher :
                List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES, Watcher.ALERTS)) {
            all.add("watcher " + watcher + " SEEING BLIND");
            all.add("watcher " + watcher + " BLIND SEEING");
        }
        for (Account account : Account.values()) {
            // What is only observed is so from its first step on, so no step leads there from new.
            if (account != Account.NEW && account != Account.OBSERVED) {
                all.add("account new " + account.word());
            }
        }
        return all.stream().filter(step -> taken.of(step) == 0).toList();
    }
}
