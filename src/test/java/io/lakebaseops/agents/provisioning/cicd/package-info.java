/// The workflow files and the scripts in them, checked and really run.
package io.lakebaseops.agents.provisioning.cicd;
