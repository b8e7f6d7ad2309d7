package io.lakebaseops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.billing.UsageFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;

final class PastBillsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:30:00Z");

    @Test
    void everyGeneratedRecordIsTaggedAndEndsBeforeToday(@TempDir Path dir) throws IOException {
        var files = new UsageFiles(dir);
        PastBills.write(files, "project-1", "br-main", NOW);
        assertThat(files.files()).hasSize(89);
        var records = new ArrayList<JsonNode>();
        var ids = new HashSet<String>();
        for (var file : files.files()) {
            for (var line : Files.readAllLines(file)) {
                records.add(Json.MAPPER.readTree(line));
            }
        }
        assertThat(records).hasSizeGreaterThan(4_000);
        for (var record : records) {
            assertThat(record.at("/custom_tags/simulated").asText()).isEqualTo("true");
            assertThat(record.at("/usage_metadata/project_id").asText()).isEqualTo("project-1");
            assertThat(record.path("usage_date").asText()).isLessThan("2026-11-27");
            ids.add(record.path("record_id").asText());
        }
        assertThat(ids).as("no record twice").hasSameSizeAs(records);
        PastBills.write(files, "project-1", "br-main", NOW);
        assertThat(files.files()).as("made once").hasSize(89);
    }
}
