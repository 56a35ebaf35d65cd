package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds services whose data are on the disk of one node.
final class LocalVolume implements ServiceCheck {
    private static final Pattern ONE_NODE = Pattern.compile("\\s*node\\.(id|hostname)\\s*==.*");

    @Override
    public Optional<Finding> of(DeployedService service) {
        List<JsonNode> volumes = service.mounts().stream().filter(Mounts::isLocalVolume).toList();
        if (service.replicas() == 0 || volumes.isEmpty()) {
            return Optional.empty();
        }
        List<String> names =
                volumes.stream().map(volume -> volume.path("Source").asText()).sorted().toList();
        boolean pinned = isPinned(service);
        String what =
                "%s of the node that a task is on%s"
                        .formatted(
                                names.size() == 1
                                        ? "it keeps the volume %s on the disk"
                                                .formatted(names.getFirst())
                                        : "it keeps the volumes %s on the disk"
                                                .formatted(String.join(", ", names)),
                                pinned
                                        ? ", and may run on that node only"
                                        : ", and may be started on another");
        String change = shared(service, names) + (pinned ? "" : "\n" + keptInPlace(service));
        return volumes.stream().allMatch(Mounts::isMadeForIt)
                ? service.found(Ailment.LOCAL_VOLUME, what, change)
                : Optional.of(
                        service.suspicion(
                                Ailment.LOCAL_VOLUME,
                                what + ", unless the volume was made with another driver before",
                                change));
    }

    private static boolean isPinned(DeployedService service) {
        for (JsonNode constraint : service.template().path("Placement").path("Constraints")) {
            if (ONE_NODE.matcher(constraint.asText()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String shared(DeployedService service, List<String> names) {
        StringBuilder lines = new StringBuilder("volumes:");
        String prefix = service.stack() + "_";
        for (String name : names) {
            lines.append("\n  ")
                    .append(name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                    .append(":  # under another name than before, with the data copied\n")
                    .append(
                            "    driver_opts: { type: nfs, o: \"addr=SERVER\", device: \":/PATH\" }");
        }
        return lines.toString();
    }

    private static String keptInPlace(DeployedService service) {
        return "# or, so that it is at least never started without its data:\n"
                + service.inStackFile(
                        "deploy:\n  placement:\n    constraints: [\"node.hostname == NODE\"]");
    }
}
