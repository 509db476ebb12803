/** Training on DJL's PyTorch engine. */
package io.heimdall.backend.djl;
