package sluice.entry.cli;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** The API's plan for the definition in a file. */
record FilePlan(SourceFile file, DefinitionPlan plan) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A list that an older API does not send is empty.
            .withConfigOverride(List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    /** Returns one plan per file, in the order of the files, with as many calls as needed. */
    static List<FilePlan> ask(ApiClient api, List<SourceFile> files, List<PlanRequest> requests, boolean allowRewrite)
            throws ApiException {
        Map<SourceFile, DefinitionPlan> plans = new HashMap<>();
        for (PlanRequest request : requests) {
            JsonNode answer = api.call(ApiCall.ask(ApiCall.path("plan"), request.json())
                            .query("allowRewrite", allowRewrite ? "true" : null))
                    .body()
                    .path("plans");
            for (int index = 0; index < request.definitions().size(); index++) {
                plans.merge(request.definitions().get(index), read(answer.path(index)), MergedPlan::of);
            }
        }
        return files.stream()
                .map(file -> new FilePlan(file, Objects.requireNonNull(plans.get(file), "a file without a request")))
                .toList();
    }

    static Changes overall(List<FilePlan> plans) {
        return plans.stream()
                .map(plan -> plan.plan().changes())
                .reduce(Changes.NONE, (left, right) -> left.compareTo(right) > 0 ? left : right);
    }

    private static DefinitionPlan read(JsonNode plan) {
        try {
            return JSON.treeToValue(plan, DefinitionPlan.class);
        } catch (JsonProcessingException other) {
            throw new IllegalArgumentException(
                    "The API's response is not a plan that this program understands; is it the same version? ("
                            + other.getOriginalMessage() + ")",
                    other);
        }
    }
}
