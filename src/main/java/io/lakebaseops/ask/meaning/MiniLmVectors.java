package io.lakebaseops.ask.meaning;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// Sentence vectors of the model all-MiniLM-L6-v2, run in this process: 384 numbers a sentence. It
/// is loaded at the first use, which takes one to two seconds of processor time; the process grows
/// by about 100 MB for it, outside the heap. Nothing leaves the machine.
public final class MiniLmVectors implements SentenceVectors {
    private static final Logger log = LoggerFactory.getLogger(MiniLmVectors.class);

    private final Path cache;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable InProcess model;
    private volatile boolean unusable;

    /// @param cache where the tokenizer's native library is unpacked once
    public MiniLmVectors(Path cache) {
        this.cache = cache;
    }

    @Override
    public float @Nullable [] of(String sentence) {
        var loaded = loaded();
        if (loaded == null) {
            return null;
        }
        var vector = loaded.embed(sentence).content();
        vector.normalize();
        return vector.vector();
    }

    private @Nullable InProcess loaded() {
        if (model != null || unusable) {
            return model;
        }
        loading.lock();
        try {
            if (model == null && !unusable) {
                // The library would look for others and count its users.
                property("DJL_CACHE_DIR", cache.toString());
                property("ai.djl.offline", "true");
                property("OPT_OUT_TRACKING", "true");
                model = new InProcess(encoder());
            }
        } catch (RuntimeException | LinkageError | OrtException | IOException e) {
            // boundary: a platform without the native library answers by words alone
            log.warn("Sentences are compared by words alone: the model does not load", e);
            unusable = true;
        } finally {
            loading.unlock();
        }
        return model;
    }

    /// In the thread that asks, without threads and pools of its own: one short sentence at a time
    /// is all there is.
    private static OnnxBertBiEncoder encoder() throws OrtException, IOException {
        try (var options = new OrtSession.SessionOptions();
                var network = resource(".onnx");
                var tokenizer = resource("-tokenizer.json")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            var environment = OrtEnvironment.getEnvironment();
            return new OnnxBertBiEncoder(
                    environment,
                    environment.createSession(network.readAllBytes(), options),
                    tokenizer,
                    PoolingMode.MEAN);
        }
    }

    private static InputStream resource(String ending) throws IOException {
        var in = MiniLmVectors.class.getResourceAsStream("/all-minilm-l6-v2-q" + ending);
        if (in == null) {
            throw new IOException("The class path lacks the model's file " + ending);
        }
        return in;
    }

    /// The library's way to a sentence's vector, with a session of ours.
    private static final class InProcess extends AbstractInProcessEmbeddingModel {
        private final OnnxBertBiEncoder encoder;

        InProcess(OnnxBertBiEncoder encoder) {
            super(Runnable::run);
            this.encoder = encoder;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
