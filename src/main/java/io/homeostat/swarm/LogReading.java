package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.TaskLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Docker's log of a task as lines. Of a task without a terminal it comes in frames: a byte that
/// says which stream, three zeroes, the length in four bytes, and so many bytes. What Docker itself
/// has to say comes in frames of their own.
final class LogReading {
    private static final int HEAD = 8;
    private static final int OF_DOCKER = 3;

    /// Drivers that can always be read.
    private static final Set<String> GIVING_BACK = Set.of("json-file", "local", "journald");

    private LogReading() {}

    /// @param body what Docker sent; its end may be missing
    static TaskLog read(byte[] body, int most) {
        StringBuilder text = new StringBuilder();
        StringBuilder trouble = new StringBuilder();
        ByteBuffer rest = ByteBuffer.wrap(body);
        while (rest.hasRemaining()) {
            if (!isFrame(rest)) {
                text.append(utf8(rest, rest.remaining()));
                break;
            }
            int stream = rest.get();
            rest.position(rest.position() + 3);
            int length = Math.min(Math.max(0, rest.getInt()), rest.remaining());
            (stream == OF_DOCKER ? trouble : text).append(utf8(rest, length));
        }
        List<String> lines = text.toString().lines().filter(line -> !line.isBlank()).toList();
        return new TaskLog(
                lines.subList(Math.max(0, lines.size() - most), lines.size()),
                trouble.toString().strip());
    }

    /// Docker sends nothing, and no error either, of a log that its driver does not give back.
    ///
    /// @param tasks a list of the task that nothing came of
    /// @return what its driver has to do with that; empty when that is not known to be anything
    static String whySilent(JsonNode tasks) {
        String driver = tasks.path(0).path("Spec").path("LogDriver").path("Name").asText("");
        return driver.isEmpty() || GIVING_BACK.contains(driver)
                ? ""
                : "nothing came of it, and its log driver is " + driver;
    }

    private static boolean isFrame(ByteBuffer rest) {
        int at = rest.position();
        return rest.remaining() >= HEAD
                && rest.get(at) >= 0
                && rest.get(at) <= OF_DOCKER
                && rest.get(at + 1) == 0
                && rest.get(at + 2) == 0
                && rest.get(at + 3) == 0;
    }

    private static String utf8(ByteBuffer rest, int length) {
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
