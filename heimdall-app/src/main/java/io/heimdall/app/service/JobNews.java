package io.heimdall.app.service;

import io.heimdall.app.jobs.EpochPoint;
import io.heimdall.app.jobs.TrainingJob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What is known of a job at one moment, as events.
 *
 * @param epochs the events of all epochs so far, one behind the other: what a client has is a beginning of it
 * @param count of epochs
 * @param state the event of the present state; nothing before the first look
 * @param last whether nothing comes after it
 */
record JobNews(byte[] epochs, int count, byte[] state, boolean last) {
    static final JobNews NONE = new JobNews(new byte[0], 0, new byte[0], false);

    /**
     * Returns what is known after another look.
     *
     * @param curve all epochs so far
     * @param view of the job, as its address gives it
     */
    JobNews after(TrainingJob job, List<EpochPoint> curve, Map<String, Object> view) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(epochs);
        curve.stream()
                .skip(count)
                .map(point -> event("epoch", JobView.epoch(point)))
                .forEach(all::writeBytes);
        boolean ended = job.status().ended();
        return new JobNews(all.toByteArray(), curve.size(), event(ended ? "end" : "state", view), ended);
    }

    private static byte[] event(String kind, Map<String, Object> data) {
        String text = "event: " + kind + "\ndata: " + new String(Answers.bytes(data), StandardCharsets.UTF_8) + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
