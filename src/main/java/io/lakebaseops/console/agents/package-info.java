/// The three agents, their tools, jobs and runs.
@NullMarked
package io.lakebaseops.console.agents;

import org.jspecify.annotations.NullMarked;
