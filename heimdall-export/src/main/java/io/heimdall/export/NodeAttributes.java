package io.heimdall.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;

/** The attributes of one node. */
final class NodeAttributes {
    private final List<AttributeProto> all = new ArrayList<>();

    private NodeAttributes() {}

    static NodeAttributes none() {
        return new NodeAttributes();
    }

    NodeAttributes with(String name, long value) {
        all.add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build());
        return this;
    }

    NodeAttributes with(String name, float value) {
        all.add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build());
        return this;
    }

    NodeAttributes listed(String name, long... values) {
        AttributeProto.Builder list =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            list.addInts(value);
        }
        all.add(list.build());
        return this;
    }

    List<AttributeProto> all() {
        return all;
    }
}
