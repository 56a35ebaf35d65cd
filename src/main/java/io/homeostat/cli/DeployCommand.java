package io.homeostat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        description = "Asks for another image of a service; it is watched, and taken back if bad.")
final class DeployCommand extends Remote {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "the service, by its name")
    private String service = "";

    @Parameters(
            index = "1",
            paramLabel = "IMAGE",
            description = "the image with its tag; its digest is looked up now")
    private String image = "";

    @Option(
            names = "--force",
            description = "deploy an image that is in quarantine because it was taken back")
    private boolean force;

    @Option(names = "--why", required = true, description = "the reason, for all who wonder")
    private String why = "";

    @Option(names = "--by", description = "who wishes it; you, when not given")
    private String by;

    DeployCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment);
        this.by = user;
    }

    @Override
    int ask(Server server) throws Problem, InterruptedException {
        ObjectNode body =
                Console.JSON
                        .createObjectNode()
                        .put("service", service)
                        .put("image", image)
                        .put("requestedBy", by)
                        .put("reason", why)
                        .put("force", force);
        JsonNode made = server.post("deployments", body);
        if (isJson()) {
            console.json(made);
            return 0;
        }
        console.line(
                "%s is %s for %s"
                        .formatted(
                                made.path("image").asText(),
                                made.path("state").asText(),
                                made.path("service").asText()));
        console.line("See what becomes of it: homeostat timeline " + service);
        return 0;
    }
}
