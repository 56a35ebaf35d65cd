package io.homeostat.cli;

import io.homeostat.scenario.ScenarioResult;
import java.time.Duration;

/// A scenario's result, and how long it took to play it.
record Played(ScenarioResult result, Duration took) {}
