package io.heimdall.localization.map;

import java.io.IOException;

/** Writes a file for maps, one folder of features after another. For one thread. */
public interface MapWriter {

    /** Writes a folder behind those before it. */
    void write(MapFolder folder) throws IOException;

    /** Writes the end, once; the stream stays open. */
    void end() throws IOException;
}
