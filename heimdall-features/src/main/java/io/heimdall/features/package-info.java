/** The feature front end: IQ buffers, recording formats, STFT, mel, MFCC, normalisation. */
package io.heimdall.features;
