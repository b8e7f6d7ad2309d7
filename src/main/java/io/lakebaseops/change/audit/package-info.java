/// The append-only record of what was filed, decided and done.
@NullMarked
package io.lakebaseops.change.audit;

import org.jspecify.annotations.NullMarked;
