/// The gate every change passes: risk, approval, run, verification, undo, audit.
@NullMarked
package io.lakebaseops.change;

import org.jspecify.annotations.NullMarked;
