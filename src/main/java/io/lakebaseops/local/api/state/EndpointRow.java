package io.lakebaseops.local.api.state;

import java.time.Instant;

/// The stored record of an endpoint. Its state is not: that is asked of the machine room.
///
/// @param branch full name of its branch
/// @param readOnly whether its compute is a standby of the branch's one read-write compute
public record EndpointRow(
        String branch,
        String id,
        String uid,
        Instant createTime,
        Instant updateTime,
        boolean disabled,
        Sizing sizing,
        boolean readOnly) {

    public String name() {
        return Names.endpoint(branch, id);
    }

    public EndpointRow with(Sizing changed, boolean off, Instant now) {
        return new EndpointRow(branch, id, uid, createTime, now, off, changed, readOnly);
    }
}
