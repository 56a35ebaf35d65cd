package io.homeostat.guard;

import io.homeostat.action.Wish;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Service;
import io.homeostat.fact.ServiceLabels;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Services and proposals that the tests of guards share; the service is `demo_web`.
final class Sample {
    static final String RULE = "scale up a slow service";
    static final String WEB = "demo_web";
    static final Subject WEB_SUBJECT = Subject.service(WEB);
    static final Map<String, String> TWO_TO_FIVE =
            Map.of(ServiceLabels.MIN, "2", ServiceLabels.MAX, "5");

    private Sample() {}

    static Service web(int replicas) {
        return web(replicas, TWO_TO_FIVE);
    }

    static Service web(int replicas, Map<String, String> labels) {
        return service(Service.Mode.REPLICATED, replicas, Service.Update.NONE, labels);
    }

    static Service service(
            Service.Mode mode,
            @Nullable Integer replicas,
            Service.Update update,
            Map<String, String> labels) {
        ServiceLabels read = ServiceLabels.read(labels);
        return new Service(
                "id-web",
                WEB,
                7,
                "demo",
                mode,
                replicas,
                "web:1",
                0,
                Sorted.copy(labels),
                read.scale(),
                read.bad(),
                update,
                false,
                1,
                Instant.EPOCH,
                "hash",
                "content");
    }

    static Proposal up(Situation situation) {
        return proposal(new Wish.ScaleUp(WEB), situation);
    }

    static Proposal down(Situation situation) {
        return proposal(new Wish.ScaleDown(WEB), situation);
    }

    static Proposal restart(Situation situation) {
        return proposal(new Wish.Restart(WEB), situation);
    }

    static Proposal proposal(Wish wish, Situation situation) {
        return wished(
                wish, situation, Map.of(RULE, new Proposal.Wisher(Autonomy.AUTO, null)), "a1");
    }

    static Proposal cooling(Situation situation, Duration cooldown) {
        return wished(
                new Wish.ScaleUp(WEB),
                situation,
                Map.of(RULE, new Proposal.Wisher(Autonomy.AUTO, cooldown)),
                "a1");
    }

    static Proposal wished(
            Wish wish,
            Situation situation,
            Map<String, Proposal.Wisher> wishers,
            String... alerts) {
        return proposal(
                wish, situation, wishers, Arrays.stream(alerts).map(Subject::alert).toList());
    }

    static Proposal restingOn(Wish wish, Situation situation, Collection<Subject> evidence) {
        return proposal(
                wish, situation, Map.of(RULE, new Proposal.Wisher(Autonomy.AUTO, null)), evidence);
    }

    static Proposal restingOn(
            Wish wish,
            Situation situation,
            Map<String, Proposal.Wisher> wishers,
            Collection<Subject> evidence) {
        return proposal(wish, situation, wishers, evidence);
    }

    private static Proposal proposal(
            Wish wish,
            Situation situation,
            Map<String, Proposal.Wisher> wishers,
            Collection<Subject> evidence) {
        Draft draft = Draft.of(wish, situation);
        return new Proposal(
                wish,
                draft.action(),
                draft.nothing(),
                new TreeMap<>(wishers),
                Sorted.copy(evidence),
                "i-1",
                situation.now(),
                null);
    }

    /// What the person Anna asks for.
    static Proposal asked(Wish wish, Situation situation) {
        Draft draft = Draft.of(wish, situation);
        return new Proposal(
                wish,
                draft.action(),
                draft.nothing(),
                Sorted.copy(Map.of()),
                Sorted.copy(List.<Subject>of()),
                "i-1",
                situation.now(),
                "anna");
    }
}
