/** The model card of a training: data, results, limits and use, as Markdown and HTML. */
package io.heimdall.pipeline.card;
