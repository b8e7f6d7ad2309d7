package io.lakebaseops.app;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.local.LocalLakebase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The logs of PostgreSQL that lie on this machine: those of Local Lakebase. Of others there is
/// none to read.
final class LocalServerLogs {
    private static final Logger LOG = LoggerFactory.getLogger(LocalServerLogs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Path> dir;
    private final ControlPlaneAccess planes;

    /// @param dir of Local Lakebase, made when it is asked for
    LocalServerLogs(Supplier<Path> dir, ControlPlaneAccess planes) {
        this.dir = dir;
        this.planes = planes;
    }

    Optional<Path> of(TargetId target) {
        if (!target.profile().equals(Connections.LOCAL)) {
            return Optional.empty();
        }
        try {
            return planes.of(target)
                    .flatMap(
                            p -> p.branch(target.project(), target.branch(), Deadline.in(PATIENCE)))
                    .map(branch -> LocalLakebase.log(dir.get(), branch.uid()));
        } catch (OpsException e) {
            LOG.warn("{}: its log cannot be found: {}", target, e.getMessage());
            return Optional.empty();
        }
    }
}
