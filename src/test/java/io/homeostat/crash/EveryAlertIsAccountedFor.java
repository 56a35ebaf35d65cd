package io.homeostat.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Each open alert has an account that fits what was done about it.
final class EveryAlertIsAccountedFor implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        Load load = evidence.load();
        check(evidence, load.once(), Set.of("acting", "waiting", "escalated"), faults);
        check(evidence, load.again(), Set.of("acting", "waiting", "escalated"), faults);
        check(evidence, load.unsolved(), Set.of("escalated"), faults);
        return faults;
    }

    private static void check(
            Evidence evidence, Alertmanager.Alert alert, Set<String> fitting, List<String> faults) {
        var fact = evidence.facts().get(alert.fingerprint());
        if (fact != null && !fitting.contains(fact.path("account").asText())) {
            faults.add(
                    "the account of %s is '%s'"
                            .formatted(alert.name(), fact.path("account").asText()));
        }
    }
}
