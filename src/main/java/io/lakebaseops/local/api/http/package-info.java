/// How a request becomes a reply: server, routes, errors, paging, masks, injected faults.
@NullMarked
package io.lakebaseops.local.api.http;

import org.jspecify.annotations.NullMarked;
