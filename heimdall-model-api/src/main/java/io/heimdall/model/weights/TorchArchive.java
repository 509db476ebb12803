package io.heimdall.model.weights;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.UnusableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the state dicts that {@code torch.save} writes since PyTorch 1.6: a zip file of a pickle and one entry for each
 * storage.
 *
 * <p>Nothing in it is executed. Memory is taken only for tensors that lie within their storages, and for no more values
 * than the file has bytes.
 *
 * @see <a href="https://pytorch.org/docs/stable/notes/serialization.html">PyTorch, Serialization semantics</a>
 */
final class TorchArchive {
    private static final int LARGEST_PICKLE_BYTES = 64 << 20;
    private static final String PICKLE = "data.pkl";

    private final Path file;
    private final ZipFile zip;
    private final String root;
    private final Map<String, float[]> storages = new LinkedHashMap<>();
    private long room;

    private TorchArchive(Path file, ZipFile zip, String root) throws IOException {
        this.file = file;
        this.zip = zip;
        this.root = root;
        this.room = Files.size(file);
    }

    /**
     * Reads all tensors, converted to 32-bit floats; PyTorch's integer counters are left out.
     *
     * <p>A checkpoint that keeps its state dict under {@code state_dict} or {@code model} is taken for that.
     *
     * @throws IOException naming the file, the tensor and what is wrong with it
     */
    static Weights read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String pickle = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                    .findFirst()
                    .orElseThrow(() -> new UnusableFileException(
                            file.toString(),
                            file + ": the zip file has no " + PICKLE + "; PyTorch's state dicts have one"));
            String root = pickle.substring(0, pickle.length() - PICKLE.length());
            return new TorchArchive(file, zip, root).read();
        } catch (java.util.zip.ZipException e) {
            throw new UnusableFileException(file.toString(), file + ": no zip file: " + e.getMessage(), e);
        }
    }

    private Weights read() throws IOException {
        ZipEntry order = zip.getEntry(root + "byteorder");
        if (order != null && !new String(bytes(order, 16), StandardCharsets.US_ASCII).startsWith("little")) {
            throw new UnusableFileException(file.toString(), file + ": its values are not little-endian");
        }
        Map<?, ?> dict;
        try {
            dict = StateDictPickle.parse(bytes(zip.getEntry(root + PICKLE), LARGEST_PICKLE_BYTES));
        } catch (IOException e) {
            throw new UnusableFileException(file.toString(), file + ": " + e.getMessage(), e);
        }
        for (String nested : List.of("state_dict", "model")) {
            if (dict.get(nested) instanceof Map<?, ?> inner) {
                dict = inner;
            }
        }
        var tensors = new LinkedHashMap<String, FloatTensor>();
        for (var entry : dict.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (!(entry.getValue() instanceof StateDictPickle.Tensor tensor)) {
                throw new UnusableFileException(
                        file.toString(), file + ": " + name + " is no tensor; save the state dict alone");
            }
            if (tensor.storage().type() != ElementType.I64) {
                tensors.put(name, tensor(name, tensor));
            } else if (!name.endsWith("num_batches_tracked")) {
                throw new UnusableFileException(
                        file.toString(), file + ": tensor " + name + " holds integers; weights are floats");
            }
        }
        return new Weights(tensors);
    }

    private FloatTensor tensor(String name, StateDictPickle.Tensor tensor) throws IOException {
        int rank = tensor.shape().size();
        boolean plausible = rank == tensor.strides().size() && rank <= 8 && tensor.offset() >= 0;
        int[] shape = new int[rank];
        long[] strides = new long[rank];
        long elements = 1;
        long last = tensor.offset();
        for (int axis = 0; axis < rank && plausible; axis++) {
            plausible = tensor.shape().get(axis) instanceof Long length
                    && tensor.strides().get(axis) instanceof Long stride
                    && length >= 0
                    && length <= room
                    && stride >= 0
                    && stride <= tensor.storage().elements();
            if (plausible) {
                shape[axis] =
                        (int) Math.min(Integer.MAX_VALUE, (Long) tensor.shape().get(axis));
                strides[axis] = (Long) tensor.strides().get(axis);
                elements *= shape[axis];
                last += (shape[axis] - 1L) * strides[axis];
                plausible = elements <= room;
            }
        }
        if (!plausible || (elements > 0 && last >= tensor.storage().elements())) {
            throw new UnusableFileException(
                    file.toString(),
                    file + ": tensor " + name + " of shape " + tensor.shape() + " and strides "
                            + tensor.strides() + " from " + tensor.offset() + " does not lie within its storage of "
                            + tensor.storage().elements() + " values, or is larger than the file");
        }
        room -= elements;
        FloatTensor result = FloatTensor.zeros(shape);
        gather(values(name, tensor.storage()), (int) tensor.offset(), strides, result);
        return result;
    }

    /** Copies a view of any strides into row-major order. */
    private static void gather(float[] from, int offset, long[] strides, FloatTensor to) {
        int[] index = new int[strides.length];
        int at = offset;
        for (int i = 0; i < to.values().length; i++) {
            to.values()[i] = from[at];
            for (int axis = strides.length - 1; axis >= 0; axis--) {
                at += (int) strides[axis];
                if (++index[axis] < to.shape()[axis]) {
                    break;
                }
                at -= (int) strides[axis] * to.shape()[axis];
                index[axis] = 0;
            }
        }
    }

    private float[] values(String name, StateDictPickle.Storage storage) throws IOException {
        float[] known = storages.get(storage.key());
        if (known != null) {
            return known;
        }
        ZipEntry entry = zip.getEntry(root + "data/" + storage.key());
        long needed = storage.elements() * storage.type().bytes();
        if (entry == null || entry.getSize() != needed) {
            throw new UnusableFileException(
                    file.toString(),
                    file + ": the storage " + storage.key() + " of tensor " + name + " has "
                            + (entry == null ? "no entry in the zip file" : entry.getSize() + " bytes") + ", expected "
                            + needed);
        }
        byte[] bytes = bytes(entry, Integer.MAX_VALUE - 8);
        float[] values = new float[(int) storage.elements()];
        storage.type().decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), values, 0, values.length);
        storages.put(storage.key(), values);
        return values;
    }

    /** Reads a whole entry, which PyTorch does not compress: one that is larger than the file is a trap. */
    private byte[] bytes(ZipEntry entry, int largest) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > Math.min(largest, Files.size(file))) {
            throw new UnusableFileException(
                    file.toString(),
                    file + ": the entry " + entry.getName() + " has " + entry.getSize()
                            + " bytes, compressed or more than " + largest + "; PyTorch writes none such");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
