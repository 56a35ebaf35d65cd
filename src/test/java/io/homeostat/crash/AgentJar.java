package io.homeostat.crash;

import io.homeostat.crash.agent.Agent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// Packs the agent's classes into a jar that `-javaagent` takes.
final class AgentJar {
    private static final String NAME = "edges.jar";

    private AgentJar() {}

    static Path in(Path folder) throws IOException {
        Path jar = folder.resolve(NAME);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest())) {
            for (String name : classes()) {
                entries.putNextEntry(new ZipEntry(name));
                try (var in = AgentJar.class.getResourceAsStream("/" + name)) {
                    if (in == null) {
                        throw new IOException("the compiled class " + name + " is gone");
                    }
                    in.transferTo(entries);
                }
                entries.closeEntry();
            }
        }
        return jar;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", Agent.class.getName());
        // So that woven classes see it, whichever loader they come from.
        main.putValue("Boot-Class-Path", NAME);
        return manifest;
    }

    private static List<String> classes() throws IOException {
        Path root =
                Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        String folder = Agent.class.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .sorted()
                    .toList();
        }
    }
}
