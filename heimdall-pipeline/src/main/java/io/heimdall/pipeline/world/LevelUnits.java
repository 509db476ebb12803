package io.heimdall.pipeline.world;

/**
 * The units of the tensors that a network of sets reads.
 *
 * @param meanDb level that stands for 0
 * @param unitDb decibels of one unit of levels
 * @param unitM metres of one unit of places
 */
public record LevelUnits(double meanDb, double unitDb, double unitM) {}
