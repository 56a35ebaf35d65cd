package io.homeostat.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tokens that open the door. Compared by their hashes, in constant time, so that neither
/// content nor length shows in how long it takes.
final class Credentials {
    private final List<byte[]> hashes;

    Credentials(List<String> tokens) {
        this.hashes = tokens.stream().map(Credentials::hash).toList();
    }

    boolean areWanted() {
        return !hashes.isEmpty();
    }

    /// True when the header brings one of the tokens: as bearer, or as the password of basic
    /// authentication, whatever the user.
    boolean hold(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        int space = authorization.indexOf(' ');
        if (space < 0) {
            return false;
        }
        String value = authorization.substring(space + 1).strip();
        return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> isToken(value);
            case "basic" -> isToken(password(value));
            default -> false;
        };
    }

    private static String password(String encoded) {
        try {
            String user = new String(Base64.getDecoder().decode(encoded), UTF_8);
            return user.substring(user.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private boolean isToken(String value) {
        byte[] hash = hash(value);
        boolean found = false;
        for (byte[] known : hashes) {
            found |= MessageDigest.isEqual(known, hash);
        }
        return found;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
