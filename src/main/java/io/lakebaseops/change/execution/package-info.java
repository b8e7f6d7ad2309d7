/// The run of an approved plan: preconditions, steps, receipts, proofs, clean-up.
@NullMarked
package io.lakebaseops.change.execution;

import org.jspecify.annotations.NullMarked;
