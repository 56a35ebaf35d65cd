package io.homeostat.diagnosis;

import io.homeostat.fact.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a service for all ailments that are known.
public final class Diagnosis {
    /// What a look found.
    ///
    /// @param nextChange when time alone may change that; null when only other facts can
    public record Findings(List<Symptom> symptoms, @Nullable Instant nextChange) {
        public Findings {
            symptoms = List.copyOf(symptoms);
        }
    }

    private static final Findings NOTHING = new Findings(List.of(), null);

    private final List<Ailment> ailments;

    /// @param hold how long a task must run after one that failed before it counts as well
    public Diagnosis(Thresholds thresholds, Duration hold) {
        this.ailments =
                List.of(
                        new CrashLoop(thresholds, hold),
                        new NeverStarts(thresholds, hold),
                        new UpdateStuck(thresholds),
                        new BelowDesired(thresholds),
                        new MissingOnNode(thresholds));
    }

    /// Looks at a service. A job is meant to end, and a service at 0 was stopped: nothing ails
    /// them.
    public Findings of(Patient patient, Instant now) {
        if (!isMeantToRun(patient.service())) {
            return NOTHING;
        }
        List<Symptom> symptoms = new ArrayList<>();
        Instant next = null;
        for (Ailment ailment : ailments) {
            Finding finding = ailment.find(patient, now);
            if (finding.symptom() != null) {
                symptoms.add(finding.symptom());
            }
            next = Finding.earlier(next, finding.nextChange());
        }
        return new Findings(symptoms, next);
    }

    private static boolean isMeantToRun(Service service) {
        return switch (service.mode()) {
            case REPLICATED -> service.replicas() == null || service.replicas() > 0;
            case GLOBAL -> true;
            case REPLICATED_JOB, GLOBAL_JOB -> false;
        };
    }
}
