/// The PostgreSQL server processes of Local Lakebase: unpacked binaries, template clusters, start,
/// stop and sockets.
@NullMarked
package io.lakebaseops.local.compute.server;

import org.jspecify.annotations.NullMarked;
