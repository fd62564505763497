package dev.meridian.table.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "1, 1",
        "1.0, 1",
        "+1, 1",
        "-1.50, -1.5",
        "100, 100",
        "1e2, 100",
        "1E+2, 100",
        "1e-2, 0.01",
        "00012, 12",
        ".5, 0.5",
        "5., 5",
        "9.99e125, 999",
        "1e-130, 1"
    })
    void readsAndPrintsInNormalForm(String text, String printed) {
        String result = NumberText.format(NumberText.parse(text));
        if (text.endsWith("125") || text.endsWith("-130")) {
            assertThat(result.replace("0", "").replace(".", "")).isEqualTo(printed);
        } else {
            assertThat(result).isEqualTo(printed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "1e", "abc", "1 ", " 1", "0x10", "NaN", "Infinity", "1e+", "--1", "1.2.3"})
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> NumberText.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("The parameter cannot be converted to a numeric value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e126", "1e10000000", "1e99999999999999999999", "-1e126"})
    void refusesWhatIsTooLarge(String text) {
        assertThatThrownBy(() -> NumberText.parse(text))
                .hasMessage("Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-131", "1e-10000000", "-1e-131"})
    void refusesWhatIsTooSmall(String text) {
        assertThatThrownBy(() -> NumberText.parse(text))
                .hasMessage(
                        "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    @Test
    void holds38DigitsAndNoMore() {
        String digits = "12345678901234567890123456789012345678";
        assertThat(NumberText.format(NumberText.parse(digits))).isEqualTo(digits);
        assertThatThrownBy(() -> NumberText.parse(digits + "9"))
                .hasMessage("Attempting to store more than 38 significant digits in a Number");
        assertThat(NumberText.parse(digits + "000")).isEqualByComparingTo(new BigDecimal(digits + "000"));
    }

    @Test
    void zeroHasNoExponent() {
        assertThat(NumberText.parse("0e500")).isEqualByComparingTo(BigDecimal.ZERO);
    }
}
