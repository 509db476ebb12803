/**
 * Model files that are made of a model file: of other precisions than 32-bit floating point, judged on the validation sessions beside it
 * and listed with the registered version; and such that read recordings in the place of their features.
 */
package io.heimdall.pipeline.modelfile;
