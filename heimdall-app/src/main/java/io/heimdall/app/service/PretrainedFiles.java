package io.heimdall.app.service;

import io.heimdall.pipeline.WorkingDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files with pretrained weights that a request may name.
 *
 * @param working directory that has them in a folder
 */
record PretrainedFiles(WorkingDirectory working) {
    static final String SETTING = "pretrained";

    /**
     * Returns the file of a name: a caller names what whoever runs the service has put into the workspace, and no path.
     *
     * @throws IllegalArgumentException if it is no name
     * @throws Problem if there is no file of this name
     */
    Path named(String name) {
        RequestLimits.check(Answers.JSON.createObjectNode().put(SETTING, name));
        Path file = working.path().resolve(SETTING).resolve(name);
        if (!Files.isRegularFile(file)) {
            throw Problem.notFound(SETTING + " names no file in the workspace's folder '" + SETTING + "'");
        }
        return file;
    }
}
