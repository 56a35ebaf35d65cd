package io.homeostat.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may know whom. A new package must take its place in one of the lists below.
class ArchitectureTest {
    private static final String ROOT = "io.homeostat";

    /// Pure Java, without a clock and without I/O; each may know those named beside it.
    private static final Map<String, List<String>> CORE =
            new TreeMap<>(
                    Map.of(
                            "fact", List.of(),
                            "tracking", List.of("fact"),
                            "action", List.of("fact"),
                            "rules", List.of("fact", "action"),
                            "diagnosis", List.of("fact"),
                            "guard", List.of("fact", "action", "diagnosis"),
                            "incident", List.of("fact", "action", "guard"),
                            "remedy", List.of("fact", "action", "guard", "incident"),
                            "engine",
                                    List.of(
                                            "fact",
                                            "tracking",
                                            "action",
                                            "rules",
                                            "diagnosis",
                                            "guard",
                                            "incident",
                                            "remedy"),
                            "replay",
                                    List.of(
                                            "fact",
                                            "action",
                                            "rules",
                                            "guard",
                                            "incident",
                                            "engine")));

    /// One package per outside system; may know the core but not its rules, and never each other.
    private static final List<String> EDGES =
            List.of(
                    "alertmanager",
                    "api",
                    "aws",
                    "console",
                    "dockerflow",
                    "prometheus",
                    "simulated",
                    "slack",
                    "store",
                    "swarm",
                    "webhook");

    /// An edge shows the house one public class. One that needs a second says here which and why.
    private static final Map<String, String> SECOND_DOORS =
            Map.of(
                    "io.homeostat.simulated.SimulatedAlertmanager",
                    "stands for another outside system than the simulated cluster beside it",
                    ROOT + ".alertmanager.WebhookBody",
                    "scenarios bring Alertmanager's bodies as files",
                    ROOT + ".store.Backup",
                    "a command line copies the database and puts it back without opening a store",
                    ROOT + ".store.SqlPast",
                    "a command line goes through history without opening a store",
                    ROOT + ".store.StoreLimits",
                    "the app reads them from its configuration",
                    ROOT + ".slack.LoggedNotices",
                    "says in the log what nobody can be told while Slack is not configured",
                    ROOT + ".swarm.SwarmSurvey",
                    "the doctor looks at a swarm without watching it, and without a lease",
                    ROOT + ".swarm.SwarmSettings",
                    "the app reads them from its configuration");

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void roomsKnowOnlyTheRoomsTheyMay() {
        LayeredArchitecture house =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true);
        for (String room : allRooms()) {
            house = house.layer(room).definedBy(ROOT + "." + room + "..");
        }
        for (Map.Entry<String, List<String>> room : CORE.entrySet()) {
            house = allow(house, room.getKey(), room.getValue());
        }
        for (String edge : EDGES) {
            house = allow(house, edge, edgeMayKnow(edge));
        }
        List<String> core = List.copyOf(CORE.keySet());
        house = allow(house, "scenario", plus(core, "simulated", "alertmanager"));
        house = allow(house, "reload", plus(core, "scenario"));
        // A database is backed up beside a running Homeostat, and restored while none runs.
        // The doctor looks at a swarm without one.
        house = allow(house, "cli", plus(core, "scenario", "store", "doctor", "swarm"));
        house = allow(house, "doctor", List.of("fact", "engine"));
        house.whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitectureIgnoring(ROOT)
                .check(HOUSE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void eachForeignLibraryHasOneRoom() {
        onlyIn(List.of("rules"), "org.kie..", "org.drools..", "org.mvel2..");
        onlyIn(List.of("swarm"), "com.github.dockerjava..");
        onlyIn(List.of("slack"), "com.slack..");
        onlyIn(List.of("store"), "java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..");
        onlyIn(List.of("alertmanager", "api", "console", "app"), "jakarta.ws.rs..");
        onlyIn(List.of("cli", "app"), "picocli..");
    }

    @Test
    void coreKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(CORE.keySet()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.micrometer..",
                        "io.smallrye..",
                        "io.vertx..",
                        "jakarta..")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void coreReadsNoClockRollsNoDiceAndNeverSleeps() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(CORE.keySet()))
                .should()
                .accessTargetWhere(leavesThingsToChance())
                .because("time and chance come in as parameters; the same input, the same run")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("there is no static mutable state")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    /// `Manager` alone is Swarm's own word for a node; at the end of a name it says nothing.
    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(
                        ".*(Utils?|Helper|Impl|Processor|Handler|Dto|Common|Misc)|.*[^.$]Manager")
                .orShould()
                .haveNameMatching("(.*[.$])?(Base|Abstract)[A-Z][^.$]*")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .because("a constructor says what a class needs")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void factsAreRecords() {
        classes()
                .that()
                .areAssignableTo(ROOT + ".fact.Fact")
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void eachEdgeHasOneDoor() {
        Map<String, List<String>> doors =
                HOUSE.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> EDGES.contains(roomOf(type.getName())))
                        .map(JavaClass::getName)
                        .filter(name -> !SECOND_DOORS.containsKey(name))
                        .sorted()
                        .collect(groupingBy(ArchitectureTest::roomOf));

        assertThat(doors.values())
                .as("public classes of one edge; all but one should be package-private")
                .allSatisfy(publicClasses -> assertThat(publicClasses).hasSizeLessThanOrEqualTo(1));
        assertThat(SECOND_DOORS.keySet())
                .as("second doors that still exist")
                .allMatch(HOUSE::contain);
    }

    private static List<String> allRooms() {
        return Stream.of(
                        CORE.keySet().stream(),
                        EDGES.stream(),
                        Stream.of("scenario", "reload", "doctor", "cli", "app"))
                .flatMap(rooms -> rooms)
                .toList();
    }

    /// The console and scripts replay samples, so `api` may know `scenario`; people have rules
    /// reloaded, so it may know `reload`.
    private static List<String> edgeMayKnow(String edge) {
        List<String> coreButRules =
                CORE.keySet().stream().filter(room -> !room.equals("rules")).toList();
        return edge.equals("api") ? plus(coreButRules, "scenario", "reload") : coreButRules;
    }

    private static LayeredArchitecture allow(
            LayeredArchitecture house, String room, List<String> others) {
        return others.isEmpty()
                ? house.whereLayer(room).mayNotAccessAnyLayer()
                : house.whereLayer(room).mayOnlyAccessLayers(others.toArray(String[]::new));
    }

    private static void onlyIn(List<String> rooms, String... library) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaAccess<?>> leavesThingsToChance() {
        Set<String> banned =
                Set.of(
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.lang.Math.random",
                        "java.lang.Thread.sleep",
                        "java.util.UUID.randomUUID",
                        "java.util.concurrent.ThreadLocalRandom.current",
                        "java.util.concurrent.TimeUnit.sleep",
                        "java.util.Date.<init>",
                        "java.time.Clock.systemUTC",
                        "java.time.Clock.systemDefaultZone",
                        "java.time.InstantSource.system",
                        "java.security.SecureRandom.<init>");
        return describe(
                "reads the clock, rolls dice or sleeps",
                access -> {
                    String owner = access.getTargetOwner().getName();
                    String name = access.getName();
                    boolean now = owner.startsWith("java.time.") && name.equals("now");
                    boolean unseeded =
                            access.getTarget().getFullName().equals("java.util.Random.<init>()");
                    return now || unseeded || banned.contains(owner + "." + name);
                });
    }

    private static String roomOf(String className) {
        String[] parts = className.split("\\.", 4);
        return parts.length == 4 ? parts[2] : "";
    }

    private static String[] packages(Collection<String> rooms) {
        return rooms.stream().map(room -> ROOT + "." + room + "..").toArray(String[]::new);
    }

    private static List<String> plus(List<String> rooms, String... more) {
        return Stream.concat(rooms.stream(), Stream.of(more)).toList();
    }
}
