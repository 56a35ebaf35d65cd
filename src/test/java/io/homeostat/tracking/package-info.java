/// Tests of how many replicas metrics ask for.
@NullMarked
package io.homeostat.tracking;

import org.jspecify.annotations.NullMarked;
