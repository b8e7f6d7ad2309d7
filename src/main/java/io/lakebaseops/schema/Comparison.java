package io.lakebaseops.schema;

import io.lakebaseops.postgres.ReadSession;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Compares two live databases. Both are read at the same time, and who needs whom only when they
/// differ.
public record Comparison(DatabaseSchema source, DatabaseSchema target, SchemaDiff diff, Ddl ddl) {

    /// @param other runs the reading of the target meanwhile
    public static Comparison of(ReadSession source, ReadSession target, Executor other) {
        var left = new Schema(source);
        var right = new Schema(target);
        var read = both(left::objects, right::objects, other);
        // What one side could not read must not count as missing there.
        var unread = new HashSet<>(read.left().unreadable().keySet());
        unread.addAll(read.right().unreadable().keySet());
        var objects = new Both<>(read.left().without(unread), read.right().without(unread));
        var diff = SchemaDiff.between(objects.left(), objects.right());
        if (diff.isEmpty() && unread.isEmpty()) {
            return new Comparison(objects.left(), objects.right(), diff, new Ddl(List.of()));
        }
        var needs = both(left::needs, right::needs, other);
        var before = objects.left().with(needs.left(), left.conversions());
        var after = objects.right().with(needs.right(), Conversions.NONE);
        return new Comparison(before, after, diff, Ddl.between(before, after));
    }

    private record Both<T>(T left, T right) {}

    private static <T> Both<T> both(Supplier<T> left, Supplier<T> right, Executor other) {
        var second = CompletableFuture.supplyAsync(right, other);
        try {
            var first = left.get();
            return new Both<>(first, second.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : e;
        } finally {
            // A session is used by one thread at a time, also when the first side failed.
            second.handle((_, _) -> true).join();
        }
    }
}
