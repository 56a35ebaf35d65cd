/// Tests of the code as a text and of its house: who may know whom, what may not be written, and
/// whether the documents name only what exists.
@NullMarked
package io.homeostat.architecture;

import org.jspecify.annotations.NullMarked;
