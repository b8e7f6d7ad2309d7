/// Cold rows: finding them, moving them to Delta and back, and asking hot and cold as one.
@NullMarked
package io.lakebaseops.agents.health.archival;

import org.jspecify.annotations.NullMarked;
