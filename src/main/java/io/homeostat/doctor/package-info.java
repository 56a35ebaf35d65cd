/// What is wrong with how services, alerts and managers are set up, found by looking once. Pure:
/// others look and show.
///
/// May depend on: `fact`, and `engine` for the labels by which alerts name what they are about.
@NullMarked
package io.homeostat.doctor;

import org.jspecify.annotations.NullMarked;
