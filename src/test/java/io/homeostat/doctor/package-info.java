/// What the doctor finds, and the near misses that it leaves alone.
@NullMarked
package io.homeostat.doctor;

import org.jspecify.annotations.NullMarked;
