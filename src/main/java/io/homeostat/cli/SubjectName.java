package io.homeostat.cli;

import io.homeostat.fact.Subject;

/// A subject as people type it: the name of a service will do.
final class SubjectName {
    private SubjectName() {}

    static Subject read(String text) throws Problem {
        try {
            return text.contains("/") ? Subject.parse(text) : Subject.service(text);
        } catch (IllegalArgumentException bad) {
            throw Problem.usage(String.valueOf(bad.getMessage()), bad);
        }
    }
}
