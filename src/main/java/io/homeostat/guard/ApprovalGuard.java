package io.homeostat.guard;

import java.util.Optional;

/// What people said stands: what they rejected is not asked again in that incident, nor what they
/// did not answer.
final class ApprovalGuard implements Guard {
    static final String NAME = "approval";

    /// A person rejected it.
    static final String REJECTED = "rejected";

    /// Nobody answered in time.
    static final String UNANSWERED = "unanswered";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        Approval approval = Approval.of(proposal, situation);
        if (approval == null) {
            return Optional.empty();
        }
        return switch (approval.state()) {
            case ASKED, GRANTED -> Optional.empty();
            case REJECTED ->
                    denied(
                            REJECTED,
                            "%s rejected it (%s): %s"
                                    .formatted(approval.by(), approval.id(), approval.why()),
                            proposal);
            case UNANSWERED ->
                    denied(
                            UNANSWERED,
                            "people were asked at %s (%s), and nobody answered until %s"
                                    .formatted(
                                            Wording.clock(approval.askedAt()),
                                            approval.id(),
                                            Wording.clock(approval.expires())),
                            proposal);
        };
    }

    private static Optional<Objection> denied(String code, String reason, Proposal proposal) {
        return Optional.of(
                Objection.of(
                        NAME,
                        Verdict.DENY,
                        code,
                        reason,
                        "a person does it, or requests it, or the incident %s ends"
                                .formatted(proposal.incident()),
                        proposal.subject()));
    }
}
