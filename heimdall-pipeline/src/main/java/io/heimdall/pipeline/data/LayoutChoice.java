package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.ChannelLayout;
import java.util.List;

/** What the network sees at once. */
public enum LayoutChoice {
    /** A channel per station: levels beside each other carry the position. */
    STATIONS {
        @Override
        public ChannelLayout of(List<Session> training) {
            return ChannelLayout.stations(training.stream()
                    .flatMap(session -> session.measurements().stream())
                    .map(measurement -> measurement.station().name())
                    .distinct()
                    .sorted()
                    .toList());
        }
    },
    /** One receiver's spectrogram, in three channels as pretrained networks expect them. */
    SINGLE_RECEIVER {
        @Override
        public ChannelLayout of(List<Session> training) {
            return ChannelLayout.singleReceiver();
        }
    };

    /** Returns the layout for the sessions that are learned from. */
    public abstract ChannelLayout of(List<Session> training);
}
