/**
 * The evaluation report: one self-contained HTML file with learning curves, error distribution, reliability and map.
 *
 * <p>The plots are drawn in the reader's browser by Apache ECharts, whose script is copied into the file: nothing is
 * fetched, and writing a report needs neither fonts nor a display.
 */
package io.heimdall.pipeline.report;
