/// What the tools of this room find, propose and refuse.
package io.lakebaseops.agents.performance.optimization;
