package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.DateTimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A supervisor's spec may have secrets; an answer that breaks off is still one. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"password\": \"hunter2\"", " [{\"token\": hunter2"})
    void aDocumentThatBreaksOffIsNotQuoted(String body) {
        // Given
        DruidAnswer answer = new DruidAnswer("main", "GET /supervisor", 200, body);

        // When
        DruidException exception = catchThrowableOfType(DruidException.class, answer::json);

        // Then
        assertThat(exception).hasMessageContaining("GET /supervisor: HTTP 200 with a body that is not JSON");
        assertThat(new StringBuilder(exception.getMessage()).append(exception.getCause()))
                .doesNotContain("hunter2");
    }

    /** What stands between styles is found by a search that would take minutes for such a page. */
    @Test
    void aLargePageOfOpenTagsIsReadAtOnce() {
        // Given
        DruidAnswer answer = new DruidAnswer("main", "GET /", 503, "<html>down" + "<style>".repeat(300_000));

        // When
        String message = answer.message();

        // Then
        assertThat(message).startsWith("down").hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-03-01", "2026-03-01/", "/2026-03-01", "2026-03-01/2026-03-02/2026-03-03", "a/b"})
    void whatIsNoIntervalIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> DruidTime.interval(text))
                .isInstanceOfAny(IllegalArgumentException.class, DateTimeException.class)
                .isNotInstanceOf(IndexOutOfBoundsException.class);
    }
}
