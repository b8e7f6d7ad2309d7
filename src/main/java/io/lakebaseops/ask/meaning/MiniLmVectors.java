package io.lakebaseops.ask.meaning;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// Sentence vectors of the model all-MiniLM-L6-v2, run in this process: 384 numbers a sentence. It
/// is loaded at the first use, which takes about a second and some 90 MB outside the heap; nothing
/// leaves the machine.
public final class MiniLmVectors implements SentenceVectors {
    private static final Logger log = LoggerFactory.getLogger(MiniLmVectors.class);

    private final Path cache;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable AllMiniLmL6V2QuantizedEmbeddingModel model;
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

    private @Nullable AllMiniLmL6V2QuantizedEmbeddingModel loaded() {
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
                // In the thread that asks: one sentence at a time is all there is.
                model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
            }
        } catch (RuntimeException | LinkageError e) {
            // boundary: a platform without the native library answers by words alone
            log.warn("Sentences are compared by words alone: the model does not load", e);
            unusable = true;
        } finally {
            loading.unlock();
        }
        return model;
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
