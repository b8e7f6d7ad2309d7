package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

final class HistoryQueriesTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    // Statements the engine and the archive need, with parts only they fill in.
    private static final Set<String> ENGINE =
            Set.of(
                    "lakehouse/table_view",
                    "lakehouse/empty_view",
                    "lakehouse/archive_portion",
                    "lakehouse/fence",
                    "lakehouse/first_rows",
                    "lakehouse/hot_and_cold",
                    "lakehouse/deleted_rows",
                    "lakehouse/rollup_bounds",
                    "lakehouse/rollup_file",
                    "lakehouse/statement_days",
                    "lakehouse/statement_hours",
                    "lakehouse/row_present",
                    "lakehouse/session");

    @TempDir Path dir;
    private LocalLakehouse lake;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, new TestClock(START));
        lake.ensureTables(OpsTables.ALL);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private Rows ask(LakeQuery query, Map<String, ?> values, ReadScope scope) {
        return lake.query(query, values, scope, Deadline.in(Duration.ofSeconds(60)));
    }

    @Test
    void files_and_constants_match_one_to_one() throws Exception {
        var constants = new TreeSet<String>(ENGINE);
        for (var field : HistoryQueries.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                constants.add(((LakeQuery) field.get(null)).name());
            }
        }
        assertThat(files()).containsExactlyElementsOf(constants);
    }

    private static TreeSet<String> files() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(Path.of("sql/lakehouse"))) {
            files.forEach(
                    f -> names.add("lakehouse/" + f.getFileName().toString().replace(".sql", "")));
        }
        return names;
    }

    @Test
    void the_statement_history_has_every_column_of_the_servers_view() {
        // PostgreSQL 17 manual, F.30.1; the text has a table of its own.
        var columns =
                """
                userid dbid toplevel queryid plans total_plan_time min_plan_time max_plan_time
                mean_plan_time stddev_plan_time calls total_exec_time min_exec_time max_exec_time
                mean_exec_time stddev_exec_time rows shared_blks_hit shared_blks_read
                shared_blks_dirtied shared_blks_written local_blks_hit local_blks_read
                local_blks_dirtied local_blks_written temp_blks_read temp_blks_written
                shared_blk_read_time shared_blk_write_time local_blk_read_time local_blk_write_time
                temp_blk_read_time temp_blk_write_time wal_records wal_fpi wal_bytes jit_functions
                jit_generation_time jit_inlining_count jit_inlining_time jit_optimization_count
                jit_optimization_time jit_emission_count jit_emission_time jit_deform_count
                jit_deform_time stats_since minmax_stats_since\
                """
                        .split("\\s+");
        assertThat(columns).hasSize(48);
        assertThat(OpsTables.PG_STAT_HISTORY.columns()).extracting(c -> c.name()).contains(columns);
        assertThat(OpsTables.QUERY_TEXT.column("query")).isPresent();
    }

    @Test
    void a_table_chosen_at_run_time_can_have_any_name() {
        var table = new TableName(TableName.ARCHIVE, "Shop__Order \"x\".y_cold");
        var def = OpsTables.VACUUM_HISTORY;
        lake.ensureTables(List.of(new TableDef(table, "", def.columns(), List.of(), null)));
        var query = new LakeQuery("archived", "SELECT count(*) AS n FROM {archive}");
        assertThat(ask(query.at("archive", table), Map.of(), ReadScope.ALL).list())
                .containsExactly(Map.of("n", 0L));
    }
}
