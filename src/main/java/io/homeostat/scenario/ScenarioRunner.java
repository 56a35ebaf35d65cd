package io.homeostat.scenario;

import io.homeostat.engine.Picture;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.guard.Decision;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.Scenario.Event;
import io.homeostat.scenario.Scenario.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// Plays scenarios on the real engine with the rules of a rulebook. Thread-safe: each scenario has
/// an engine and a cluster of its own.
public final class ScenarioRunner {
    /// More lines than this hide what matters.
    private static final int STORY = 60;

    private final Rulebook rulebook;

    public ScenarioRunner(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    public ScenarioResult run(Scenario scenario) {
        Scenario.Plan plan = scenario.plan();
        List<String> faults = new ArrayList<>();
        try (Stage stage = new Stage(plan, rulebook)) {
            play(plan, stage, faults);
            return new ScenarioResult(
                    scenario, faults, faults.isEmpty() ? List.of() : story(stage));
        } catch (RuntimeException broken) {
            faults.add("it could not be played to its end: " + broken);
            return new ScenarioResult(scenario, faults, List.of());
        }
    }

    /// The rules that decided or objected while a scenario was played.
    public SortedSet<String> reached(Scenario scenario) {
        TreeSet<String> reached = new TreeSet<>();
        try (Stage stage = new Stage(scenario.plan(), rulebook)) {
            play(scenario.plan(), stage, new ArrayList<>());
            for (Decision decision : stage.chronicle().decisions()) {
                String said = decision.rule() + " " + decision.objections();
                rulebook.rules().keySet().stream().filter(said::contains).forEach(reached::add);
            }
        }
        return reached;
    }

    private static void play(Scenario.Plan plan, Stage stage, List<String> faults) {
        Examination examination = new Examination(stage);
        List<Event> events = new ArrayList<>(plan.events());
        List<Wanted> wanted = new ArrayList<>(plan.wanted());
        wanted.sort(Comparator.comparing(Wanted::at));
        for (Wanted want : wanted) {
            happen(events, want.at(), stage);
            stage.runTo(want.at());
            examination
                    .fault(want.check())
                    .ifPresent(fault -> faults.add(placed(plan, want, fault)));
        }
        happen(events, plan.length(), stage);
        stage.runTo(plan.length());
        for (Wanted never : plan.never()) {
            examination
                    .trespass(never.check())
                    .ifPresent(fault -> faults.add(placed(plan, never, fault)));
        }
    }

    private static void happen(List<Event> events, Duration until, Stage stage) {
        while (!events.isEmpty() && events.getFirst().at().compareTo(until) <= 0) {
            Event event = events.removeFirst();
            stage.runTo(event.at());
            stage.happen(event.step());
        }
    }

    private static String placed(Scenario.Plan plan, Wanted wanted, String fault) {
        return "%s:%d: at %s: %s".formatted(plan.file(), wanted.line(), shown(wanted.at()), fault);
    }

    private static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /// The decisions with their reasons, what was noted, and how the alerts stand at the end.
    private static List<String> story(Stage stage) {
        Chronicle chronicle = stage.chronicle();
        record Told(Instant at, String text) {}
        List<Told> told = new ArrayList<>();
        for (Decision decision : chronicle.decisions()) {
            told.add(
                    new Told(
                            decision.at(),
                            "%s: %s (rule \"%s\"): %s"
                                    .formatted(
                                            decision.verdict().word(),
                                            decision.wish().text(),
                                            decision.rule(),
                                            decision.reason())));
        }
        for (Turn.Line line : chronicle.lines()) {
            if (!line.kind().equals("decision")) {
                told.add(
                        new Told(
                                line.at(),
                                "%s %s: %s".formatted(line.kind(), line.subject(), line.text())));
            }
        }
        told.sort(Comparator.comparing(Told::at));
        List<String> story = new ArrayList<>();
        told.stream()
                .limit(STORY)
                .forEach(each -> story.add(chronicle.clock(each.at()) + "  " + each.text()));
        if (told.size() > STORY) {
            story.add("… and %d more lines".formatted(told.size() - STORY));
        }
        Picture picture = stage.picture();
        for (Fact fact : picture.facts()) {
            if (fact instanceof Alert alert) {
                story.add(
                        "at the end: alert %s is %s, and about %s; its labels are %s"
                                .formatted(
                                        alert.name(),
                                        picture.accounts()
                                                .getOrDefault(alert.fingerprint(), "nowhere"),
                                        alert.service() == null
                                                ? "no service that is known"
                                                : alert.service().subject(),
                                        alert.labels()));
            }
        }
        return story;
    }
}
