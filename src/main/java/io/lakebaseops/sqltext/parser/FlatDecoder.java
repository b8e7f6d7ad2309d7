package io.lakebaseops.sqltext.parser;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Decoder of one WebAssembly function body into a [FlatCode].
///
/// WebAssembly has blocks, not jumps, and an interpreter that follows it enters the 2,054 nested
/// blocks of bison's switch for every reduction. Here each branch gets its target once. An
/// instruction that the grammar's functions do not use fails loudly.
final class FlatDecoder {
    private static final int EMPTY_BLOCK = 0x40;

    private final Instance instance;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Long> pool = new ArrayList<>();
    private int[] code = new int[1 << 12];
    private int size;
    private int height;
    private int highest;

    /// Behind an unconditional jump nothing runs until the block ends.
    private boolean dead;

    private int deadBlocks;

    private FlatDecoder(Instance instance) {
        this.instance = instance;
    }

    /// One open block.
    private static final class Block {
        private final boolean loop;
        private final int start;
        private final int height;
        private final int arity;
        private final List<Integer> exits = new ArrayList<>();
        private int elseJump = -1;

        private Block(boolean loop, int start, int height, int arity) {
            this.loop = loop;
            this.start = start;
            this.height = height;
            this.arity = arity;
        }

        /// Values a jump to it takes along.
        private int carried() {
            return loop ? 0 : arity;
        }
    }

    static FlatCode decode(Instance instance, int function) {
        return new FlatDecoder(instance).body(function);
    }

    private FlatCode body(int function) {
        var type = instance.type(instance.functionType(function));
        var body = instance.function(function);
        blocks.add(new Block(false, 0, 0, type.returns().size()));
        for (var instruction : body.instructions()) {
            if (!skipped(instruction.opcode())) {
                take(instruction);
                highest = Math.max(highest, height);
            }
        }
        int params = type.params().size();
        int locals = params + body.localTypes().size();
        return new FlatCode(
                Arrays.copyOf(code, size),
                pool.stream().mapToLong(Long::longValue).toArray(),
                params,
                locals,
                locals + highest + 1,
                !type.returns().isEmpty());
    }

    private boolean skipped(OpCode op) {
        if (!dead) {
            return false;
        }
        return switch (op) {
            case BLOCK, LOOP, IF -> {
                deadBlocks++;
                yield true;
            }
            case END -> {
                boolean inner = deadBlocks > 0;
                deadBlocks -= inner ? 1 : 0;
                yield inner;
            }
            case ELSE -> deadBlocks > 0;
            default -> true;
        };
    }

    private void take(AnnotatedInstruction in) {
        switch (in.opcode()) {
            case NOP -> {}
            case BLOCK, LOOP, IF -> open(in);
            case ELSE -> otherwise();
            case END -> close();
            case BR -> {
                jump(FlatOp.BR, block(in.operand(0)));
                die();
            }
            case BR_IF -> {
                height--;
                jump(FlatOp.BR_IF, block(in.operand(0)));
            }
            case BR_TABLE -> table(in);
            case RETURN -> {
                jump(FlatOp.BR, blocks.getFirst());
                die();
            }
            case UNREACHABLE -> {
                emit(FlatOp.UNREACHABLE);
                die();
            }
            case CALL -> {
                int function = (int) in.operand(0);
                call(FlatOp.CALL, function, instance.type(instance.functionType(function)));
            }
            case CALL_INDIRECT -> {
                height--;
                int type = (int) in.operand(0);
                call(FlatOp.CALL_INDIRECT, type, instance.type(type));
            }
            case I32_CONST -> push(FlatOp.CONST, (int) in.operand(0));
            case I64_CONST -> {
                push(FlatOp.CONST64, pool.size());
                pool.add(in.operand(0));
            }
            case LOCAL_GET -> push(FlatOp.LOCAL_GET, (int) in.operand(0));
            case LOCAL_SET -> pop(FlatOp.LOCAL_SET, (int) in.operand(0));
            case LOCAL_TEE -> emit(FlatOp.LOCAL_TEE, (int) in.operand(0));
            case GLOBAL_GET -> push(FlatOp.GLOBAL_GET, (int) in.operand(0));
            case GLOBAL_SET -> pop(FlatOp.GLOBAL_SET, (int) in.operand(0));
            default -> simple(in);
        }
    }

    /// Instructions that take operands from the stack, and memory accesses.
    private void simple(AnnotatedInstruction in) {
        switch (in.opcode()) {
            case DROP -> shrink(FlatOp.DROP, 1);
            case SELECT -> shrink(FlatOp.SELECT, 2);
            case MEMORY_COPY -> shrink(FlatOp.MEMORY_COPY, 3);
            case MEMORY_FILL -> shrink(FlatOp.MEMORY_FILL, 3);
            case I32_LOAD -> emit(FlatOp.LOAD, (int) in.operand(1));
            case I32_LOAD8_U -> emit(FlatOp.LOAD8_U, (int) in.operand(1));
            case I32_LOAD8_S -> emit(FlatOp.LOAD8_S, (int) in.operand(1));
            case I32_LOAD16_U -> emit(FlatOp.LOAD16_U, (int) in.operand(1));
            case I32_LOAD16_S -> emit(FlatOp.LOAD16_S, (int) in.operand(1));
            case I64_LOAD, F64_LOAD -> emit(FlatOp.LOAD64, (int) in.operand(1));
            case I32_STORE -> store(FlatOp.STORE, in);
            case I32_STORE8 -> store(FlatOp.STORE8, in);
            case I32_STORE16 -> store(FlatOp.STORE16, in);
            case I64_STORE, F64_STORE -> store(FlatOp.STORE64, in);
            case I32_EQZ -> emit(FlatOp.EQZ);
            case I64_EQZ -> emit(FlatOp.EQZ64);
            case I32_EXTEND_8_S -> emit(FlatOp.EXTEND8);
            case I32_EXTEND_16_S -> emit(FlatOp.EXTEND16);
            case I64_EXTEND_I32_U -> emit(FlatOp.EXTEND_U);
            case I64_EXTEND_I32_S -> emit(FlatOp.EXTEND_S);
            case I32_WRAP_I64 -> emit(FlatOp.WRAP);
            default -> shrink(binary(in.opcode()), 1);
        }
    }

    private static int binary(OpCode op) {
        return switch (op) {
            case I32_ADD -> FlatOp.ADD;
            case I32_SUB -> FlatOp.SUB;
            case I32_MUL -> FlatOp.MUL;
            case I32_AND -> FlatOp.AND;
            case I32_OR -> FlatOp.OR;
            case I32_XOR -> FlatOp.XOR;
            case I32_SHL -> FlatOp.SHL;
            case I32_SHR_S -> FlatOp.SHR_S;
            case I32_SHR_U -> FlatOp.SHR_U;
            case I32_EQ -> FlatOp.EQ;
            case I32_NE -> FlatOp.NE;
            case I32_LT_S -> FlatOp.LT_S;
            case I32_LT_U -> FlatOp.LT_U;
            case I32_GT_S -> FlatOp.GT_S;
            case I32_GT_U -> FlatOp.GT_U;
            case I32_LE_S -> FlatOp.LE_S;
            case I32_LE_U -> FlatOp.LE_U;
            case I32_GE_S -> FlatOp.GE_S;
            case I32_GE_U -> FlatOp.GE_U;
            case I32_DIV_S -> FlatOp.DIV_S;
            case I32_DIV_U -> FlatOp.DIV_U;
            case I32_REM_S -> FlatOp.REM_S;
            case I32_REM_U -> FlatOp.REM_U;
            case I64_EQ -> FlatOp.EQ64;
            case I64_NE -> FlatOp.NE64;
            case I64_OR -> FlatOp.OR64;
            case I64_SHL -> FlatOp.SHL64;
            case I64_ADD -> FlatOp.ADD64;
            default -> throw new IllegalStateException("No flat form of " + op);
        };
    }

    private void open(AnnotatedInstruction in) {
        int kind = (int) in.operand(0);
        if (kind >= 0 && kind < EMPTY_BLOCK) {
            throw new IllegalStateException("No flat form of a block with a type of its own");
        }
        boolean condition = in.opcode() == OpCode.IF;
        if (condition) {
            height--;
            emit(FlatOp.BR_IF_ZERO, 0);
        }
        var block =
                new Block(in.opcode() == OpCode.LOOP, size, height, kind == EMPTY_BLOCK ? 0 : 1);
        block.elseJump = condition ? size - 1 : -1;
        blocks.add(block);
    }

    private void otherwise() {
        var block = blocks.getLast();
        if (!dead) {
            jump(FlatOp.BR, block);
        }
        code[block.elseJump] = size;
        block.elseJump = -1;
        height = block.height;
        dead = false;
    }

    private void close() {
        var block = blocks.removeLast();
        if (block.elseJump >= 0) {
            code[block.elseJump] = size;
        }
        for (int exit : block.exits) {
            code[exit] = size;
        }
        height = block.height + block.arity;
        dead = false;
        if (blocks.isEmpty()) {
            emit(FlatOp.RETURN);
        }
    }

    private void table(AnnotatedInstruction in) {
        height--;
        emit(FlatOp.BR_TABLE, in.operandCount() - 1);
        for (int i = 0; i < in.operandCount(); i++) {
            target(block(in.operand(i)));
        }
        die();
    }

    private void jump(int op, Block block) {
        emit(op);
        target(block);
    }

    /// Where to, how many values to keep (-1: the stack fits), and onto which height.
    private void target(Block block) {
        if (!block.loop) {
            block.exits.add(size);
        }
        emit(block.loop ? block.start : 0);
        boolean fits = height == block.height + block.carried();
        emit(fits ? -1 : block.carried());
        emit(block.height);
    }

    private void call(int op, int what, FunctionType type) {
        emit(op, what);
        emit(type.params().size());
        emit(type.returns().size());
        height += type.returns().size() - type.params().size();
    }

    private Block block(long depth) {
        return blocks.get(blocks.size() - 1 - (int) depth);
    }

    private void die() {
        dead = true;
        deadBlocks = 0;
    }

    private void push(int op, int operand) {
        emit(op, operand);
        height++;
    }

    private void pop(int op, int operand) {
        emit(op, operand);
        height--;
    }

    private void store(int op, AnnotatedInstruction in) {
        emit(op, (int) in.operand(1));
        height -= 2;
    }

    private void shrink(int op, int by) {
        emit(op);
        height -= by;
    }

    private void emit(int op, int operand) {
        emit(op);
        emit(operand);
    }

    private void emit(int word) {
        if (size == code.length) {
            code = Arrays.copyOf(code, size * 2);
        }
        code[size++] = word;
    }
}
