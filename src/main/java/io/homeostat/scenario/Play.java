package io.homeostat.scenario;

import io.homeostat.engine.Picture;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.guard.Decision;
import io.homeostat.scenario.Scenario.Event;
import io.homeostat.scenario.Scenario.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One scenario as it is played: what happens in its order, and what is not as expected.
final class Play {
    private final Scenario.Plan plan;
    private final Stage stage;
    private final Examination examination;
    private final Reasons reasons;
    private final List<ScenarioFailure> failures = new ArrayList<>();
    private final List<Focus> focuses = new ArrayList<>();
    private final StoryLines story = new StoryLines();

    Play(Scenario.Plan plan, Stage stage) {
        this.plan = plan;
        this.stage = stage;
        this.examination = new Examination(stage);
        this.reasons = new Reasons(stage, examination);
    }

    List<ScenarioFailure> failures() {
        return failures;
    }

    void run() {
        List<Event> events = new ArrayList<>(plan.events());
        List<Wanted> wanted = new ArrayList<>(plan.wanted());
        wanted.sort(Comparator.comparing(Wanted::at));
        for (Wanted want : wanted) {
            happen(events, want.at());
            stage.runTo(want.at());
            Optional<String> fault = examination.fault(want.check());
            if (fault.isPresent()) {
                failed(want, fault.get(), reasons.of(want.check()));
            }
        }
        happen(events, plan.length());
        stage.runTo(plan.length());
        for (Wanted never : plan.never()) {
            Optional<String> fault = examination.trespass(never.check());
            if (fault.isPresent()) {
                failed(never, fault.get(), reasons.against(never.check()));
            }
        }
    }

    private void happen(List<Event> events, Duration until) {
        while (!events.isEmpty() && events.getFirst().at().compareTo(until) <= 0) {
            Event event = events.removeFirst();
            stage.runTo(event.at());
            stage.happen(event.step());
        }
    }

    private void failed(Wanted wanted, String message, List<String> why) {
        String at = Chronicle.clock(wanted.at());
        failures.add(new ScenarioFailure(plan.file(), wanted.line(), at, message, why));
        focuses.add(Focus.of(wanted.check(), stage));
        String first = message.lines().findFirst().orElse("").replaceAll("[,: ]+$", "");
        story.failed(stage.now(), "line %d: %s".formatted(wanted.line(), first));
    }

    /// The decisions with their reasons, what was noted, and how the alerts stand at the end.
    List<String> story() {
        Chronicle chronicle = stage.chronicle();
        for (Decision decision : chronicle.decisions()) {
            story.add(
                    decision.at(),
                    "%s: %s (rule \"%s\"): %s"
                            .formatted(
                                    decision.verdict().word(),
                                    decision.wish().text(),
                                    decision.rule(),
                                    decision.reason()),
                    focuses.stream().anyMatch(focus -> focus.includes(decision)));
        }
        for (Turn.Line line : chronicle.lines()) {
            if (!line.kind().equals("decision")) {
                story.add(
                        line.at(),
                        "%s %s: %s".formatted(line.kind(), line.subject(), line.text()),
                        focuses.stream()
                                .anyMatch(focus -> focus.subjects().contains(line.subject())));
            }
        }
        List<String> told = new ArrayList<>(story.told(chronicle));
        Picture picture = stage.picture();
        for (Fact fact : picture.facts()) {
            if (fact instanceof Alert alert) {
                told.add(
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
        return told;
    }
}
