/// Statements that people and models type, judged and run read only: an allow-list of everything
/// that runs code.
@NullMarked
package io.lakebaseops.guard;

import org.jspecify.annotations.NullMarked;
