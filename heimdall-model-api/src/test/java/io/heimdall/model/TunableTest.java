package io.heimdall.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.loss.BetaNll;
import io.heimdall.model.loss.Huber;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.train.Schedule;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunableTest {
    @Test
    void theUsualNumbersNeedNotBeSaid() {
        assertThat(Losses.text(new Huber())).isEqualTo("huber");
        assertThat(Losses.text(new Huber(2))).isEqualTo("huber:delta=2.0");
        assertThat(Losses.named("huber:delta=2")).isEqualTo(new Huber(2));
        assertThat(Losses.named("beta-nll:beta=1e-3")).isEqualTo(new BetaNll(0.001));
        assertThat(Schedule.named("warmup-cosine:floor=.01")).isEqualTo(new Schedule.WarmupCosine(0.3, 0.01));
        assertThat(new Schedule.ReduceOnPlateau(0.5, 7, 0.001).text()).isEqualTo("reduce-on-plateau:patience=7.0");
    }

    @Test
    void anyNumbersComeBack() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Huber huber = new Huber(Math.exp(40 * random.nextGaussian()));
            assertThat(Losses.named(Losses.text(huber))).isEqualTo(huber);
            Schedule cosine = new Schedule.WarmupCosine(random.nextDouble(), random.nextDouble());
            assertThat(Schedule.named(cosine.text())).isEqualTo(cosine);
            Schedule plateau = new Schedule.ReduceOnPlateau(
                    random.nextDouble() + Double.MIN_VALUE, random.nextInt(1000), random.nextDouble());
            assertThat(Schedule.named(plateau.text())).isEqualTo(plateau);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hubert            | loss 'hubert' is not known; there are likelihood, gaussian-nll",
                "hubert:delta=1    | loss 'hubert' is not known; there are likelihood, gaussian-nll",
                "huber:beta=1      | 'huber:beta=1': huber has no number 'beta'; there are delta",
                "huber:            | 'huber:': huber has no number ''; there are delta",
                "gaussian-nll:x=1  | 'gaussian-nll:x=1': gaussian-nll has no number 'x'; it has none",
                "huber:delta       | 'huber:delta': 'delta' is not a number; expected NAME=NUMBER",
                "huber:delta=0x1p3 | 'huber:delta=0x1p3': '0x1p3' is not a number; expected NAME=NUMBER",
                "huber:delta=0     | delta 0.0 is not above 0",
            })
    void whatCannotBeUnderstoodIsNamed(String text, String why) {
        assertThatThrownBy(() -> Losses.named(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void epochsAreWhole() {
        assertThatThrownBy(() -> Schedule.named("reduce-on-plateau:patience=1.5"))
                .hasMessage("patience 1.5 is not a whole number");
    }
}
