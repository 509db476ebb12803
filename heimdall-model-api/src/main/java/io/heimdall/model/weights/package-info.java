/**
 * The weights of a network as plain arrays by PyTorch's names: drawn anew, checked, hashed, and stored as safetensors,
 * so that every backend and Python read what another wrote.
 */
package io.heimdall.model.weights;
