/// Projects and the tables our history lives in.
@NullMarked
package io.lakebaseops.agents.provisioning.project;

import org.jspecify.annotations.NullMarked;
