/// What a rulebook would have decided on recorded history, against what was really decided. An open
/// loop: the recorded world does not react.
///
/// May depend on: `fact`, `action`, `rules`, `guard`, `incident`, `engine`.
@NullMarked
package io.homeostat.replay;

import org.jspecify.annotations.NullMarked;
