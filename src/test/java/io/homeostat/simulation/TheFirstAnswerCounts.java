package io.homeostat.simulation;

import io.homeostat.engine.Signal;
import io.homeostat.guard.Approval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question is answered by the first person who answers it in time, and by nobody else; no later
/// answer changes that.
final class TheFirstAnswerCounts implements Invariant {
    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        if (moment.turns().isEmpty()) {
            return faults;
        }
        for (Questions.Change change : world.questions.changes()) {
            Approval before = change.before();
            Approval after = change.after();
            Approval.State was = before == null ? Approval.State.ASKED : before.state();
            if (after == null || after.state() == was) {
                if (before != null && after != null && isOverheard(before, change.said())) {
                    faults.add("%s was answered and is still asked".formatted(before.id()));
                }
            } else if (was != Approval.State.ASKED) {
                faults.add("%s was %s and is %s".formatted(after.id(), was, after.state()));
            } else if (after.state() != Approval.State.UNANSWERED
                    && !agrees(after, change.said())) {
                faults.add(
                        "%s is %s, and people said: %s"
                                .formatted(after.id(), after.state(), change.said()));
            }
        }
        return faults;
    }

    private static boolean isOverheard(Approval before, Signal.@Nullable ApprovalAnswered said) {
        return before.state() == Approval.State.ASKED
                && said != null
                && said.at().isBefore(before.expires());
    }

    private static boolean agrees(Approval after, Signal.@Nullable ApprovalAnswered said) {
        return said != null && said.granted() == (after.state() == Approval.State.GRANTED);
    }
}
