/**
 * Reports and pictures. {@link io.heimdall.pipeline.report.HtmlReport} writes an evaluation as one self-contained HTML
 * file with learning curves, error distribution, reliability and map.
 *
 * <p>Apache ECharts draws the plots in the reader's browser; its script is copied into the file. Nothing is
 * downloaded, and writing a report needs neither fonts nor a display. The other classes draw recordings, features,
 * delays and maps.
 */
package io.heimdall.pipeline.report;
