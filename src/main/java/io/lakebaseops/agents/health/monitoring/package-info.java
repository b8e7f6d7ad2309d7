/// Rounds of measurement, alerts, standard operating procedures.
@NullMarked
package io.lakebaseops.agents.health.monitoring;

import org.jspecify.annotations.NullMarked;
