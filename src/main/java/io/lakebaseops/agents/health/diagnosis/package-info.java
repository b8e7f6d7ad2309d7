/// Root causes: facts are read from a server and its history, and rules kept as data weigh them for
/// and against each cause.
@NullMarked
package io.lakebaseops.agents.health.diagnosis;

import org.jspecify.annotations.NullMarked;
