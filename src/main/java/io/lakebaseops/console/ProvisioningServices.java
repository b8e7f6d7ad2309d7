package io.lakebaseops.console;

import io.lakebaseops.agents.provisioning.branching.BranchBoard;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard;
import io.lakebaseops.domain.TargetId;

import java.util.Optional;
import java.util.function.Function;

/// The services of the provisioning agent's screens.
///
/// @param branches of the project looked at, and plans about them
/// @param migrationTests the test under way or the last one; asks no server
/// @param names schemas, tables and roles, for forms; blocking
public record ProvisioningServices(
        BranchBoard branches,
        Function<TargetId, Optional<MigrationTestBoard.Test>> migrationTests,
        Function<TargetId, DatabaseNames> names) {}
