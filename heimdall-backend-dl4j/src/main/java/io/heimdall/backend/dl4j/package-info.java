/**
 * Training on Deeplearning4j, of which only the computation graph, its forward and its backward pass are used.
 *
 * <p>The graph is built from the network's description, the loss comes from Java, and the optimiser updates the graph's
 * flat vector of weights in place, whose parts lie in memory exactly as PyTorch's tensors do. Operations on sets are vertices of
 * the graph that Java computes.
 */
package io.heimdall.backend.dl4j;
