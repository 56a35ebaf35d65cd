package io.homeostat.rules;

import io.homeostat.action.Intent;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Unsolved;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What an explanation is about, and which facts have to do with it.
///
/// @param subject what was asked about
/// @param around what that is part of: an alert's service or node, a task's
public record Focus(Subject subject, SortedSet<Subject> around) {
    /// How much a fact has to do with the subject; the order in which facts are looked at.
    enum Nearness {
        /// It is about the subject.
        OWN,
        /// It is about what the subject is part of.
        AROUND,
        OTHER
    }

    public Focus {
        around = Sorted.copy(around);
    }

    /// @param facts the facts among which the subject is
    public static Focus on(Subject subject, Collection<? extends Fact> facts) {
        SortedSet<Subject> around = new TreeSet<>();
        for (Fact fact : facts) {
            if (fact.subject().equals(subject)) {
                switch (fact) {
                    case Alert alert -> around.addAll(about(alert));
                    case Task task -> around.addAll(about(task));
                    case Fact _ -> {}
                }
            }
        }
        around.remove(subject);
        return new Focus(subject, around);
    }

    Nearness nearness(Object fact) {
        SortedSet<Subject> subjects = about(fact);
        if (subjects.contains(subject)) {
            return Nearness.OWN;
        }
        return Collections.disjoint(subjects, around) ? Nearness.OTHER : Nearness.AROUND;
    }

    boolean isAbout(Object fact) {
        return about(fact).contains(subject);
    }

    /// What a fact has to do with: what it is about, and what that is part of.
    private static SortedSet<Subject> about(Object fact) {
        SortedSet<Subject> subjects = new TreeSet<>();
        switch (fact) {
            case Alert alert -> {
                subjects.add(alert.subject());
                subjects.add(alert.about());
                if (alert.node() != null) {
                    subjects.add(Subject.node(alert.node().id()));
                }
            }
            case Task task -> {
                subjects.add(task.subject());
                subjects.add(Subject.service(task.service()));
                if (task.node() != null) {
                    subjects.add(Subject.node(task.node()));
                }
            }
            case Request request -> {
                subjects.add(request.subject());
                subjects.add(request.target());
            }
            case Tracking tracking -> {
                subjects.add(tracking.subject());
                subjects.add(tracking.service().subject());
            }
            case Unsolved unsolved -> subjects.addAll(about(unsolved.alert()));
            case Intent intent -> {
                subjects.add(intent.wish().subject());
                subjects.addAll(intent.evidence());
            }
            case Fact other -> subjects.add(other.subject());
            case Object _ -> {}
        }
        return subjects;
    }
}
