/// What the databases cost, who used it, and how long an idle compute should stay awake.
@NullMarked
package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.NullMarked;
