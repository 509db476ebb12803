package io.heimdall.features.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of formats that others add.
 *
 * <p>The only user of {@link ServiceLoader} in this module. Nothing is kept between calls. A provider that cannot be
 * loaded is a warning: it must not take the built-in formats with it.
 */
final class AddedReaders {
    private static final Logger LOG = LoggerFactory.getLogger(AddedReaders.class);

    /** A service file that cannot even be parsed may throw for ever. */
    private static final int MOST_BROKEN = 64;

    private AddedReaders() {}

    static List<RecordingReader> scan(List<RecordingReader> builtIn) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return scan(builtIn, context != null ? context : AddedReaders.class.getClassLoader());
    }

    static List<RecordingReader> scan(List<RecordingReader> builtIn, ClassLoader loader) {
        List<RecordingReader> known = new ArrayList<>(builtIn);
        var providers = ServiceLoader.load(RecordingReader.class, loader).iterator();
        for (int broken = 0; broken < MOST_BROKEN; ) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                add(known, providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken++;
                LOG.warn("a reader of recordings cannot be loaded: {}", e.getMessage());
            }
        }
        return List.copyOf(known.subList(builtIn.size(), known.size()));
    }

    private static void add(List<RecordingReader> known, RecordingReader reader) {
        for (RecordingReader other : known) {
            if (other.format().equals(reader.format())) {
                throw new IllegalStateException("two readers have the format '" + reader.format() + "': "
                        + other.getClass().getName() + " and "
                        + reader.getClass().getName()
                        + "; take one off the class path");
            }
        }
        LOG.debug("format {} read by {}", reader.format(), reader.getClass().getName());
        known.add(reader);
    }
}
