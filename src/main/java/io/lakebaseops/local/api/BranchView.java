package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.BranchRules;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.work.ApiContext;

/// A branch as JSON for clients. `ttl` and `no_expiry` are never echoed, only `expire_time`.
record BranchView(ApiContext plane) {

    ObjectNode of(BranchRow row) {
        ObjectNode view = Json.object().put("name", row.name()).put("uid", row.uid());
        view.put("branch_id", row.id()).put("parent", Names.parent(row.name()));
        Json.time(view, "create_time", row.createTime());
        Json.time(view, "update_time", row.updateTime());
        ObjectNode status = view.putObject("status");
        status.put("branch_id", row.id()).put("current_state", row.state().name());
        if (row.state() == BranchRow.State.INIT) {
            status.put("pending_state", BranchRow.State.READY.name());
        }
        Json.time(status, "state_change_time", row.stateChangeTime());
        status.put("default", (boolean) plane.read(s -> BranchRules.isDefault(s, row.name())));
        status.put("is_protected", row.isProtected());
        plane.sizes().of(row).ifPresent(n -> Json.int64(status, "logical_size_bytes", n));
        Json.text(status, "source_branch", row.source());
        Json.text(status, "source_branch_lsn", row.sourceLsn());
        Json.time(status, "source_branch_time", row.sourceTime());
        Json.time(status, "expire_time", row.expireTime());
        Json.time(status, "delete_time", row.deleteTime());
        Json.time(status, "purge_time", row.purgeTime());
        return view;
    }
}
