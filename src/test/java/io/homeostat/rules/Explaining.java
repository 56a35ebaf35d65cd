package io.homeostat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rules and facts to be explained.
final class Explaining {
    private Explaining() {}

    static Explanation explain(
            Subject subject, @Nullable String rule, String rules, Fact... facts) {
        List<Fact> all = Arrays.asList(facts);
        return new Explainer(rulebook(rules))
                .explain(all, Focus.on(subject, all), rule, Collections.emptySortedMap());
    }

    static Rulebook rulebook(String rules) {
        Rulebook rulebook = Rulebook.compile(new TreeMap<>(Map.of("test.drl", rules)));
        assertThat(rulebook.faults()).isEmpty();
        return rulebook;
    }

    static String rule(String name, String when) {
        return """
        rule "%s"
        when
        %s
        then
            insertLogical( restart( $service ) );
        end
        """
                .formatted(name, when);
    }

    static Alert alert(String name, @Nullable String service, Map<String, String> labels) {
        return Facts.alert(name, service == null ? null : Facts.service(service, Map.of()), labels);
    }

    static Task task(String id, String service, Task.State state) {
        return new Task(
                id,
                service,
                1,
                "n1",
                1,
                state,
                Task.State.RUNNING,
                "image",
                Facts.MORNING,
                Facts.MORNING,
                null,
                null);
    }

    static Node node(String id) {
        return new Node(
                id,
                id,
                1,
                Node.Role.WORKER,
                Node.State.READY,
                Node.Availability.ACTIVE,
                Node.Manager.NONE,
                "",
                new TreeMap<>());
    }

    static Service service(String name, Map<String, String> labels) {
        return new Service(
                "id-" + name,
                name,
                1,
                null,
                Service.Mode.REPLICATED,
                2,
                "image",
                0,
                new TreeMap<>(labels),
                ScaleBounds.NONE,
                new TreeMap<>(),
                Service.Update.NONE,
                true,
                1,
                Facts.MORNING,
                "hash",
                "content");
    }
}
