/** Sessions as the network sees them: spectrograms side by side, computed ahead of the trainer and cached. */
package io.heimdall.dataset.sample;
