/// Schema migrations: what differs between branches and how to get from one to the other.
@NullMarked
package io.lakebaseops.agents.provisioning.migration;

import org.jspecify.annotations.NullMarked;
