package io.homeostat.simulation;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A question that nobody answered in time ends at once, people hear of it once, and it is not
/// asked again in that incident.
final class AnExpiredQuestionEscalatesOnce implements Invariant {
    private static final Pattern EXPIRED =
            Pattern.compile("^nobody answered in time \\((?<id>[^)]+)\\)");

    private final Set<String> said = new HashSet<>();
    private final Set<Questions.About> closed = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Turn turn : moment.turns()) {
            listen(turn, faults);
            for (Decision decision : turn.decisions()) {
                if (decision.verdict() == Verdict.ASK
                        && closed.contains(Questions.About.of(decision, "").kind())) {
                    faults.add("%s is asked again: %s".formatted(decision.id(), decision.reason()));
                }
            }
            for (Questions.Change change : world.questions.changes()) {
                Approval before = change.before();
                Approval after = change.after();
                boolean isNew = before == null || before.state() == Approval.State.ASKED;
                if (after != null && after.state() == Approval.State.UNANSWERED && isNew) {
                    expired(after, faults);
                }
            }
            for (Approval asked : world.questions.standing()) {
                if (asked.state() == Approval.State.ASKED
                        && !turn.at().isBefore(world.questions.latest(asked.expires()))) {
                    faults.add("%s is still asked".formatted(asked));
                }
            }
        }
        return faults;
    }

    private void listen(Turn turn, List<String> faults) {
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Open(var incident) && !incident.channels().isEmpty()) {
                told.add(incident.id());
            }
        }
        for (Turn.Line line : turn.lines()) {
            Matcher expired = EXPIRED.matcher(line.text());
            if (line.kind().equals("approval")
                    && expired.find()
                    && !said.add(expired.group("id"))) {
                faults.add("people are told again: " + line.text());
            }
        }
    }

    private void expired(Approval unanswered, List<String> faults) {
        closed.add(Questions.About.of(unanswered).kind());
        if (!said.contains(unanswered.id())) {
            faults.add("%s expired, and nothing says so".formatted(unanswered.id()));
        }
        if (!told.contains(unanswered.incident())) {
            faults.add(
                    "%s expired, and nobody was told of incident %s"
                            .formatted(unanswered.id(), unanswered.incident()));
        }
    }
}
