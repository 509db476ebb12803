package io.heimdall.pipeline.modelfile;

import java.nio.file.Path;

/**
 * What messages call the files of an export, which may be temporary ones.
 *
 * @param model that is read, or what it was made of: a training's folder
 * @param out that is there in the end
 */
public record FileNames(Path model, Path out) {}
