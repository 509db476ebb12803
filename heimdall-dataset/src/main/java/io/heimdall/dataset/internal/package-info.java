/** What the adapters and the modules above share; no API. */
package io.heimdall.dataset.internal;
