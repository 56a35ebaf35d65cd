package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.TaskLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReadingTest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Test
    void joinsWhatATaskWroteToBothItsStreams() {
        frame(1, "one\n");
        frame(2, "two\nthr");
        frame(1, "ee\n");

        assertThat(read(20)).isEqualTo(new TaskLog(List.of("one", "two", "three"), ""));
    }

    @Test
    void keepsTheLastLines() {
        frame(1, "1\n2\n\n3\n");

        assertThat(read(2).lines()).containsExactly("2", "3");
    }

    @Test
    void tellsWhatDockerSaysFromWhatTheTaskWrote() {
        frame(1, "one\n");
        frame(3, "Error grabbing logs: incomplete log stream\n");

        assertThat(read(20).lines()).containsExactly("one");
        assertThat(read(20).trouble()).isEqualTo("Error grabbing logs: incomplete log stream");
    }

    @Test
    void readsTheLogOfATaskWithATerminalAsItIs() {
        body.writeBytes("one\r\ntwo\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read(20).lines()).containsExactly("one", "two");
    }

    @Test
    void bearsABodyThatEndsAnywhere() {
        frame(1, "one\n");
        frame(2, "two\n");
        byte[] whole = body.toByteArray();
        for (int length = 0; length <= whole.length; length++) {
            assertThat(LogReading.read(Arrays.copyOf(whole, length), 20).trouble()).isEmpty();
        }
        assertThat(LogReading.read(new byte[] {1, 0, 0, 0, -1, -1, -1, -1, 'a'}, 20)).isNotNull();
    }

    @Test
    void saysWhichDriverGivesNothingBack() throws Exception {
        assertThat(LogReading.whySilent(task("{\"LogDriver\": {\"Name\": \"none\"}}")))
                .isEqualTo("nothing came of it, and its log driver is none");
        assertThat(LogReading.whySilent(task("{\"LogDriver\": {\"Name\": \"local\"}}"))).isEmpty();
        assertThat(LogReading.whySilent(task("{}"))).isEmpty();
        assertThat(LogReading.whySilent(Json.read("[]"))).isEmpty();
    }

    private static JsonNode task(String spec) throws IOException {
        return Json.read("[{\"Spec\": %s}]".formatted(spec));
    }

    private TaskLog read(int most) {
        return LogReading.read(body.toByteArray(), most);
    }

    private void frame(int stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.writeBytes(ByteBuffer.allocate(8).put((byte) stream).putInt(4, bytes.length).array());
        body.writeBytes(bytes);
    }
}
