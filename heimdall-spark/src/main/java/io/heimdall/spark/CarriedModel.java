package io.heimdall.spark;

import io.heimdall.export.OnnxModel;
import io.heimdall.files.Sha256;
import io.heimdall.pipeline.prediction.ModelFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model file that travels to the workers as a broadcast, of which each executor has one object: so its tasks open the model once and share
 * it. Thread-safe. It is not {@link AutoCloseable}: Spark closes such a broadcast when it runs short of memory, tasks using it or not.
 */
final class CarriedModel implements Serializable {
    private static final long serialVersionUID = 1;

    private final String title;
    private final String sha256;
    private final byte[] content;
    private transient OnnxModel opened;

    private CarriedModel(String title, String sha256, byte[] content) {
        this.title = title;
        this.sha256 = sha256;
        this.content = content;
    }

    /**
     * Reads a model file.
     *
     * @throws IOException if it cannot be read
     */
    static CarriedModel of(ModelFiles.Found found) throws IOException {
        byte[] content = Files.readAllBytes(found.file());
        return new CarriedModel(found.title(), Sha256.of(new ByteArrayInputStream(content)), content);
    }

    /** Returns what people call it: {@code v3}, or the file's name as it was typed. */
    String title() {
        return title;
    }

    /** Returns the digest of the file. */
    String sha256() {
        return sha256;
    }

    /**
     * Returns the model, which stays open for other tasks. A prediction is computed by one thread, since other tasks have the other processors.
     *
     * @throws IOException if there is no room for it in the temporary directory
     */
    synchronized OnnxModel open() throws IOException {
        if (opened == null) {
            Path file = Files.createTempFile("heimdall-model", ".onnx");
            try {
                Files.write(file, content);
                opened = OnnxModel.open(file, 1);
            } finally {
                Files.delete(file);
            }
        }
        return opened;
    }

    /** Closes the model where it is open in this process; no task uses it any more. */
    synchronized void end() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
