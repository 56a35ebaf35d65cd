package io.homeostat.store;

/// How much the store takes at once.
///
/// @param queueLength how many writes may wait before callers are told to come again
/// @param batch how many writes share one commit at most
record StoreLimits(int queueLength, int batch) {
    static final StoreLimits DEFAULT = new StoreLimits(4096, 512);

    StoreLimits {
        if (queueLength < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "queue length and batch must be at least 1: %d, %d"
                            .formatted(queueLength, batch));
        }
    }
}
