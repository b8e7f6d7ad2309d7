package io.lakebaseops.sqltext.parser;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import io.lakebaseops.sqltext.wasm.LibPgQuery;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// One instance of PostgreSQL's parser. It belongs to one thread, and that thread needs a large
/// stack: the grammar's own recursion runs on it.
public final class Grammar {
    /// 40 MiB; the module asks for 128, most of which a parse never touches.
    private static final int FIRST_PAGES = 640;

    /// 256 MiB; the memory of an instance never shrinks, so one that grew is not kept.
    private static final int MAX_PAGES = 4_096;

    private static final int KEPT_PAGES = 1_280;

    private final FlatMachine machine;
    private final Memory memory;
    private final int malloc;
    private final int free;
    private final int parse;
    private final int freeResult;
    private boolean broken;

    public Grammar() {
        var build = GrammarBuild.load();
        var module = LibPgQuery.load();
        var exports = new Exports(module, build);
        var host = new HostFunctions(build, exports, (long) MAX_PAGES << 16);
        var instance =
                Instance.builder(module)
                        .withImportValues(host.of(module))
                        .withMachineFactory(
                                i -> new FlatMachine(i, LibPgQuery.create(i), build.interpreted()))
                        .withMemoryFactory(ByteArrayMemory::new)
                        .withMemoryLimits(new MemoryLimits(FIRST_PAGES, MAX_PAGES))
                        .withStart(false)
                        .build();
        machine = (FlatMachine) instance.getMachine();
        memory = instance.memory();
        malloc = exports.function("_malloc");
        free = exports.function("_free");
        parse = exports.function("_wasm_parse_query_raw");
        freeResult = exports.function("_wasm_free_parse_result");
        machine.allow(Long.MAX_VALUE);
        machine.call(exports.constructors(), new long[0]);
    }

    /// False once a parse ended otherwise than by its own return, or left much memory behind.
    public boolean usable() {
        return !broken && memory.pages() <= KEPT_PAGES;
    }

    int pages() {
        return memory.pages();
    }

    /// @param maxSteps jumps and calls of the automaton and the writer of the tree
    public RawParse parse(String sql, long maxSteps) {
        if (broken) {
            throw new IllegalStateException("This instance of the parser is broken");
        }
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            return new RawParse.Refused("a statement holds no NUL", sql.codePointCount(0, nul) + 1);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(sql)) {
            return new RawParse.Refused("a character is cut in half", 0);
        }
        broken = true;
        try {
            machine.allow(maxSteps);
            var parsed = parsed(sql);
            broken = false;
            return parsed;
        } catch (ParserAborted e) {
            return new RawParse.Beyond(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return new RawParse.Beyond("the statement is nested too deep");
        } catch (ChicoryException e) {
            // A trap of the module, and Chicory's own word for an overflown stack.
            return new RawParse.Beyond("the parser gave up: " + e.getMessage());
        }
    }

    private RawParse parsed(String sql) {
        int text = put(sql);
        int result = call(parse, text);
        int tree = memory.readInt(result);
        int error = memory.readInt(result + 8);
        var parsed =
                error == 0
                        ? new RawParse.Tree(orEmpty(text(tree)))
                        : new RawParse.Refused(
                                orEmpty(text(memory.readInt(error))), memory.readInt(error + 16));
        call(freeResult, result);
        call(free, text);
        return parsed;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private int call(int function, int argument) {
        var result = machine.call(function, new long[] {argument});
        return result == null || result.length == 0 ? 0 : (int) result[0];
    }

    private int put(String sql) {
        var bytes = sql.getBytes(StandardCharsets.UTF_8);
        int at = call(malloc, bytes.length + 1);
        if (at == 0) {
            throw new ParserAborted("the statement does not fit into the parser's memory");
        }
        memory.write(at, bytes);
        memory.writeByte(at + bytes.length, (byte) 0);
        return at;
    }

    private @Nullable String text(int address) {
        if (address == 0) {
            return null;
        }
        int end = address;
        while (memory.read(end) != 0) {
            end++;
        }
        return new String(memory.readBytes(address, end - address), StandardCharsets.UTF_8);
    }
}
