package io.lakebaseops.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.PostponedVacuums;
import io.lakebaseops.state.PostponedVacuums.Postponed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/// Plans the vacuums that waited for a quiet hour once it has come. What a process takes and cannot
/// carry out is found again by the nightly look.
final class PostponedVacuumJob {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final String NAME = "postponed vacuums";
    private static final Logger log = LoggerFactory.getLogger(PostponedVacuumJob.class);

    private final Supplier<PostponedVacuums> postponed;
    private final AgentFramework framework;
    private final Clock clock;

    PostponedVacuumJob(
            Supplier<PostponedVacuums> postponed, AgentFramework framework, Clock clock) {
        this.postponed = postponed;
        this.framework = framework;
        this.clock = clock;
    }

    void start(TaskExecutor room) {
        room.every(NAME, EVERY, () -> room.launch(NAME, this::look));
    }

    void look() {
        var due = new LinkedHashMap<TargetId, List<Postponed>>();
        for (var p : postponed.get().takeDue(clock.instant())) {
            due.computeIfAbsent(p.target(), _ -> new ArrayList<>()).add(p);
        }
        due.forEach(
                (target, tables) -> {
                    log.info("{}: the quiet hours begin, {} vacuums", target, tables.size());
                    framework.start(
                            "schedule_vacuum_analyze",
                            input(tables),
                            target,
                            Actor.agent("performance"));
                });
    }

    private static JsonNode input(List<Postponed> tables) {
        var input = JsonNodeFactory.instance.objectNode();
        var list = input.putArray("tables");
        for (var t : tables) {
            list.addObject()
                    .put("database", t.databaseName())
                    .put("schema", t.schemaName())
                    .put("table", t.tableName());
        }
        return input.put("window", "NOW").put("limit", tables.size());
    }
}
