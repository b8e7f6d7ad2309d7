/// Pull requests meet their own branch: the workflow files and how they are checked.
@NullMarked
package io.lakebaseops.agents.provisioning.cicd;

import org.jspecify.annotations.NullMarked;
