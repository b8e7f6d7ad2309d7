/// Tools, catalog, agents, events and the job schedule.
@NullMarked
package io.lakebaseops.framework;

import org.jspecify.annotations.NullMarked;
