package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.databind.node.ArrayNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The rows of one result, in chunks that lie on disk until the result expires.
final class ResultChunks {
    /// Rows of a chunk at most, and bytes of its text about.
    static final int ROWS = 10_000;

    private static final long BYTES = 4L << 20;

    private final Path dir;
    private final Format format;
    private final List<Chunk> chunks = new ArrayList<>();
    private ArrayNode rows = Json.MAPPER.createArrayNode();
    private StringBuilder csv = new StringBuilder();
    private int inChunk;
    private long bytes;
    private long offset;
    private long total;

    enum Format {
        JSON_ARRAY,
        CSV
    }

    /// @param offset number of its first row
    record Chunk(int index, long offset, int rows, long bytes) {}

    ResultChunks(Path dir, Format format, List<ResultColumn> columns) {
        this.dir = dir;
        this.format = format;
        try {
            OwnerOnly.makeFolder(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("no place for a result in " + dir, e);
        }
        if (format == Format.CSV) {
            line(columns.stream().map(ResultColumn::name).toList());
        }
    }

    Format format() {
        return format;
    }

    List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    long rowCount() {
        return offset + inChunk;
    }

    /// Bytes of text so far.
    long byteCount() {
        return total;
    }

    void add(List<@Nullable String> row) {
        long size = row.stream().mapToLong(c -> c == null ? 4 : c.length() + 3L).sum();
        if (format == Format.CSV) {
            line(row);
        } else {
            ArrayNode cells = rows.addArray();
            row.forEach(cells::add);
        }
        bytes += size;
        total += size;
        inChunk++;
        if (inChunk >= ROWS || bytes >= BYTES) {
            end();
        }
    }

    private void line(List<@Nullable String> cells) {
        csv.append(String.join(",", cells.stream().map(ResultChunks::csvCell).toList()))
                .append("\r\n");
    }

    private static String csvCell(@Nullable String cell) {
        if (cell == null) {
            return "null";
        }
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    /// Writes the chunk under way; an empty one is none.
    void end() {
        if (inChunk == 0) {
            return;
        }
        String text = format == Format.CSV ? csv.toString() : rows.toString();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            PrivateFiles.write(file(chunks.size()), content, false);
        } catch (IOException e) {
            throw new UncheckedIOException("a result cannot be written to " + dir, e);
        }
        chunks.add(new Chunk(chunks.size(), offset, inChunk, content.length));
        offset += inChunk;
        inChunk = 0;
        bytes = 0;
        rows = Json.MAPPER.createArrayNode();
        csv = new StringBuilder();
    }

    String read(int index) {
        try {
            return Files.readString(file(index));
        } catch (IOException e) {
            throw new UncheckedIOException("a result in " + dir + " cannot be read", e);
        }
    }

    void delete() {
        try {
            for (Chunk chunk : chunks) {
                Files.deleteIfExists(file(chunk.index()));
            }
            Files.deleteIfExists(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("a result in " + dir + " cannot be removed", e);
        }
    }

    private Path file(int index) {
        return dir.resolve("chunk-" + index);
    }
}
