package io.homeostat.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the mounts of a service's tasks say of its data.
final class Mounts {
    /// File systems that the local driver mounts from elsewhere.
    private static final Set<String> REMOTE =
            Set.of("nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs", "fuse.glusterfs", "9p");

    /// What is of the machine itself, and nobody's data.
    private static final Pattern OF_THE_MACHINE =
            Pattern.compile("/(dev|etc|proc|run|sys|var/run)(/.*)?");

    private Mounts() {}

    /// True when two tasks at once might write the same data.
    static boolean writable(DeployedService service) {
        return service.mounts().stream().anyMatch(Mounts::isWritable);
    }

    /// True for a volume with a name that is kept on the disk of whatever node a task is on, as far
    /// as the service says.
    static boolean isLocalVolume(JsonNode mount) {
        JsonNode driver = mount.path("VolumeOptions").path("DriverConfig");
        String name = driver.path("Name").asText("");
        String type = driver.path("Options").path("type").asText("").toLowerCase(Locale.ROOT);
        return mount.path("Type").asText("").equals("volume")
                && !mount.path("Source").asText("").isEmpty()
                && (name.isEmpty() || name.equals("local"))
                && !REMOTE.contains(type);
    }

    /// True when the volume is one that a task creates where it is missing, so that its driver is
    /// the one that the service names.
    static boolean isMadeForIt(JsonNode mount) {
        JsonNode options = mount.path("VolumeOptions");
        return options.path("Labels").has("com.docker.stack.namespace")
                || options.path("DriverConfig").path("Name").asText("").equals("local");
    }

    private static boolean isWritable(JsonNode mount) {
        if (mount.path("ReadOnly").asBoolean(false)) {
            return false;
        }
        String source = mount.path("Source").asText("");
        return switch (mount.path("Type").asText("")) {
            case "volume" -> !source.isEmpty();
            case "bind" -> !OF_THE_MACHINE.matcher(source).matches();
            case "cluster" -> true;
            default -> false;
        };
    }
}
