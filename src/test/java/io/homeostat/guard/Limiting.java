package io.homeostat.guard;

import io.homeostat.fact.Autonomy;

/// Limits for tests: the defaults, but for ceiling, scope and cap.
final class Limiting {
    private Limiting() {}

    static Limits open() {
        return limits(Autonomy.AUTO, Scope.of(Scope.Kind.ALL), 100);
    }

    static Limits ceiling(Autonomy ceiling) {
        return limits(ceiling, Scope.of(Scope.Kind.ALL), 100);
    }

    static Limits scope(Scope scope) {
        return limits(Autonomy.AUTO, scope, 100);
    }

    static Limits cap(int replicasMax) {
        return limits(Autonomy.AUTO, Scope.of(Scope.Kind.ALL), replicasMax);
    }

    private static Limits limits(Autonomy ceiling, Scope scope, int replicasMax) {
        return Limits.DEFAULT.reaching(ceiling, scope, replicasMax);
    }
}
