/// The queue of plans and the decisions about them: filing, approval, rejection, undo, recovery.
@NullMarked
package io.lakebaseops.change.approval;

import org.jspecify.annotations.NullMarked;
