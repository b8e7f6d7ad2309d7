/// How dangerous a plan is: statement and act classification, limits, the branch it would touch.
@NullMarked
package io.lakebaseops.change.risk;

import org.jspecify.annotations.NullMarked;
