@org.jspecify.annotations.NullMarked
package io.lakebaseops.agents.performance;
