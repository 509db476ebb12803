/** Tables that look alike in every catalogue of this library, and the way between their rows and the records. */
package io.heimdall.dataset.rows;
