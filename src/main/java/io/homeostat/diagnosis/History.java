package io.homeostat.diagnosis;

/// What is known of how a service came to be as it is, for evidence.
final class History {
    private History() {}

    static String of(Patient patient) {
        Change change = patient.change();
        String last =
                change == null ? "no change of its image or configuration was seen" : change.text();
        return "%s; it runs image %s".formatted(last, patient.service().image());
    }
}
