package io.heimdall.dataset.store;

import java.io.IOException;

/** A file of the store is not what its writer wrote. */
final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;

    DamagedFileException(String file, String fault) {
        super("feature store: " + file + " is damaged: " + fault);
        this.file = file;
    }

    String file() {
        return file;
    }
}
