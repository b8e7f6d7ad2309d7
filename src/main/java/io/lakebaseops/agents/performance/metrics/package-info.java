/// Statement history from pg_stat_statements.
@NullMarked
package io.lakebaseops.agents.performance.metrics;

import org.jspecify.annotations.NullMarked;
