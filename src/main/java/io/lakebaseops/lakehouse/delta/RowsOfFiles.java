package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.utils.CloseableIterator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The rows of several files one after the other, a file open at a time.
final class RowsOfFiles implements CloseableIterator<FilteredColumnarBatch> {
    private final Iterator<LiveFile> files;
    private final Opener opener;
    private @Nullable CloseableIterator<FilteredColumnarBatch> current;

    RowsOfFiles(Iterator<LiveFile> files, Opener opener) {
        this.files = files;
        this.opener = opener;
    }

    interface Opener {
        CloseableIterator<FilteredColumnarBatch> open(LiveFile file) throws IOException;
    }

    @Override
    public boolean hasNext() {
        try {
            while (current == null || !current.hasNext()) {
                close();
                if (!files.hasNext()) {
                    return false;
                }
                current = opener.open(files.next());
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FilteredColumnarBatch next() {
        if (!hasNext() || current == null) {
            throw new NoSuchElementException();
        }
        return current.next();
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
