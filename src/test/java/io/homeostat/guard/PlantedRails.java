package io.homeostat.guard;

import io.homeostat.action.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Guard rails with a fault in them, for tests that have to notice it.
public final class PlantedRails {
    private PlantedRails() {}

    /// The standard rail, in which nobody hears one guard's objections of these codes.
    public static GuardRail deafTo(String guard, String... codes) {
        return GuardRail.standard()
                .replacing(each ->
                        each.name().equals(guard)
                                ? planted(
                                        each,
                                        (proposal, situation) ->
                                                each.judge(proposal, situation)
                                                        .filter(one ->
                                                                !List.of(codes)
                                                                        .contains(one.code())))
                                : each);
    }

    /// The standard rail, which tells of each action that a freeze holds back.
    public static GuardRail tellingOfFrozen(Consumer<Action> listener) {
        return GuardRail.standard()
                .replacing(each ->
                        each instanceof FreezeGuard
                                ? planted(
                                        each,
                                        (proposal, situation) ->
                                                tell(each, proposal, situation, listener))
                                : each);
    }

    private static Optional<Objection> tell(
            Guard guard, Proposal proposal, Situation situation, Consumer<Action> listener) {
        Optional<Objection> objection = guard.judge(proposal, situation);
        if (objection.isPresent() && proposal.action() != null) {
            listener.accept(proposal.action());
        }
        return objection;
    }

    @FunctionalInterface
    private interface Judge {
        Optional<Objection> judge(Proposal proposal, Situation situation);
    }

    private static Guard planted(Guard guard, Judge judge) {
        return new Guard() {
            @Override
            public String name() {
                return guard.name();
            }

            @Override
            public Optional<Objection> judge(Proposal proposal, Situation situation) {
                return judge.judge(proposal, situation);
            }
        };
    }
}
