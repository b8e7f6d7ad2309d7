package io.lakebaseops.console.fx;

import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodHandles.privateLookupIn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps the windows of JavaFX's headless platform from being drawn. Nobody sees them, and our
/// pictures are snapshots of scenes. JavaFX 26 copies every pixel of a window by itself into a
/// picture of 1,000 rows at each change, which was most of the processor time of a console without
/// a display, and fails where a window lies below those rows.
final class HeadlessDrawing {
    private static final Logger LOG = LoggerFactory.getLogger(HeadlessDrawing.class);
    private static final String PLACE = "com.sun.glass.ui.headless.";
    private static final String WINDOW = "HeadlessWindow";
    private static final String DRAWING = "blit";

    private static final AtomicBoolean OFF = new AtomicBoolean();

    private HeadlessDrawing() {}

    /// Before the toolkit starts, once; where it is not possible windows are drawn as ever.
    static void off() {
        if (!OFF.compareAndSet(false, true)) {
            return;
        }
        try {
            var neighbour =
                    Class.forName(
                            PLACE + "HeadlessPixels",
                            false,
                            HeadlessDrawing.class.getClassLoader());
            privateLookupIn(neighbour, lookup()).defineClass(withoutDrawing(neighbour));
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warn("Windows without a display are drawn, which costs time", e);
        }
    }

    private static byte[] withoutDrawing(Class<?> neighbour) {
        var file = ClassFile.of();
        try (var in = neighbour.getResourceAsStream(WINDOW + ".class")) {
            return file.transformClass(
                    file.parse(Objects.requireNonNull(in, WINDOW).readAllBytes()),
                    (made, part) -> {
                        if (part instanceof MethodModel method
                                && method.methodName().equalsString(DRAWING)) {
                            made.withMethodBody(
                                    method.methodName(),
                                    method.methodType(),
                                    method.flags().flagsMask(),
                                    CodeBuilder::return_);
                        } else {
                            made.with(part);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
