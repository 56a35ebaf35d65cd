package io.homeostat.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The load generator wrk, from Debian's package of that name: in C, so that it leaves the cores to
/// what is measured.
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern MEDIAN = Pattern.compile("(?m)^\\s+50%\\s+([\\d.]+)(us|ms|s)");

    private final Path script;

    /// One run's result.
    record Run(double perSecond, Duration median) {}

    /// @param bodies sent in turn, each as one request
    Wrk(Path directory, List<String> bodies) throws IOException {
        Path lines = directory.resolve("bodies.txt");
        Files.write(lines, bodies);
        this.script = directory.resolve("post.lua");
        Files.writeString(
                script,
                """
                local requests, turn = {}, 0
                function init(arguments)
                  wrk.method = "POST"
                  wrk.headers["Content-Type"] = "application/json"
                  for line in io.lines("%s") do
                    requests[#requests + 1] = wrk.format(nil, nil, nil, line)
                  end
                end
                function request()
                  turn = turn %% #requests + 1
                  return requests[turn]
                end
                """
                        .formatted(lines));
    }

    Run post(String url, int connections, Duration span) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "wrk",
                                "-t1",
                                "-c" + connections,
                                "-d" + span.toSeconds() + "s",
                                "--latency",
                                "-s",
                                script.toString(),
                                url)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        Matcher median = MEDIAN.matcher(output);
        boolean answered = !output.contains("Non-2xx") && !output.contains("Socket errors");
        if (process.waitFor() != 0 || !answered || !rate.find() || !median.find()) {
            throw new IllegalStateException("wrk against " + url + " said:\n" + output);
        }
        return new Run(
                Double.parseDouble(rate.group(1)),
                span(Double.parseDouble(median.group(1)), median.group(2)));
    }

    private static Duration span(double number, String unit) {
        double nanos =
                switch (unit) {
                    case "us" -> number * 1e3;
                    case "ms" -> number * 1e6;
                    case "s" -> number * 1e9;
                    default -> throw new IllegalArgumentException(unit);
                };
        return Duration.ofNanos((long) nanos);
    }
}
