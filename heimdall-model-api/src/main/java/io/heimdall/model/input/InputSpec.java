package io.heimdall.model.input;

import io.heimdall.model.FloatTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The description of a network's input, for engines, exporter, runner and service.
 *
 * @param producer the name of the producer, which makes the client's tensors from a session: {@code stations}
 * @param parameters of the producer, as text
 * @param given the tensors that a client gives to a model file, in physical units
 * @param network the tensors that the network reads, in its order
 */
public record InputSpec(
        String producer, Map<String, String> parameters, List<TensorSpec> given, List<NetworkTensor> network) {

    /** Copies the collections. */
    public InputSpec {
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
        given = List.copyOf(given);
        network = List.copyOf(network);
    }

    /** Returns what the network declares as its inputs. */
    public List<TensorSpec> networkSpecs() {
        return network.stream().map(NetworkTensor::spec).toList();
    }

    /** Returns this input without the network's tensors that are not among some. */
    public InputSpec reading(List<TensorSpec> some) {
        return new InputSpec(
                producer,
                parameters,
                given,
                network.stream().filter(tensor -> some.contains(tensor.spec())).toList());
    }

    /**
     * Computes what the network reads.
     *
     * @param batch the client's tensors by name, each of shape (batch, axes...)
     * @return the network's tensors by name, in its order
     */
    public Map<String, FloatTensor> prepare(Map<String, FloatTensor> batch) {
        FormulaEvaluation evaluation = new FormulaEvaluation(batch);
        Map<String, FloatTensor> prepared = new LinkedHashMap<>();
        network.forEach(tensor -> prepared.put(tensor.spec().name(), evaluation.of(tensor.formula())));
        return prepared;
    }
}
