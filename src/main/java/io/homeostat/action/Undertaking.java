package io.homeostat.action;

import io.homeostat.fact.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An action that was decided: which, for what, how far it got and how it ended.
///
/// @param id ours
/// @param decision the decision it carries out
/// @param incident the incident it is for
/// @param rule the rules that wished it, joined by `, `
/// @param action what is done
/// @param request the ID of the person's request that it carries out; null when rules wish it
/// @param attempt rises only when the previous action of the same incident, subject and kind is
///   final; from 1
/// @param state how far it got
/// @param deadline after this it must not be sent any more
/// @param expectation what is to hold afterwards
/// @param trace what lets us recognise our own work; null until it started
/// @param heldSince since when the expectation holds without a break; null while it does not
/// @param outcome how it ended; null until it is final
public record Undertaking(
        String id,
        String decision,
        String incident,
        String rule,
        Action action,
        @Nullable String request,
        int attempt,
        State state,
        Instant plannedAt,
        Instant deadline,
        Expectation expectation,
        @Nullable Instant startedAt,
        @Nullable Instant takenAt,
        @Nullable Instant endedAt,
        @Nullable String trace,
        @Nullable Instant heldSince,
        @Nullable Outcome outcome) {
    /// How far an action got.
    public enum State {
        /// Decided and durable, not sent.
        PLANNED,
        /// Its sending is durable; whether it arrived is not known yet.
        STARTED,
        /// The outside system took it; its expectation is being watched.
        TAKEN,
        /// It ended.
        FINAL
    }

    public Subject subject() {
        return action.subject();
    }

    public boolean isFinal() {
        return state == State.FINAL;
    }

    public Undertaking started(Instant at, String trace) {
        return new Undertaking(
                id,
                decision,
                incident,
                rule,
                action,
                request,
                attempt,
                State.STARTED,
                plannedAt,
                deadline,
                expectation,
                at,
                null,
                null,
                trace,
                null,
                null);
    }

    public Undertaking taken(Instant at, String trace, Instant by) {
        return new Undertaking(
                id,
                decision,
                incident,
                rule,
                action,
                request,
                attempt,
                State.TAKEN,
                plannedAt,
                deadline,
                expectation.by(by),
                startedAt == null ? at : startedAt,
                at,
                null,
                trace,
                null,
                null);
    }

    /// The same, whose expectation is due at another instant.
    public Undertaking due(Instant by) {
        return new Undertaking(
                id,
                decision,
                incident,
                rule,
                action,
                request,
                attempt,
                state,
                plannedAt,
                deadline,
                expectation.by(by),
                startedAt,
                takenAt,
                endedAt,
                trace,
                heldSince,
                outcome);
    }

    public Undertaking holding(@Nullable Instant since) {
        return new Undertaking(
                id,
                decision,
                incident,
                rule,
                action,
                request,
                attempt,
                state,
                plannedAt,
                deadline,
                expectation,
                startedAt,
                takenAt,
                endedAt,
                trace,
                since,
                outcome);
    }

    public Undertaking ended(Instant at, Outcome outcome) {
        return new Undertaking(
                id,
                decision,
                incident,
                rule,
                action,
                request,
                attempt,
                State.FINAL,
                plannedAt,
                deadline,
                expectation,
                startedAt,
                takenAt,
                at,
                trace,
                heldSince,
                outcome);
    }

    /// The same, with the start that was recorded of it meanwhile: who plans does not hear of it,
    /// and a start must never be forgotten.
    ///
    /// @param recorded the same action as it was last recorded
    public Undertaking after(Undertaking recorded) {
        Instant started = recorded.startedAt();
        String sent = recorded.trace();
        if (started == null || sent == null) {
            return this;
        }
        if (state == State.PLANNED) {
            return started(started, sent);
        }
        return new Undertaking(
                id,
                decision,
                incident,
                rule,
                action,
                request,
                attempt,
                state,
                plannedAt,
                deadline,
                expectation,
                started,
                takenAt,
                endedAt,
                trace == null || trace.isEmpty() ? sent : trace,
                heldSince,
                outcome);
    }
}
