package io.homeostat.simulation;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.guard.Approval;
import java.util.List;

/// What may go wrong with people's answers.
final class AnswerSabotage {
    private AnswerSabotage() {}

    /// Whatever people answer, they approve.
    static final class Overbearing implements Sabotage {
        @Override
        public List<Signal> hear(Signal signal) {
            return signal
                            instanceof
                            Signal.ApprovalAnswered(var decision, var _, var by, var why, var at)
                    ? List.of(new Signal.ApprovalAnswered(decision, true, by, why, at))
                    : List.of(signal);
        }
    }

    /// What is read back of a question is something else than what was kept.
    abstract static class Rewriting implements Sabotage {
        abstract Approval read(Approval kept);

        @Override
        public List<Memo> recollect(List<Memo> memos) {
            return memos.stream()
                    .map(memo ->
                            memo instanceof Memo.Asked(Approval approval)
                                    ? new Memo.Asked(read(approval))
                                    : memo)
                    .toList();
        }
    }

    /// What was granted has not been used.
    static final class Generous extends Rewriting {
        @Override
        Approval read(Approval kept) {
            return kept.used(null);
        }
    }

    /// What was answered can be answered again.
    static final class Persuadable extends Rewriting {
        @Override
        Approval read(Approval kept) {
            return kept.state() == Approval.State.GRANTED || kept.state() == Approval.State.REJECTED
                    ? asked(kept)
                    : kept;
        }
    }

    /// What nobody answered has not expired.
    static final class Insistent extends Rewriting {
        @Override
        Approval read(Approval kept) {
            return kept.state() == Approval.State.UNANSWERED ? asked(kept) : kept;
        }
    }

    private static Approval asked(Approval kept) {
        return new Approval(
                kept.id(),
                kept.repeats(),
                kept.incident(),
                kept.rule(),
                kept.wish(),
                kept.action(),
                kept.reason(),
                Approval.State.ASKED,
                kept.askedAt(),
                kept.expires(),
                kept.goneSince(),
                "",
                "",
                null);
    }
}
