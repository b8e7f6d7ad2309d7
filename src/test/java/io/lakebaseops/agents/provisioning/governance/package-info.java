@org.jspecify.annotations.NullMarked
package io.lakebaseops.agents.provisioning.governance;
