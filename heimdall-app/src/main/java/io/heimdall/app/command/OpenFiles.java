package io.heimdall.app.command;

import com.sun.management.UnixOperatingSystemMXBean;
import io.heimdall.files.SettingException;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How many connections the system lets this process have, beside the files that it needs itself. */
final class OpenFiles {
    private static final int USUAL = 4096;
    /** Libraries, recordings, the catalogue, connections beyond the limit that are told so. */
    private static final long OTHERS = 512;

    private OpenFiles() {}

    /**
     * Returns the number of connections to serve.
     *
     * @param wanted as typed or configured; without it 4096, or as many as are allowed
     * @throws IllegalArgumentException if more are wanted than are allowed
     */
    static int connections(Optional<Integer> wanted) {
        return connections(wanted, allowed());
    }

    static int connections(Optional<Integer> wanted, long files) {
        long allowed = Math.max(1, files - OTHERS);
        if (wanted.isPresent() && wanted.get() > allowed) {
            throw new SettingException(
                    "connections " + wanted.get() + " are too many: the system allows this process " + files
                            + " open files, and it needs " + OTHERS
                            + " of them for itself; give fewer connections, or raise the limit (ulimit -n)",
                    "connections");
        }
        return wanted.orElse((int) Math.min(USUAL, allowed));
    }

    private static long allowed() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }
}
