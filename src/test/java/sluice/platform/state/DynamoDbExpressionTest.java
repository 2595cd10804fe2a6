package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbExpressionTest {

    private final DynamoDbExpression expression = new DynamoDbExpression();

    @Test
    void whatAlwaysHoldsIsNoExpression() {
        // When
        String condition = expression.condition(Condition.ALWAYS);

        // Then
        assertThat(condition).isNull();
        assertThat(expression.names()).isNull();
        assertThat(expression.values()).isNull();
    }

    @Test
    void conditionsAreJoinedInParentheses() {
        // When
        String condition = expression.condition(
                Condition.absent().or(Condition.equal("state", 3).and(Condition.has("dueAt"))));

        // Then
        assertThat(condition).isEqualTo("(attribute_not_exists(#n0)) OR ((#n1 = :v0) AND (attribute_exists(#n2)))");
        assertThat(expression.names()).isEqualTo(Map.of("#n0", "pk", "#n1", "state", "#n2", "dueAt"));
        assertThat(expression.values()).isEqualTo(Map.of(":v0", AttributeValue.fromN("3")));
    }

    @Test
    void eachComparisonHasItsOperator() {
        // When
        String condition = expression.condition(Condition.differs("runId", "a")
                .and(Condition.before("lastEventAt", Instant.EPOCH))
                .and(Condition.lacks("runId")));

        // Then
        assertThat(condition).isEqualTo("((#n0 <> :v0) AND (#n1 < :v1)) AND (attribute_not_exists(#n0))");
        assertThat(expression.values())
                .containsEntry(":v1", AttributeValue.fromS("1970-01-01T00:00:00.000Z"))
                .containsEntry(":v0", AttributeValue.fromS("a"));
    }

    @Test
    void aConditionThatAlwaysHoldsIsNoPartOfAnotherOne() {
        assertThatThrownBy(() -> expression.condition(Condition.ALWAYS.and(Condition.present())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesOfOneKindAreOneClause() {
        // When
        String update = expression.update(Changes.NONE
                .remove("dueAt", "dueShard")
                .add("generation", 1)
                .set("state", "Planned")
                .add("seen", List.of("a"))
                .setIfAbsent("waitingSince", Instant.EPOCH));

        // Then
        assertThat(update)
                .isEqualTo("SET #n3 = :v1, #n5 = if_not_exists(#n5, :v3) ADD #n2 :v0, #n4 :v2 REMOVE #n0, #n1");
        assertThat(expression.values()).containsEntry(":v2", AttributeValue.fromSs(List.of("a")));
    }

    @Test
    void anUpdateWithOneClauseHasNoOther() {
        assertThat(expression.update(Changes.NONE.remove("acting"))).isEqualTo("REMOVE #n0");
    }

    @Test
    void aQueryNamesTheKeysOfItsIndex() {
        // When
        String keys = expression.keys(Query.runs("wiki", Instant.EPOCH));

        // Then
        assertThat(keys).isEqualTo("#n0 = :v0 AND #n1 >= :v1");
        assertThat(expression.names()).isEqualTo(Map.of("#n0", "datasource", "#n1", "createdAt"));
    }

    @Test
    void aRangeOfSortKeysIsPartOfTheQuery() {
        // Given
        Query query = Query.partition("p");

        // Then
        assertThat(new DynamoDbExpression().keys(query)).isEqualTo("#n0 = :v0");
        assertThat(new DynamoDbExpression().keys(query.startingWith("v#")))
                .isEqualTo("#n0 = :v0 AND begins_with(#n1, :v1)");
        assertThat(new DynamoDbExpression().keys(query.between("a", "b")))
                .isEqualTo("#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2");
    }
}
