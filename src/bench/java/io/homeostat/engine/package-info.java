/// How much CPU the engine takes: `deploy/bench/judging`. Compiled in the Maven profile `bench`
/// only.
@NullMarked
package io.homeostat.engine;

import org.jspecify.annotations.NullMarked;
