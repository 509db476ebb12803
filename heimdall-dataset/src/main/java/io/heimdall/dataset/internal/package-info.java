/** What the adapters to servers share; no API. */
package io.heimdall.dataset.internal;
