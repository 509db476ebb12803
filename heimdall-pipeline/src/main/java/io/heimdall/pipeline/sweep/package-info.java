/**
 * Sweeps: many short trainings of one network each, of which the good ones go on (successive halving), and the best is trained
 * again as a model. A journal in the workspace holds all that a sweep knows.
 */
package io.heimdall.pipeline.sweep;
