package io.homeostat.doctor;

/// An image as a service names it: `registry:5000/shop/api:1.2@sha256:…`.
///
/// @param name without tag and digest
/// @param tag empty when none is written, which means `latest`
/// @param digest empty when none is written
record ImageReference(String name, String tag, String digest) {
    static ImageReference of(String text) {
        int at = text.indexOf('@');
        String tagged = at < 0 ? text : text.substring(0, at);
        String digest = at < 0 ? "" : text.substring(at + 1);
        int colon = tagged.lastIndexOf(':');
        // A colon before a slash is that of a port.
        return colon > tagged.lastIndexOf('/')
                ? new ImageReference(
                        tagged.substring(0, colon), tagged.substring(colon + 1), digest)
                : new ImageReference(tagged, "", digest);
    }

    /// True when it may mean another image at any time, by its very name.
    boolean isMoving() {
        return digest.isEmpty() && (tag.isEmpty() || tag.equals("latest"));
    }

    boolean isSameTag(ImageReference other) {
        return name.equals(other.name) && tag.equals(other.tag);
    }
}
