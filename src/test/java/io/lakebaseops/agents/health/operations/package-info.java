/// Tests of cost attribution and suspend timeouts.
package io.lakebaseops.agents.health.operations;
