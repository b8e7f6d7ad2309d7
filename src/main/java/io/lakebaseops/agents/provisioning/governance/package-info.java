/// Who may see and do what: tenants' rows, catalogs and their grants, branches for AI agents.
@NullMarked
package io.lakebaseops.agents.provisioning.governance;

import org.jspecify.annotations.NullMarked;
