package io.homeostat.engine;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Decision;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Verdict;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The questions to people, from the first decision that asks until they are answered and used, or
/// of no use any more.
final class Approvals {
    private final Memory memory;
    private final Limits limits;

    /// How the actions that are asked about were judged last, by the key of the question.
    private final SortedMap<String, Decision> judged = new TreeMap<>();

    Approvals(Memory memory, Limits limits) {
        this.memory = memory;
        this.limits = limits;
    }

    private List<Memo.Asked> all() {
        return memory.all(Memo.Asked.class);
    }

    private void keep(Approval approval) {
        memory.keep(new Memo.Asked(approval));
    }

    private void drop(Approval approval) {
        memory.drop(Memo.Asked.class, new Memo.Asked(approval).key());
    }

    private void line(Approval approval, String text) {
        memory.line(approval.subject().toString(), approval.incident(), "approval", text);
    }

    // --- what people say ---

    /// An answer holds from when it was given: it is judged again with all that is known now.
    void answered(Signal.ApprovalAnswered answer, Instant now) {
        for (Memo.Asked memo : all()) {
            Approval approval = memo.approval();
            if (approval.wasAskedBy(answer.decision())) {
                answered(approval, answer, now);
                return;
            }
        }
        memory.line(
                "",
                "",
                "approval",
                "the answer of %s to %s came too late: it is not asked any more"
                        .formatted(answer.by(), answer.decision()));
    }

    private void answered(Approval approval, Signal.ApprovalAnswered answer, Instant now) {
        if (approval.state() != Approval.State.ASKED) {
            // The first answer counts; an inbox may hold one twice.
            return;
        }
        if (!answer.at().isBefore(expires(approval))) {
            line(
                    approval,
                    "the answer of %s to %s came too late".formatted(answer.by(), approval.id()));
            return;
        }
        keep(
                approval.answered(
                        answer.granted(),
                        answer.by(),
                        answer.why(),
                        now.plus(limits.safety().approvalFor())));
        line(
                approval,
                "%s %s to %s (%s): %s"
                        .formatted(
                                answer.by(),
                                answer.granted() ? "approves" : "refuses",
                                approval.action().text(),
                                approval.id(),
                                answer.why()));
    }

    // --- what time does ---

    private Instant expires(Approval approval) {
        return memory.gap().extended(approval.expires());
    }

    private Instant forgotten(Instant goneSince) {
        return memory.gap().extended(goneSince.plus(limits.safety().approvalFlap()));
    }

    /// Ends what is over: used, expired, no longer wished, or of an incident that has ended.
    void age(Instant now) {
        for (Memo.Asked memo : all()) {
            Approval approval = memo.approval();
            Incident incident = memory.incident(approval.incident());
            if (incident == null || !incident.isOpen()) {
                drop(approval);
            } else if (approval.usedFor() != null) {
                used(approval, memory.undertaking(approval.usedFor()));
            } else if (!approval.isClosed()) {
                waiting(approval, incident, now);
            }
        }
    }

    /// What was never sent has used nothing up.
    private void used(Approval approval, @Nullable Undertaking undertaking) {
        if (undertaking == null) {
            drop(approval);
        } else if (undertaking.outcome() != null) {
            boolean isUnused =
                    undertaking.takenAt() == null
                            && (undertaking.outcome() instanceof Outcome.Superseded
                                    || undertaking.outcome() instanceof Outcome.Conflicted);
            if (isUnused) {
                keep(approval.used(null));
            } else {
                drop(approval);
            }
        }
    }

    private void waiting(Approval approval, Incident incident, Instant now) {
        Instant goneSince = approval.goneSince();
        if (goneSince != null && !now.isBefore(forgotten(goneSince))) {
            drop(approval);
            line(
                    approval,
                    "nobody needs to answer %s any more: nothing wishes to %s"
                            .formatted(approval.id(), approval.action().text()));
        } else if (!now.isBefore(expires(approval))) {
            expire(approval, incident);
        }
    }

    private void expire(Approval approval, Incident incident) {
        if (approval.state() == Approval.State.GRANTED) {
            drop(approval);
            line(
                    approval,
                    "what %s approved (%s) could not be done in time: %s"
                            .formatted(approval.by(), approval.id(), approval.action().text()));
            return;
        }
        keep(approval.unanswered());
        String unanswered =
                "nobody answered in time (%s), and it is not asked again in this incident: %s"
                        .formatted(approval.id(), approval.action().text());
        line(approval, unanswered);
        tellWithoutAlert(incident, unanswered);
    }

    /// Alerts come to people by being accounted for; a question that no alert is behind comes to
    /// them by itself.
    private void tellWithoutAlert(Incident incident, String wording) {
        if (incident.alerts().isEmpty()) {
            memory.keep(new Memo.Open(incident.told("", "warning", wording)));
        }
    }

    /// When something changes by time alone; null when nothing does.
    @Nullable Instant nextChange() {
        Instant next = null;
        for (Memo.Asked memo : all()) {
            Approval approval = memo.approval();
            if (approval.isClosed() || approval.usedFor() != null) {
                continue;
            }
            next = earlier(next, expires(approval));
            Instant goneSince = approval.goneSince();
            next = goneSince == null ? next : earlier(next, forgotten(goneSince));
        }
        return next;
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    // --- what is decided ---

    /// Wishes are judged anew from here on.
    void begin() {
        judged.clear();
    }

    /// True when people were not asked this before.
    boolean isNew(Decision decision) {
        return decision.verdict() == Verdict.ASK
                && decision.action() != null
                && about(decision) == null;
    }

    private @Nullable Approval about(Decision decision) {
        for (Memo.Asked memo : memory.all(Memo.Asked.class, decision.incident() + "/")) {
            if (memo.approval().binds(decision.incident(), decision.wish(), decision.action())) {
                return memo.approval();
            }
        }
        return null;
    }

    /// Hears what was decided on a wish of rules.
    void judged(Decision decision, boolean isRecorded, Instant now) {
        Approval approval = about(decision);
        if (approval == null) {
            if (decision.verdict() != Verdict.ASK || decision.action() == null) {
                return;
            }
            approval =
                    Approval.asking(
                            decision, decision.action(), now.plus(limits.safety().approvalFor()));
            line(
                    approval,
                    "people are asked until %s (%s): %s"
                            .formatted(
                                    approval.expires(), approval.id(), approval.action().text()));
            Incident incident = memory.incident(decision.incident());
            boolean hasAlert =
                    decision.evidence().stream()
                            .anyMatch(subject -> subject.kind() == Subject.Kind.ALERT);
            if (incident != null && !hasAlert) {
                tellWithoutAlert(incident, decision.reason());
            }
        }
        boolean asksAgain = isRecorded && decision.verdict() == Verdict.ASK;
        Approval heard = asksAgain ? approval.repeated(decision.id()) : approval;
        keep(heard.gone(null));
        judged.put(new Memo.Asked(heard).key(), decision);
    }

    /// What was granted is used for one action; what was asked and needs no answer any more is
    /// over.
    void used(Decision decision, String undertaking) {
        Approval approval = about(decision);
        if (approval == null) {
            return;
        }
        if (approval.isUsable()) {
            keep(approval.used(undertaking));
        } else {
            drop(approval);
        }
    }

    /// All wishes were judged: what nothing wishes now is gone, for a while or for good.
    void end(Instant now) {
        for (Memo.Asked memo : all()) {
            Approval approval = memo.approval();
            boolean isGone =
                    approval.goneSince() == null
                            && !judged.containsKey(memo.key())
                            && !approval.isClosed()
                            && approval.usedFor() == null;
            if (isGone) {
                keep(approval.gone(now));
            }
        }
    }

    /// What people are asked, with how it was judged last.
    List<Picture.Asked> asked() {
        List<Picture.Asked> asked = new ArrayList<>();
        for (Memo.Asked memo : all()) {
            asked.add(new Picture.Asked(memo.approval(), judged.get(memo.key())));
        }
        return asked;
    }
}
