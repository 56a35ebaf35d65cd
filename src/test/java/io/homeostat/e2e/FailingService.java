package io.homeostat.e2e;

/// A service with one task that fails and is not started again, whose logs may be shown.
final class FailingService {
    private FailingService() {}

    /// @param script what its task runs, in a shell
    static void create(String name, String script) {
        Shell.docker(
                "service",
                "create",
                "--quiet",
                "--detach",
                "--no-resolve-image",
                "--name",
                name,
                "--label",
                "homeostat.evidence.logs=true",
                "--restart-condition",
                "none",
                "busybox:stb",
                "sh",
                "-c",
                script);
    }

    static void remove(String name) {
        Shell.docker("service", "rm", name);
    }
}
