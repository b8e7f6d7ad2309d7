package io.lakebaseops.sqltext.parser;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TrapException;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Interpreter of the functions that are too large for a method of the JVM; all others run
/// compiled.
///
/// The grammar's automaton and the writer of the tree exceed 64 kB of bytecode. Chicory's own
/// interpreter runs them too, but needs 14 ms for an ordinary query; this one needs 0.8 ms. Every
/// parse passes through here again and again, so this is also where its steps are counted.
final class FlatMachine implements Machine {
    private final Instance instance;
    private final Machine compiled;
    private final Set<Integer> interpreted;
    private final Map<Integer, FlatCode> decoded = new HashMap<>();
    private @Nullable Memory memory;
    private long stepsLeft;

    FlatMachine(Instance instance, Machine compiled, Set<Integer> interpreted) {
        this.instance = instance;
        this.compiled = compiled;
        this.interpreted = Set.copyOf(interpreted);
    }

    /// How many jumps and calls may still be done; a count, so that the same text always ends the
    /// same way however busy the machine is.
    void allow(long steps) {
        stepsLeft = steps;
    }

    @Override
    public long @Nullable [] call(int function, long[] args) {
        if (!interpreted.contains(function)) {
            return compiled.call(function, args);
        }
        var known = decoded.get(function);
        if (known == null) {
            known = FlatDecoder.decode(instance, function);
            decoded.put(function, known);
        }
        var used = memory;
        if (used == null) {
            used = instance.memory();
            memory = used;
        }
        return run(known, args, used);
    }

    private long @Nullable [] run(FlatCode flat, long[] args, Memory mem) {
        final int[] c = flat.code();
        final long[] s = new long[flat.frame()];
        System.arraycopy(args, 0, s, 0, flat.params());
        final int base = flat.locals();
        int sp = base;
        int pc = 0;
        while (true) {
            int op = c[pc++];
            switch (op) {
                case FlatOp.LOCAL_GET -> s[sp++] = s[c[pc++]];
                case FlatOp.LOCAL_SET -> s[c[pc++]] = s[--sp];
                case FlatOp.LOCAL_TEE -> s[c[pc++]] = s[sp - 1];
                case FlatOp.CONST -> s[sp++] = c[pc++];
                case FlatOp.CONST64 -> s[sp++] = flat.pool()[c[pc++]];
                case FlatOp.LOAD -> s[sp - 1] = mem.readInt((int) s[sp - 1] + c[pc++]);
                case FlatOp.LOAD8_U,
                        FlatOp.LOAD8_S,
                        FlatOp.LOAD16_U,
                        FlatOp.LOAD16_S,
                        FlatOp.LOAD64 ->
                        s[sp - 1] = load(mem, op, (int) s[sp - 1] + c[pc++]);
                case FlatOp.STORE -> {
                    sp -= 2;
                    mem.writeI32((int) s[sp] + c[pc++], (int) s[sp + 1]);
                }
                case FlatOp.STORE8, FlatOp.STORE16, FlatOp.STORE64 -> {
                    sp -= 2;
                    store(mem, op, (int) s[sp] + c[pc++], s[sp + 1]);
                }
                case FlatOp.EQZ -> s[sp - 1] = (int) s[sp - 1] == 0 ? 1 : 0;
                case FlatOp.DROP -> sp--;
                case FlatOp.SELECT -> {
                    sp -= 2;
                    s[sp - 1] = (int) s[sp + 1] == 0 ? s[sp] : s[sp - 1];
                }
                case FlatOp.GLOBAL_GET -> s[sp++] = instance.global(c[pc++]).getValue();
                case FlatOp.GLOBAL_SET -> instance.global(c[pc++]).setValue(s[--sp]);
                case FlatOp.BR_IF_ZERO -> pc = (int) s[--sp] == 0 ? c[pc] : pc + 1;
                case FlatOp.BR, FlatOp.BR_IF, FlatOp.BR_TABLE -> {
                    int at = pc;
                    if (op == FlatOp.BR_IF && (int) s[--sp] == 0) {
                        pc += 3;
                    } else {
                        if (op == FlatOp.BR_TABLE) {
                            int last = c[pc];
                            int chosen = (int) s[--sp];
                            at = pc + 1 + 3 * (chosen < 0 || chosen > last ? last : chosen);
                        }
                        step();
                        sp = keep(s, sp, base, c[at + 1], c[at + 2]);
                        pc = c[at];
                    }
                }
                case FlatOp.CALL, FlatOp.CALL_INDIRECT -> {
                    step();
                    int function = op == FlatOp.CALL ? c[pc] : tableEntry((int) s[--sp], c[pc]);
                    sp -= c[pc + 1];
                    var arguments = new long[c[pc + 1]];
                    System.arraycopy(s, sp, arguments, 0, arguments.length);
                    var result = call(function, arguments);
                    if (c[pc + 2] != 0 && result != null) {
                        s[sp++] = result[0];
                    }
                    pc += 3;
                }
                case FlatOp.MEMORY_COPY -> {
                    sp -= 3;
                    mem.copy((int) s[sp], (int) s[sp + 1], (int) s[sp + 2]);
                }
                case FlatOp.MEMORY_FILL -> {
                    sp -= 3;
                    mem.fill((byte) s[sp + 1], (int) s[sp], (int) s[sp] + (int) s[sp + 2]);
                }
                case FlatOp.RETURN -> {
                    return flat.returns() ? new long[] {s[sp - 1]} : null;
                }
                case FlatOp.UNREACHABLE -> throw new TrapException("unreachable");
                default -> {
                    if (op >= FlatOp.EXTEND8) {
                        s[sp - 1] = unary(op, s[sp - 1]);
                    } else {
                        sp--;
                        s[sp - 1] = binary(op, (int) s[sp - 1], (int) s[sp], s[sp - 1], s[sp]);
                    }
                }
            }
        }
    }

    private void step() {
        if (--stepsLeft < 0) {
            throw new ParserAborted("the statement takes too many steps to parse");
        }
    }

    /// Takes the values a jump carries down to the height of its target.
    private static int keep(long[] s, int sp, int base, int arity, int height) {
        if (arity < 0) {
            return sp;
        }
        if (arity == 1) {
            s[base + height] = s[sp - 1];
        }
        return base + height + arity;
    }

    private int tableEntry(int index, int type) {
        int function = instance.table(0).requiredRef(index);
        int found = instance.functionType(function);
        if (found != type && !instance.type(found).equals(instance.type(type))) {
            throw new TrapException("indirect call type mismatch");
        }
        return function;
    }

    private static long load(Memory mem, int op, int address) {
        return switch (op) {
            case FlatOp.LOAD8_U -> mem.read(address) & 0xff;
            case FlatOp.LOAD8_S -> mem.read(address);
            case FlatOp.LOAD16_U -> mem.readShort(address) & 0xffff;
            case FlatOp.LOAD16_S -> mem.readShort(address);
            default -> mem.readLong(address);
        };
    }

    private static void store(Memory mem, int op, int address, long value) {
        switch (op) {
            case FlatOp.STORE8 -> mem.writeByte(address, (byte) value);
            case FlatOp.STORE16 -> mem.writeShort(address, (short) value);
            default -> mem.writeLong(address, value);
        }
    }

    private static long binary(int op, int x, int y, long a, long b) {
        return switch (op) {
            case FlatOp.ADD -> x + y;
            case FlatOp.SUB -> x - y;
            case FlatOp.AND -> x & y;
            case FlatOp.OR -> x | y;
            case FlatOp.SHL -> x << y;
            case FlatOp.EQ -> x == y ? 1 : 0;
            case FlatOp.NE -> x != y ? 1 : 0;
            case FlatOp.LT_S -> x < y ? 1 : 0;
            case FlatOp.LT_U -> Integer.compareUnsigned(x, y) < 0 ? 1 : 0;
            case FlatOp.GT_S -> x > y ? 1 : 0;
            case FlatOp.LE_S -> x <= y ? 1 : 0;
            case FlatOp.LE_U -> Integer.compareUnsigned(x, y) <= 0 ? 1 : 0;
            case FlatOp.GE_S -> x >= y ? 1 : 0;
            case FlatOp.GT_U -> Integer.compareUnsigned(x, y) > 0 ? 1 : 0;
            case FlatOp.GE_U -> Integer.compareUnsigned(x, y) >= 0 ? 1 : 0;
            case FlatOp.MUL -> x * y;
            case FlatOp.XOR -> x ^ y;
            case FlatOp.SHR_S -> x >> y;
            case FlatOp.SHR_U -> x >>> y;
            case FlatOp.DIV_S -> divided(x, y);
            case FlatOp.DIV_U -> Integer.divideUnsigned(x, y);
            case FlatOp.REM_S -> y == -1 ? 0 : x % y;
            case FlatOp.REM_U -> Integer.remainderUnsigned(x, y);
            case FlatOp.EQ64 -> a == b ? 1 : 0;
            case FlatOp.NE64 -> a != b ? 1 : 0;
            case FlatOp.OR64 -> a | b;
            case FlatOp.SHL64 -> a << b;
            case FlatOp.ADD64 -> a + b;
            default -> throw new IllegalStateException("No operation " + op);
        };
    }

    private static int divided(int x, int y) {
        if (x == Integer.MIN_VALUE && y == -1) {
            throw new TrapException("integer overflow");
        }
        return x / y;
    }

    private static long unary(int op, long a) {
        return switch (op) {
            case FlatOp.EXTEND8 -> (byte) a;
            case FlatOp.EXTEND16 -> (short) a;
            case FlatOp.EXTEND_U -> a & 0xffffffffL;
            case FlatOp.EXTEND_S, FlatOp.WRAP -> (int) a;
            case FlatOp.EQZ64 -> a == 0 ? 1 : 0;
            default -> throw new IllegalStateException("No operation " + op);
        };
    }
}
