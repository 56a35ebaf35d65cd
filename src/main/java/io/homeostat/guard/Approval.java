package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.action.Wish;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question to people, about one action of one incident as they read it, and their answer.
///
/// @param id of the decision that asked first
/// @param repeats later decisions that asked the same, oldest first; the newest few of them
/// @param incident the incident it is asked in
/// @param rule the rules that wish it, joined by `, `
/// @param wish what they wish
/// @param action what people were asked about
/// @param reason the sentence that people read
/// @param state how far it got
/// @param askedAt since when people are asked
/// @param expires until when an answer, or what was granted, is good
/// @param goneSince since when nothing wishes this action any more; null while something does
/// @param by who answered; empty while nobody did
/// @param why the reason given; empty while nobody answered
/// @param usedFor the action that what was granted is used for; null while it is not
public record Approval(
        String id,
        List<String> repeats,
        String incident,
        String rule,
        Wish wish,
        Action action,
        String reason,
        State state,
        Instant askedAt,
        Instant expires,
        @Nullable Instant goneSince,
        String by,
        String why,
        @Nullable String usedFor) {
    /// How far a question got.
    public enum State {
        ASKED,
        GRANTED,
        REJECTED,
        /// Nobody answered in time.
        UNANSWERED
    }

    private static final int REPEATS_MOST = 10;

    public Approval {
        repeats = List.copyOf(repeats);
    }

    /// What a decision asks.
    ///
    /// @param action what the decision is about
    public static Approval asking(Decision decision, Action action, Instant expires) {
        return new Approval(
                decision.id(),
                List.of(),
                decision.incident(),
                decision.rule(),
                decision.wish(),
                action,
                decision.reason(),
                State.ASKED,
                decision.at(),
                expires,
                null,
                "",
                "",
                null);
    }

    /// What people were asked of this proposal, or said of it; null when they were not asked. What
    /// was rejected, or not answered, holds for the incident, whatever the parameters are now. But
    /// a grant of exactly this is younger than the silence about another number, and counts.
    static @Nullable Approval of(Proposal proposal, Situation situation) {
        if (proposal.isRequest()) {
            return null;
        }
        Approval same = null;
        Approval unanswered = null;
        for (Approval each : situation.approvals(proposal.incident())) {
            boolean isOfKind = each.isOfKind(proposal.wish());
            if (isOfKind && each.state() == State.REJECTED) {
                return each;
            }
            if (isOfKind && each.state() == State.UNANSWERED) {
                unanswered = each;
            } else if (each.binds(proposal.incident(), proposal.wish(), proposal.action())) {
                same = each;
            }
        }
        return unanswered == null || (same != null && same.isUsable()) ? same : unanswered;
    }

    /// True when a person granted exactly this, and it was not used yet.
    static boolean isGranted(Proposal proposal, Situation situation) {
        Approval approval = of(proposal, situation);
        return approval != null && approval.isUsable();
    }

    public Subject subject() {
        return action.subject();
    }

    /// True when it is about this: what people read is what they answer, so another number is
    /// another question.
    public boolean binds(String incident, Wish wish, @Nullable Action action) {
        return action != null
                && this.incident.equals(incident)
                && isOfKind(wish)
                && this.action.text().equals(action.text());
    }

    /// True when it asks the same of the same subject, with other parameters maybe.
    public boolean isOfKind(Wish other) {
        return wish.getClass() == other.getClass() && wish.subject().equals(other.subject());
    }

    /// True when it is no longer asked in this incident.
    public boolean isClosed() {
        return state == State.REJECTED || state == State.UNANSWERED;
    }

    /// True when a person granted it and it was not used yet.
    public boolean isUsable() {
        return state == State.GRANTED && usedFor == null;
    }

    /// True when the decision of this ID asked it.
    public boolean wasAskedBy(String decision) {
        return id.equals(decision) || repeats.contains(decision);
    }

    /// The same, asked again by this decision.
    public Approval repeated(String decision) {
        if (wasAskedBy(decision)) {
            return this;
        }
        List<String> more = new ArrayList<>(repeats);
        more.add(decision);
        List<String> newest = more.subList(Math.max(0, more.size() - REPEATS_MOST), more.size());
        return with(newest, state, expires, goneSince, by, why, usedFor);
    }

    /// The same, not wished any more since then; or wished again.
    public Approval gone(@Nullable Instant since) {
        return with(repeats, state, expires, since, by, why, usedFor);
    }

    /// The same with a person's answer.
    ///
    /// @param until how long what was granted is good
    public Approval answered(boolean granted, String by, String why, Instant until) {
        return with(
                repeats,
                granted ? State.GRANTED : State.REJECTED,
                until,
                goneSince,
                by,
                why,
                usedFor);
    }

    /// The same, which nobody answered in time.
    public Approval unanswered() {
        return with(repeats, State.UNANSWERED, expires, goneSince, by, why, usedFor);
    }

    /// The same, used for this action; null gives it back.
    public Approval used(@Nullable String undertaking) {
        return with(repeats, state, expires, goneSince, by, why, undertaking);
    }

    private Approval with(
            List<String> repeats,
            State state,
            Instant expires,
            @Nullable Instant goneSince,
            String by,
            String why,
            @Nullable String usedFor) {
        return new Approval(
                id, repeats, incident, rule, wish, action, reason, state, askedAt, expires,
                goneSince, by, why, usedFor);
    }
}
