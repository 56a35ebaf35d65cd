package io.homeostat.engine;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The same matching in plain Drools, which is given an object, fires, and is rid of it: no
/// decision, no memory, nobody told.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RawBench {
    @Param("SIMPLE")
    public Workload workload = Workload.SIMPLE;

    private final List<Object> out = new ArrayList<>();
    private KieSession session = session(Workload.SIMPLE.rawRules());
    private long number;

    /// A service as plain Drools is given it.
    public static final class RawService {
        private final String name;
        private final int replicas;
        private final Map<String, String> labels;

        RawService(String name, int replicas, Map<String, String> labels) {
            this.name = name;
            this.replicas = replicas;
            this.labels = labels;
        }

        public String getName() {
            return name;
        }

        public int getReplicas() {
            return replicas;
        }

        public Map<String, String> getLabels() {
            return labels;
        }
    }

    private static KieSession session(String rules) {
        BenchCluster.logAsTheProgramDoes();
        KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder();
        builder.add(ResourceFactory.newReaderResource(new StringReader(rules)), ResourceType.DRL);
        if (builder.hasErrors()) {
            throw new IllegalStateException("the raw rules are wrong: " + builder.getErrors());
        }
        InternalKnowledgeBase base =
                KnowledgeBaseFactory.newKnowledgeBase(
                        RuleBaseFactory.newKnowledgeBaseConfiguration(
                                new Properties(), RawBench.class.getClassLoader()));
        base.addPackages(builder.getKnowledgePackages());
        return base.newKieSession();
    }

    @Setup
    public void begin() {
        session.dispose();
        session = session(workload.rawRules());
        session.setGlobal("out", out);
        for (int service = 0; service < workload.services(); service++) {
            session.insert(
                    new RawService(
                            BenchCluster.name(service), 3, Map.of("tier", "web", "team", "p")));
        }
        session.fireAllRules();
        if (fire() != 1) {
            throw new IllegalStateException("the alert matched nothing");
        }
    }

    @TearDown
    public void end() {
        session.dispose();
    }

    @Benchmark
    public int fire() {
        FactHandle handle = session.insert(workload.alert(number++).raw());
        session.fireAllRules();
        session.delete(handle);
        int matched = out.size();
        out.clear();
        return matched;
    }
}
