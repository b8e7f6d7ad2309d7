/// Dead rows, vacuum and freeze.
@NullMarked
package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.NullMarked;
