/**
 * The training engine on Deeplearning4j: {@link io.heimdall.backend.dl4j.Dl4jBackend}.
 *
 * <p>The module uses the computation graph with its forward and backward pass only. It builds the graph from the
 * network's description. The loss comes from Java, and the optimiser updates the graph's flat vector of weights in
 * place; the parts of this vector have the layout of PyTorch's tensors. Operations on sets are vertices of the graph
 * that Java computes.
 */
package io.heimdall.backend.dl4j;
