/// What a change is before anyone approved it: target, steps, undo, preconditions, fingerprint.
@NullMarked
package io.lakebaseops.domain.plan;

import org.jspecify.annotations.NullMarked;
