package io.homeostat.swarm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an image as Docker reads it.
///
/// @param name all before the tag: `registry:5000/shop/api`
/// @param tag its tag, `latest` when none is given; empty when only a digest is
/// @param digest its digest; empty when none is given
record ImageName(String name, String tag, String digest) {
    /// The registry of names that say none.
    static final String DOCKER_HUB = "docker.io";

    private static final int LONGEST = 512;
    private static final Pattern FORM =
            Pattern.compile(
                    "([a-zA-Z0-9][a-zA-Z0-9._-]*(?::[0-9]{1,5}(?=/))?(?:/[a-z0-9][a-z0-9._-]*)*)"
                            + "(?::([a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?"
                            + "(?:@(sha256:[0-9a-f]{64}))?");

    /// @throws IllegalArgumentException when it is no name of an image
    static ImageName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of an image; write it as in registry:5000/shop/api:1.4"
                            .formatted(text));
        }
        String tag = form.group(2) == null ? "" : form.group(2);
        String digest = form.group(3) == null ? "" : form.group(3);
        return new ImageName(
                form.group(1), tag.isEmpty() && digest.isEmpty() ? "latest" : tag, digest);
    }

    /// The registry that keeps it: what stands before the first slash, if it looks like a host.
    String registry() {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost ? first : DOCKER_HUB;
    }

    /// With its tag, or its digest where it has one.
    String asked() {
        return digest.isEmpty() ? name + ":" + tag : name + "@" + digest;
    }

    String with(String found) {
        return (tag.isEmpty() ? name : name + ":" + tag) + "@" + found;
    }
}
