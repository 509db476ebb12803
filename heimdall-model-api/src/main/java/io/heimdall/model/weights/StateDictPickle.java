package io.heimdall.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a PyTorch state dict without executing anything.
 *
 * <p>A pickle is a program for a stack machine that may call any Python function. This machine knows the instructions
 * that {@code torch.save} writes for tensors in dictionaries, and in place of functions a handful of names with fixed
 * meanings; whatever else it meets, it stops.
 */
final class StateDictPickle {
    private static final Map<String, ElementType> STORAGES = Map.of(
            "torch FloatStorage", ElementType.F32,
            "torch DoubleStorage", ElementType.F64,
            "torch HalfStorage", ElementType.F16,
            "torch BFloat16Storage", ElementType.BF16,
            "torch LongStorage", ElementType.I64);
    private static final String DICT = "collections OrderedDict";
    private static final String TENSOR = "torch._utils _rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils _rebuild_parameter";
    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final ArrayDeque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private StateDictPickle(byte[] pickle) {
        in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A piece of a file that holds a flat run of values. */
    record Storage(ElementType type, String key, long elements) {}

    /** A view of a storage, in elements. */
    record Tensor(Storage storage, long offset, List<Object> shape, List<Object> strides) {}

    /** A name that stands where a function would. */
    private record Name(String name) {}

    /** A tuple, which is not a list: nothing can be added to it. */
    private record Tuple(List<Object> items) {}

    /** Stands in the place of null, which the stack does not take. */
    private enum None {
        NONE
    }

    /**
     * Returns the dictionary that the pickle builds: tensors, numbers, texts and dictionaries by their keys.
     *
     * @throws IOException saying what is not allowed or not whole
     */
    static Map<Object, Object> parse(byte[] pickle) throws IOException {
        var machine = new StateDictPickle(pickle);
        try {
            Object result = machine.run();
            if (result instanceof Map<?, ?> map) {
                return Collections.unmodifiableMap(new LinkedHashMap<>(map));
            }
            throw new IOException("it holds " + describe(result) + ", not a dictionary of tensors");
        } catch (java.nio.BufferUnderflowException | java.util.NoSuchElementException | ClassCastException e) {
            throw new IOException("its pickle is damaged at byte " + machine.in.position(), e);
        }
    }

    private Object run() throws IOException {
        while (true) {
            int code = in.get() & 0xFF;
            if (code == '.') {
                return stack.pop();
            }
            if (!constant(code) && !memory(code) && !collection(code) && !call(code)) {
                throw new IOException("its pickle has the instruction 0x" + Integer.toHexString(code) + " at byte "
                        + (in.position() - 1) + ", which a file of weights does not need");
            }
        }
    }

    private boolean constant(int code) throws IOException {
        switch (code) {
            case 0x80 -> in.get(); // the protocol's number
            case 'N' -> stack.push(None.NONE);
            case 0x88 -> stack.push(Boolean.TRUE);
            case 0x89 -> stack.push(Boolean.FALSE);
            case 'K' -> stack.push((long) (in.get() & 0xFF));
            case 'M' -> stack.push((long) (in.getShort() & 0xFFFF));
            case 'J' -> stack.push((long) in.getInt());
            case 0x8a -> stack.push(longInteger(in.get() & 0xFF));
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> stack.push(text(in.getInt()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private long longInteger(int bytes) throws IOException {
        if (bytes > Long.BYTES) {
            throw new IOException("its pickle has an integer of " + bytes + " bytes");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) (in.get() & 0xFF) << 8 * i;
        }
        int unused = 64 - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    private String text(int length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException("its pickle has a text of " + Integer.toUnsignedString(length) + " bytes and ends "
                    + in.remaining() + " bytes later");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private boolean memory(int code) {
        switch (code) {
            case 'q' -> memo.put(in.get() & 0xFF, stack.getFirst());
            case 'r' -> memo.put(in.getInt(), stack.getFirst());
            case 'h' -> stack.push(remembered(in.get() & 0xFF));
            case 'j' -> stack.push(remembered(in.getInt()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Object remembered(int key) {
        Object value = memo.get(key);
        if (value == null) {
            throw new java.util.NoSuchElementException();
        }
        return value;
    }

    private boolean collection(int code) {
        switch (code) {
            case '(' -> stack.push(MARK);
            case ')' -> stack.push(new Tuple(List.of()));
            case 't' -> stack.push(new Tuple(sinceMark()));
            case 0x85 -> stack.push(new Tuple(taken(1)));
            case 0x86 -> stack.push(new Tuple(taken(2)));
            case 0x87 -> stack.push(new Tuple(taken(3)));
            case '}' -> stack.push(new LinkedHashMap<>());
            case 's' -> put(taken(2));
            case 'u' -> put(sinceMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Object> taken(int count) {
        var items = new ArrayList<Object>();
        for (int i = 0; i < count; i++) {
            items.add(stack.pop());
        }
        Collections.reverse(items);
        return items;
    }

    private List<Object> sinceMark() {
        var items = new ArrayList<Object>();
        for (Object item = stack.pop(); item != MARK; item = stack.pop()) {
            items.add(item);
        }
        Collections.reverse(items);
        return items;
    }

    private void put(List<Object> keysAndValues) {
        @SuppressWarnings("unchecked") // only dictionaries of this class are maps
        var map = (Map<Object, Object>) stack.getFirst();
        for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new ClassCastException("a key that is " + describe(key));
            }
            map.put(key, keysAndValues.get(i + 1));
        }
    }

    private boolean call(int code) throws IOException {
        switch (code) {
            case 'c' -> stack.push(name());
            case 'Q' -> stack.push(storage((Tuple) stack.pop()));
            case 'R' -> {
                var arguments = (Tuple) stack.pop();
                stack.push(build((Name) stack.pop(), arguments.items()));
            }
            case 'b' -> stack.pop(); // attributes of a dictionary, such as the versions of its modules
            default -> {
                return false;
            }
        }
        return true;
    }

    private Name name() throws IOException {
        String name = line() + " " + line();
        if (!STORAGES.containsKey(name) && !List.of(DICT, TENSOR, PARAMETER).contains(name)) {
            throw new IOException("it asks for " + name.replace(' ', '.')
                    + ", which a file of weights does not need; nothing of it was run. Save the state dict alone:"
                    + " torch.save(model.state_dict(), file)");
        }
        return new Name(name);
    }

    private String line() {
        int from = in.position();
        while (in.get() != '\n') {
            // the buffer's end ends this too
        }
        return new String(in.array(), from, in.position() - 1 - from, StandardCharsets.UTF_8);
    }

    private static Storage storage(Tuple id) throws IOException {
        List<Object> parts = id.items();
        if (parts.size() != 5 || !"storage".equals(parts.get(0)) || !(parts.get(1) instanceof Name type)) {
            throw new IOException("its pickle refers to something that is not a storage");
        }
        ElementType elements = STORAGES.get(type.name());
        if (elements == null) {
            throw new IOException("its pickle has a storage of type " + type.name());
        }
        return new Storage(elements, (String) parts.get(2), (Long) parts.get(4));
    }

    private static Object build(Name name, List<Object> arguments) throws IOException {
        if (name.name().equals(DICT) && arguments.isEmpty()) {
            return new LinkedHashMap<>();
        }
        if (name.name().equals(PARAMETER) && arguments.size() == 3) {
            return arguments.get(0);
        }
        if (name.name().equals(TENSOR) && arguments.size() >= 6) {
            return new Tensor(
                    (Storage) arguments.get(0),
                    (Long) arguments.get(1),
                    ((Tuple) arguments.get(2)).items(),
                    ((Tuple) arguments.get(3)).items());
        }
        throw new IOException("its pickle calls " + name.name().replace(' ', '.') + " with " + arguments.size()
                + " arguments, which is not known here");
    }

    private static String describe(Object object) {
        return object instanceof Tensor
                ? "one tensor"
                : "a " + object.getClass().getSimpleName();
    }
}
