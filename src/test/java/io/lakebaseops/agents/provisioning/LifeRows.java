package io.lakebaseops.agents.provisioning;

import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import java.util.List;
import java.util.Map;

/// The life of a branch as the history tells it.
final class LifeRows {
    private static final LakeQuery LIFE =
            new LakeQuery(
                    "test/branch_life",
                    "select event_type, actor, actor_kind from {branch_lifecycle}"
                            + " where project_id = :project and branch_id = :branch"
                            + " order by recorded_at");

    private LifeRows() {}

    static List<String> of(Lakehouse lake, String project, String branch) {
        return lake
                .query(
                        LIFE,
                        Map.of("project", project, "branch", branch),
                        ReadScope.ALL,
                        BranchRig.soon())
                .list()
                .stream()
                .map(
                        r ->
                                r.get("event_type")
                                        + " by "
                                        + r.get("actor")
                                        + " ("
                                        + r.get("actor_kind")
                                        + ")")
                .toList();
    }
}
