package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.doctor.Ailment;
import io.homeostat.doctor.DeployedService;
import io.homeostat.doctor.Doctor;
import io.homeostat.doctor.Finding;
import io.homeostat.doctor.Seen;
import io.homeostat.swarm.SwarmSurvey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = {
            "Looks at any Swarm, changes nothing, and says what loses requests or data.",
            "It needs no running Homeostat and no labels."
        },
        footer = "Exit code 0: nothing found; 1: findings; 2: wrong usage, or it cannot look.")
final class DoctorCommand implements Callable<Integer> {
    private static final String SOCKET = "unix:///var/run/docker.sock";

    /// For all of it, so that with the start of the program it is over within five seconds.
    private static final Duration TIME = Duration.ofSeconds(4);

    private final Console console;
    private final Home home;
    private final Map<String, String> environment;

    @Option(
            names = "--docker",
            paramLabel = "HOST",
            description = "a manager; else HOMEOSTAT_DOCKER_HOST, else DOCKER_HOST, else " + SOCKET)
    private @Nullable String docker;

    @Option(
            names = "--alertmanager",
            paramLabel = "URL|FILE",
            description = "its address, or its configuration file")
    private List<String> alertmanagers = List.of();

    @Option(
            names = "--prometheus",
            paramLabel = "URL|FILE",
            description = "its address, or a file of its alert rules; may be given several times")
    private List<String> prometheuses = List.of();

    @Option(
            names = "--skip",
            paramLabel = "CODE",
            split = ",",
            description = "leaves out findings of this code, such as no-memory-limit")
    private List<String> skipped = List.of();

    @Option(names = "--json", description = "for machines")
    private boolean json;

    DoctorCommand(Console console, Home home, Map<String, String> environment) {
        this.console = console;
        this.home = home;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Problem, InterruptedException {
        SortedSet<Ailment> left = left();
        URI host = host();
        Seen seen;
        try (MonitoringSources monitoring = new MonitoringSources(home, TIME)) {
            alertmanagers.forEach(monitoring::alertmanager);
            prometheuses.forEach(monitoring::prometheus);
            seen = look(host, monitoring);
        }
        List<Finding> findings =
                Doctor.examine(seen).stream()
                        .filter(finding -> !left.contains(finding.ailment()))
                        .toList();
        DoctorReport report =
                new DoctorReport(host, seen.services().size(), findings, notLookedAt());
        if (json) {
            console.json(report.json());
        } else {
            report.lines(console.isColoured()).forEach(console::made);
        }
        return findings.isEmpty() ? 0 : 1;
    }

    private Seen look(URI host, MonitoringSources monitoring) throws Problem, InterruptedException {
        try (SwarmSurvey survey = new SwarmSurvey(host, TIME)) {
            List<DeployedService> services =
                    survey.services().stream().map(DeployedService::new).toList();
            List<JsonNode> nodes = survey.nodes();
            SortedMap<String, JsonNode> images = survey.images(images(services));
            return new Seen(
                    services,
                    nodes,
                    images,
                    monitoring.alerts(),
                    monitoring.rules(),
                    monitoring.receivers());
        } catch (IllegalArgumentException | IOException unusable) {
            throw Problem.usage(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    /// The images that might bring what their services do not say.
    private static SortedSet<String> images(List<DeployedService> services) {
        SortedSet<String> images = new TreeSet<>();
        for (DeployedService service : services) {
            if (service.serves() && !service.speaksOfHealth() && !service.image().isEmpty()) {
                images.add(service.image());
            }
        }
        return images;
    }

    private SortedSet<Ailment> left() throws Problem {
        SortedSet<Ailment> left = new TreeSet<>();
        for (String code : skipped) {
            left.add(
                    Ailment.of(code)
                            .orElseThrow(() ->
                                    Problem.usage(
                                            "'%s' is no code of a finding; docs/doctor.md has them"
                                                    .formatted(code))));
        }
        return left;
    }

    private URI host() throws Problem {
        String text = SOCKET;
        for (String name : List.of("DOCKER_HOST", "HOMEOSTAT_DOCKER_HOST")) {
            String said = environment.getOrDefault(name, "");
            text = said.isEmpty() ? text : said.split(",", -1)[0];
        }
        String address = docker == null ? text : docker;
        try {
            return URI.create(address.strip());
        } catch (IllegalArgumentException bad) {
            throw Problem.usage(
                    "'%s' is no address of Docker; write %s or tcp://host:2375"
                            .formatted(address, SOCKET),
                    bad);
        }
    }

    private List<String> notLookedAt() {
        List<String> not = new ArrayList<>();
        if (alertmanagers.isEmpty()) {
            not.add("Alertmanager: say where it is with --alertmanager URL or FILE");
        }
        if (prometheuses.isEmpty()) {
            not.add("the rules of Prometheus: say where they are with --prometheus URL or FILE");
        }
        return not;
    }
}
