/**
 * The training service over HTTP: jobs, models, predictions, and a page to watch them by.
 *
 * <p>Answers are JSON, errors are problem documents (RFC 9457), and the OpenAPI document at {@code /openapi.json} names every one of
 * them. It listens on this machine alone unless it is given a token.
 */
package io.heimdall.app.service;
