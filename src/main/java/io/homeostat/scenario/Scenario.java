package io.homeostat.scenario;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// What is given, what happens, and what must come of it.
public final class Scenario {
    private final Plan plan;

    Scenario(Plan plan) {
        this.plan = plan;
    }

    public String name() {
        return plan.name();
    }

    public String file() {
        return plan.file();
    }

    /// The line on which it begins, from 1.
    public int line() {
        return plan.line();
    }

    Plan plan() {
        return plan;
    }

    /// All that its file says.
    ///
    /// @param begin the instant at which it begins
    /// @param rules files of rules that are heard beside those under test, with their texts
    /// @param length how long it goes on
    record Plan(
            String name,
            String file,
            int line,
            Instant begin,
            Limits limits,
            Place place,
            List<GivenNode> nodes,
            List<GivenService> services,
            List<Step.Tells> told,
            SortedMap<String, String> rules,
            List<Event> events,
            List<Wanted> wanted,
            List<Wanted> never,
            Duration length) {}

    record GivenNode(String id, Node.Role role, SortedMap<String, String> labels) {}

    record GivenService(
            String name,
            Service.Mode mode,
            int replicas,
            String image,
            SortedMap<String, String> labels) {}

    /// What happens at a time after the beginning.
    record Event(Duration at, int line, Step step) {}

    /// What is looked at, at a time after the beginning.
    record Wanted(Duration at, int line, Check check) {}
}
