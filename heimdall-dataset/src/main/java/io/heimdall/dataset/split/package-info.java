/** Which sessions are learned from and which the result is judged by. */
package io.heimdall.dataset.split;
