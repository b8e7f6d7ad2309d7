/// What the three agents have in common; an agent never uses another agent's package.
@NullMarked
package io.lakebaseops.agents;

import org.jspecify.annotations.NullMarked;
