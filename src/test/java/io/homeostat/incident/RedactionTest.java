package io.homeostat.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    /// A line of the corpus, in which the secret stands between `⟦` and `⟧`.
    record Leak(String line, String secret) {}

    static List<Leak> corpus() throws IOException {
        List<Leak> leaks = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(
                        RedactionTest.class.getResourceAsStream("/secrets/corpus.txt"))) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                int from = line.indexOf('⟦');
                if (from >= 0 && !line.startsWith("#")) {
                    // Cut in two in the corpus, lest those who look for leaked secrets find some.
                    String whole = line.replace("¦", "");
                    String secret = whole.substring(whole.indexOf('⟦') + 1, whole.indexOf('⟧'));
                    leaks.add(new Leak(whole.replace("⟦", "").replace("⟧", ""), secret));
                }
            }
        }
        return leaks;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void noSecretOfTheCorpusSurvives(Leak leak) {
        String safe = only(leak.line());

        assertThat(safe).contains(Redaction.REDACTED);
        for (int i = 0; i + 5 <= leak.secret().length(); i++) {
            assertThat(safe).doesNotContain(leak.secret().substring(i, i + 5));
        }
    }

    @Test
    void theCorpusHasFiftySecrets() throws IOException {
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(50).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password authentication failed for user \"shop\"",
                "invalid password for user ann",
                "token expired at 2026-11-30T10:00:00Z",
                "auth: none",
                "api_key: missing",
                "secret is required",
                "token=null",
                "author: ann, authorized: 3 users",
                "Basic authentication is not supported here",
                "GET https://shop.example/api/orders?page=2&sort=key 200",
                "git clone ssh://git@git.example/shop.git",
                "connected to postgres://db.shop:5432/orders",
                "pull shop/api:1.2@sha256:4875c7b3b43b8a7a5c56df9f40c3ace19d3a2d309d5a0f27f0622f4f83ebd87c",
                "commit 046e00d5a0f27f0622f4f83ebd87c4875c7b3b43",
                "request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 took 312 ms",
                "task 8j9no9qhznh5vr5bvtchqnoio exited with 137",
                "java.lang.OutOfMemoryError: Java heap space",
                "at io.netty.handler.codec.http2.Http2ConnectionPrefaceAndSettingsFrameWrittenEvent.run(X.java:312)",
                "bind: address already in use 0.0.0.0:8080",
                "mysql -h db -u shop orders",
                "max connections 100, timeout 30s, retries=3",
                "user ann logged in from 10.1.2.3",
                "GET http://shop:8080/users/ann@shop.example 404",
                "disk-usage-percent of sk-long-resource-name-of-words is fine",
                "path /var/lib/shop/keys/public.pem not found",
                "expected 16 characters, got 12"
            })
    void leavesReadableWhatIsNoSecret(String line) {
        assertThat(only(line)).isEqualTo(line);
    }

    @Test
    void keepsWhatIsAroundASecret() {
        assertThat(only("login failed: user=ann password=hunter22 host=db after 3 s"))
                .isEqualTo("login failed: user=ann password=[redacted] host=db after 3 s");
        assertThat(only("dial postgres://shop:s3cr3t@db:5432/orders: refused"))
                .isEqualTo("dial postgres://[redacted]@db:5432/orders: refused");
        assertThat(only("{\"cookie\": \"a=b; c=d\", \"user\": \"ann\"}"))
                .isEqualTo("{\"cookie\": [redacted]\", \"user\": \"ann\"}");
        assertThat(only("{\"user\":\"ann\",\"password\":\"a\\\"b c\",\"try\":2}"))
                .isEqualTo("{\"user\":\"ann\",\"password\":[redacted]\",\"try\":2}");
    }

    @Test
    void takesOutAPrivateKeyWithAllItsLines() {
        assertThat(
                        Redaction.of(
                                List.of(
                                        "loading key",
                                        "-----BEGIN RSA PRIVATE" + " KEY-----",
                                        "MIIEow",
                                        "IBAAK",
                                        "-----END RSA PRIVATE" + " KEY-----",
                                        "loaded")))
                .containsExactly("loading key", "[redacted]", "loaded");
    }

    @Test
    void takesOutAKeyWhoseBeginningOrEndIsNotThere() {
        assertThat(Redaction.of(List.of("a", "-----BEGIN PRIVATE" + " KEY-----", "MIIEow")))
                .containsExactly("a", "[redacted]");
        assertThat(Redaction.of(List.of("-----END EC PRIVATE" + " KEY-----", "b")))
                .containsExactly("[redacted]", "b");
    }

    @Test
    void isNotBlindedByColours() {
        assertThat(only("\u001B[32mpassword\u001B[0m=\u001B[31mhunter22\u001B[0m"))
                .isEqualTo("password=[redacted]");
    }

    @Test
    void bearsLinesOfAnyLength() {
        assertThat(only("password".repeat(100_000))).hasSizeLessThan(4100);
        assertThat(only("a.b-c_".repeat(100_000))).hasSizeLessThan(4100);
        assertThat(only("\"".repeat(10_000))).isNotEmpty();
    }

    private static String only(String line) {
        return Redaction.of(List.of(line)).getFirst();
    }
}
