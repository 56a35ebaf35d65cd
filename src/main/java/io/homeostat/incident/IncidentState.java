package io.homeostat.incident;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Where an incident stands. Where it may go from there is [#STEPS], a table.
public enum IncidentState {
    /// It was noticed; nobody does anything yet.
    OPEN("there are symptoms, and nothing is being done at this moment"),
    /// An action is under way.
    ACTING("an action on its subject has no outcome yet"),
    /// People have been told and it needs an answer.
    ESCALATED("people were told or asked, and it needs their answer"),
    /// Its symptoms are gone; it is watched for a while.
    QUIET("there are no symptoms; it is watched for a while, since an alert may flap"),
    /// It is over.
    RESOLVED("it is over; the messages about it say so");

    /// One step that an incident may take.
    ///
    /// @param when what makes it take the step, in words for people
    public record Step(IncidentState from, IncidentState to, String when) {}

    private static final String PLANNED = "an action on its subject is planned";
    private static final String UNSOLVED =
            "one of its alerts comes to people, because nothing solves it or a person is asked";
    private static final String GONE = "its last symptom is gone";
    private static final String BACK = "a symptom is back";

    /// All steps that there are; any other is refused.
    public static final List<Step> STEPS =
            List.of(
                    new Step(OPEN, ACTING, PLANNED),
                    new Step(OPEN, ESCALATED, UNSOLVED),
                    new Step(OPEN, QUIET, GONE),
                    new Step(ACTING, OPEN, "the action ended, and symptoms are left"),
                    new Step(ACTING, ESCALATED, "the action ended, and people had been told"),
                    new Step(ACTING, QUIET, "the action ended, and no symptom is left"),
                    new Step(ESCALATED, OPEN, "symptoms are left, and people need not answer them"),
                    new Step(ESCALATED, ACTING, PLANNED),
                    new Step(ESCALATED, QUIET, GONE),
                    new Step(QUIET, OPEN, BACK),
                    new Step(QUIET, ACTING, PLANNED),
                    new Step(QUIET, ESCALATED, BACK + ", and people are told"),
                    new Step(QUIET, RESOLVED, "no symptom came back for a while"));

    private final String meaning;

    IncidentState(String meaning) {
        this.meaning = meaning;
    }

    /// What it means, in words for people.
    public String meaning() {
        return meaning;
    }

    /// The states that may follow.
    public Set<IncidentState> next() {
        Set<IncidentState> next = EnumSet.noneOf(IncidentState.class);
        for (Step step : STEPS) {
            if (step.from() == this) {
                next.add(step.to());
            }
        }
        return Collections.unmodifiableSet(next);
    }
}
