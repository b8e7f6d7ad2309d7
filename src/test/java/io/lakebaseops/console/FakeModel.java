package io.lakebaseops.console;

import io.lakebaseops.ask.model.ModelDesk;
import io.lakebaseops.config.ModelFile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.state.ModelRequests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The settings of a language model in a folder of its own; off, until a test switches it on.
public final class FakeModel implements ModelRequests {
    public final List<ModelRequest> sent = new CopyOnWriteArrayList<>();
    private final ModelDesk desk;

    FakeModel() {
        Path home;
        try {
            home = Files.createTempDirectory("lakebaseops-model");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        home.toFile().deleteOnExit();
        home.resolve(ModelFile.NAME).toFile().deleteOnExit();
        desk =
                new ModelDesk(
                        new ModelFile(home),
                        new ProfileSecrets(home, Map.of(), Runnable::run),
                        () -> this,
                        Runnable::run);
    }

    public ModelDesk desk() {
        return desk;
    }

    @Override
    public void put(ModelRequest request) {
        sent.removeIf(r -> r.id().equals(request.id()));
        sent.addFirst(request);
    }

    @Override
    public List<ModelRequest> of(String person, int limit) {
        return sent.stream().filter(r -> r.askedBy().equals(person)).limit(limit).toList();
    }
}
