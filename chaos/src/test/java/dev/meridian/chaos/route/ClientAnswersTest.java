package dev.meridian.chaos.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAnswersTest {

    private final ClientAnswers answers = new ClientAnswers();

    @Test
    void aClientGoesOnWithWhatItWasToldUntilThatIsOld() {
        assertThat(answers.of("a", 0, 1_000, () -> "us-east-1")).isEqualTo("us-east-1");
        assertThat(answers.of("a", 999, 1_000, () -> "eu-west-1")).isEqualTo("us-east-1");
        assertThat(answers.of("a", 1_000, 1_000, () -> "eu-west-1")).isEqualTo("eu-west-1");
    }

    @Test
    void anotherClientIsToldAnew() {
        assertThat(answers.of("a", 0, 1_000, () -> "us-east-1")).isEqualTo("us-east-1");
        assertThat(answers.of("b", 1, 1_000, () -> "eu-west-1")).isEqualTo("eu-west-1");
    }

    @Test
    void everybodyAsksAgainWhenAnswersAreForgotten() {
        answers.of("a", 0, 1_000, () -> "us-east-1");
        answers.forget();
        assertThat(answers.of("a", 1, 1_000, () -> "eu-west-1")).isEqualTo("eu-west-1");
    }
}
