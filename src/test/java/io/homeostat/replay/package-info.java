@NullMarked
package io.homeostat.replay;

import org.jspecify.annotations.NullMarked;
