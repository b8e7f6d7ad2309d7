package io.lakebaseops.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.platform.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Address and token of the server of a directory, kept in `server.json`, readable by
/// its owner only; without a host while the server starts.
///
/// @param process pid and start time, as pids come back
record ServerCard(String process, @Nullable String host, String token, String user) {
    private static final String FILE = "server.json";

    static String thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        String started = self.info().startInstant().map(Object::toString).orElse("unknown");
        return self.pid() + "@" + started;
    }

    boolean ofThisProcess() {
        return process.equals(thisProcess());
    }

    ServerCard listening(String at) {
        return new ServerCard(process, at, token, user);
    }

    void write(Path dir) throws IOException {
        ObjectNode node = Json.object().put("process", process);
        Json.text(node, "host", host);
        node.put("token", token).put("user", user);
        PrivateFiles.replace(dir.resolve(FILE), Json.MAPPER.writeValueAsBytes(node), false);
    }

    static Optional<ServerCard> read(Path dir) throws IOException {
        try {
            JsonNode node = Json.MAPPER.readTree(Files.readString(dir.resolve(FILE)));
            return Optional.of(
                    new ServerCard(
                            node.path("process").asText(),
                            node.path("host").asText(null),
                            node.path("token").asText(),
                            node.path("user").asText()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    static void remove(Path dir) throws IOException {
        Files.deleteIfExists(dir.resolve(FILE));
    }
}
