/** Training on Deeplearning4j. */
package io.heimdall.backend.dl4j;
