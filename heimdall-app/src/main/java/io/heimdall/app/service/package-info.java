/**
 * The training service over HTTP: jobs, models, predictions, and a page that shows them.
 * {@link io.heimdall.app.service.HeimdallService} starts it.
 *
 * <p>Answers are JSON, errors are problem documents (RFC 9457), and the OpenAPI document at {@code /openapi.json}
 * describes all of them. The service listens on this machine alone unless it has a token. A waiting client costs no
 * thread.
 */
package io.heimdall.app.service;
