package io.heimdall.features.recording;

/** Finds the samples of a capture in the data of a SigMF recording. */
final class SigmfCaptures {
    private SigmfCaptures() {}

    /**
     * Returns where a capture's samples stand, behind the headers of it and of those before. A capture ends where the next
     * begins; one that is cut off has the samples that are there.
     *
     * @param data where the data stand in the file
     * @param frameBytes bytes of a sample of all channels
     */
    static Segments segments(
            BinaryFile file,
            Extent data,
            ByteSource metaFile,
            SigmfMeta meta,
            int frameBytes,
            int wanted,
            Warnings warnings)
            throws RecordingFormatException {
        long position = 0;
        long previous = meta.offset();
        long begin = 0;
        long end = Long.MAX_VALUE;
        for (int i = 0; i < meta.captures(); i++) {
            SigmfMeta.Start start = meta.start(i);
            if (start.sample() < previous) {
                throw new RecordingFormatException(
                        metaFile,
                        -1,
                        "capture " + i + " with core:sample_start " + start.sample(),
                        "a start from " + previous + " on: that of the capture before, or core:offset");
            }
            if (i == wanted + 1) {
                end = start.sample() - previous;
            }
            position = beyond(data, position, start.sample() - previous, frameBytes);
            position = beyond(data, position, start.headerBytes(), 1);
            begin = i == wanted ? position : begin;
            previous = start.sample();
        }
        boolean isLast = wanted == meta.captures() - 1;
        long there = Math.floorDiv(data.bytes() - (isLast ? meta.trailingBytes() : 0) - begin, frameBytes);
        if (there < 0 || (there == 0 && !isLast && end > 0)) {
            throw file.fault(
                    -1,
                    data.bytes() + " bytes of data, which end before capture " + wanted
                            + " begins: the data is cut off",
                    "samples from core:sample_start " + meta.start(wanted).sample() + " on, behind core:header_bytes "
                            + meta.start(wanted).headerBytes() + ", and core:trailing_bytes " + meta.trailingBytes());
        }
        if (there < end && !isLast) {
            warnings.add("the data ends after " + there + " of the " + end + " samples of capture " + wanted
                    + ": it is cut off, and those are read");
        } else if (position > data.bytes()) {
            warnings.add("the data ends before its last capture begins: it is cut off, and capture " + wanted
                    + " is still there");
        }
        return Segments.single(data.position() + begin, Math.min(there, end));
    }

    /** Steps over so many items; beyond the data it does not matter how far. */
    private static long beyond(Extent data, long position, long items, int bytes) {
        long most = data.bytes() + 1;
        return Math.min(most, position + Math.min(items, most) * bytes);
    }
}
