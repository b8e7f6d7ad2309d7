/// The REST control plane: one class per resource family, wired by `ControlPlane`.
@NullMarked
package io.lakebaseops.local.api;

import org.jspecify.annotations.NullMarked;
