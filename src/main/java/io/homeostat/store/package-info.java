/// The inbox and the journal on disk: SQLite, one writer, many callers to a commit. A crash at any
/// instant loses nothing that was confirmed.
///
/// May depend on: `fact`, `action`, `guard`, `incident`, `engine`.
@NullMarked
package io.homeostat.store;

import org.jspecify.annotations.NullMarked;
