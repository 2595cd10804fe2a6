package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class DruidAnswerTest {

    /** Druid confirms rules and compaction by an empty answer, so a proxy's page would pass for a confirmation. */
    @Test
    void aPageUnderStatus200ConfirmsNothing() {
        // Given
        DruidAnswer answer = new DruidAnswer(
                "main", "post rules", 200, "\n<html><style>p {}</style><body><p>Please sign in.</p></body></html>");

        // When
        DruidException exception = catchThrowableOfType(DruidException.class, answer::requireSuccess);

        // Then
        assertThat(exception.code()).isEqualTo(DruidException.Code.UNEXPECTED);
        assertThat(exception).hasMessageContaining("post rules: HTTP 200 with a page, not JSON: Please sign in.");
    }

    @Test
    void anEmptyAnswerConfirms() {
        assertThatCode(new DruidAnswer("main", "post rules", 200, "")::requireSuccess)
                .doesNotThrowAnyException();
    }
}
