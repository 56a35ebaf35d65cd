package io.homeostat.doctor;

import io.homeostat.engine.AlertSubjects;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Looks for everything that we know can be wrong.
public final class Doctor {
    private Doctor() {}

    /// What is wrong, by what it is about.
    public static List<Finding> examine(Seen seen) {
        List<ServiceCheck> checks =
                List.of(
                        new NoHealthCheck(seen.images()),
                        new UpdateLosesRequests(),
                        new SingleReplica(),
                        new LocalVolume(),
                        new UnpinnedImage(),
                        new NoMemoryLimit(),
                        new LabelsOnContainer(),
                        new BadLabels());
        List<Finding> findings = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>();
        for (DeployedService service : seen.services()) {
            names.add(service.name());
            checks.forEach(check -> check.of(service).ifPresent(findings::add));
        }
        EvenManagers.of(seen.nodes()).ifPresent(findings::add);
        findings.addAll(
                new AlertNames(names, AlertSubjects.DEFAULT).of(seen.alerts(), seen.rules()));
        seen.receivers().forEach(receiver -> receiver.finding().ifPresent(findings::add));
        return findings.stream().distinct().sorted().toList();
    }
}
