/// Branches: names by policy, limits, life.
@NullMarked
package io.lakebaseops.agents.provisioning.branching;

import org.jspecify.annotations.NullMarked;
