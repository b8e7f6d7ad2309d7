/// Schema migrations: files, history, hazards, and the trial of both on a branch.
@NullMarked
package io.lakebaseops.agents.provisioning.migration;

import org.jspecify.annotations.NullMarked;
