package io.lakebaseops.local.api.state;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.platform.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The passwords that were issued and have not expired, each a line of `credentials.jsonl`. Apart
/// from the rest of the state, which is written whole at every change, as clients may ask for
/// thousands an hour.
public final class IssuedCredentials {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedCredentials.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final Map<String, CredentialRow> rows = new LinkedHashMap<>();

    IssuedCredentials(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(this::read);
        }
        write();
    }

    /// A line that a crash cut off is a credential that nobody got.
    private void read(String line) {
        try {
            CredentialRow row = Json.MAPPER.readValue(line, CredentialRow.class);
            rows.put(row.hash(), row);
        } catch (JsonProcessingException e) {
            LOG.warn("{} has a line that is no credential", file, e);
        }
    }

    public void add(CredentialRow row) {
        lock.lock();
        try {
            Files.write(file, line(row), StandardOpenOption.APPEND);
            rows.put(row.hash(), row);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        } finally {
            lock.unlock();
        }
    }

    public Optional<CredentialRow> find(String hash) {
        lock.lock();
        try {
            return Optional.ofNullable(rows.get(hash));
        } finally {
            lock.unlock();
        }
    }

    public void forgetExpired(Instant now) {
        lock.lock();
        try {
            if (rows.values().removeIf(row -> !row.expireTime().isAfter(now))) {
                write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        } finally {
            lock.unlock();
        }
    }

    private void write() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (CredentialRow row : rows.values()) {
            all.writeBytes(line(row));
        }
        PrivateFiles.replace(file, all.toByteArray(), false);
    }

    private static byte[] line(CredentialRow row) throws JsonProcessingException {
        return (Json.MAPPER.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
