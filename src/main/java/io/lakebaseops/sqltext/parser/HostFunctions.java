package io.lakebaseops.sqltext.parser;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;

import java.util.Arrays;

/// What the parser may ask of its host: memory up to a limit, and C's `longjmp`. Files, clocks and
/// the network are not among it.
final class HostFunctions {
    private static final long PAGE = 1 << 16;

    /// Emscripten asks for more than it needs, up to this much more.
    private static final long GENEROUS = 96L << 20;

    private static final long BAD_FILE = 8;

    private final GrammarBuild build;
    private final Longjmp longjmp = new Longjmp();
    private final long maxBytes;
    private final int stackGet;
    private final int stackRestore;
    private final int setThrew;

    HostFunctions(GrammarBuild build, Exports exports, long maxBytes) {
        this.build = build;
        this.stackGet = exports.function("_emscripten_stack_get_current");
        this.stackRestore = exports.function("__emscripten_stack_restore");
        this.setThrew = exports.function("_setThrew");
        this.maxBytes = maxBytes;
    }

    /// Control flow, not failure: PostgreSQL's `ereport(ERROR)` comes back to its `PG_TRY`.
    private static final class Longjmp extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Longjmp() {
            super("longjmp", null, false, false);
        }
    }

    ImportValues of(WasmModule module) {
        var values = ImportValues.builder();
        var section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            if (!(section.getImport(i) instanceof FunctionImport function)) {
                throw new IllegalStateException("Import " + i + " of the grammar is no function");
            }
            var type = module.typeSection().getType(function.typeIndex());
            var name = build.imports().get(function.name());
            if (name == null) {
                throw new IllegalStateException("Import " + function.name() + " has no name");
            }
            values.addFunction(
                    new HostFunction(function.module(), function.name(), type, host(name, type)));
        }
        return values.build();
    }

    private WasmFunctionHandle host(String name, FunctionType type) {
        if (name.startsWith("invoke_")) {
            return invoke(type);
        }
        return switch (name) {
            case "__emscripten_throw_longjmp" ->
                    (_, _) -> {
                        throw longjmp;
                    };
            case "_emscripten_resize_heap" -> (instance, args) -> grow(instance, args[0]);
            case "_fd_write" -> HostFunctions::discard;
            case "_fd_close", "_fd_read", "_fd_seek" -> (_, _) -> new long[] {BAD_FILE};
            case "__setitimer_js" -> (_, _) -> new long[] {0};
            case "__emscripten_runtime_keepalive_clear" -> (_, _) -> new long[0];
            case "_exit", "_proc_exit", "__abort_js" ->
                    (_, _) -> {
                        throw new ParserAborted("the parser ended itself: " + name);
                    };
            default -> throw new IllegalStateException("The grammar wants an unknown " + name);
        };
    }

    /// Calls a function of the table; a `longjmp` out of it ends here, as in emscripten's own glue.
    private WasmFunctionHandle invoke(FunctionType type) {
        int results = type.returns().size();
        return (instance, args) -> {
            var machine = instance.getMachine();
            long[] stack = machine.call(stackGet, new long[0]);
            try {
                int function = instance.table(0).requiredRef((int) args[0]);
                return machine.call(function, Arrays.copyOfRange(args, 1, args.length));
            } catch (Longjmp e) {
                machine.call(stackRestore, stack);
                machine.call(setThrew, new long[] {1, 0});
                return new long[results];
            }
        };
    }

    /// Emscripten's own rule: a fifth more than there is, then less, never beyond the limit.
    private long[] grow(Instance instance, long wanted) {
        long least = wanted & 0xffffffffL;
        long old = instance.memory().pages() * PAGE;
        for (int cut = 1; cut <= 4 && least <= maxBytes; cut *= 2) {
            long roomy = Math.min((long) (old * (1 + 0.2 / cut)), least + GENEROUS);
            long size = Math.min(maxBytes, (Math.max(least, roomy) + PAGE - 1) / PAGE * PAGE);
            if (instance.memory().grow((int) ((size - old) / PAGE)) >= 0) {
                return new long[] {1};
            }
        }
        return new long[] {0};
    }

    /// What C writes to its standard output goes nowhere, but counts as written.
    private static long[] discard(Instance instance, long[] args) {
        int written = 0;
        for (int i = 0; i < (int) args[2]; i++) {
            written += instance.memory().readInt((int) args[1] + 8 * i + 4);
        }
        instance.memory().writeI32((int) args[3], written);
        return new long[] {0};
    }
}
