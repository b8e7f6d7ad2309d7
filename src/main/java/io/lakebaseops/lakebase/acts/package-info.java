/// The acts on the control plane, one file each.
@NullMarked
package io.lakebaseops.lakebase.acts;

import org.jspecify.annotations.NullMarked;
