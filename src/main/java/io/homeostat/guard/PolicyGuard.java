package io.homeostat.guard;

import io.homeostat.action.PolicyObjection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What operators' own rules object to.
final class PolicyGuard implements Guard {
    static final String NAME = "policy";

    /// A rule of the operators objects.
    static final String OBJECTION = "objection";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Objection> judge(Proposal proposal, Situation situation) {
        List<PolicyObjection> binding = situation.policyObjections();
        if (binding.isEmpty()) {
            return Optional.empty();
        }
        PolicyObjection.Strength strictest =
                binding.stream()
                        .map(PolicyObjection::strength)
                        .max(PolicyObjection.Strength::compareTo)
                        .orElseThrow();
        List<PolicyObjection> saying =
                binding.stream().filter(each -> each.strength() == strictest).toList();
        return Optional.of(
                Objection.of(
                        NAME,
                        verdict(strictest),
                        OBJECTION,
                        saying.stream()
                                .map(each ->
                                        "rule \"%s\" objects: %s"
                                                .formatted(each.rule(), each.reason()))
                                .collect(Collectors.joining("; ")),
                        change(strictest),
                        proposal.subject()));
    }

    private static Verdict verdict(PolicyObjection.Strength strength) {
        return switch (strength) {
            case ASK -> Verdict.ASK;
            case WAIT -> Verdict.WAIT;
            case DENY -> Verdict.DENY;
        };
    }

    private static String change(PolicyObjection.Strength strength) {
        return switch (strength) {
            case ASK -> "a person agrees, or the rule objects no longer";
            case WAIT, DENY -> "the rule objects no longer";
        };
    }
}
